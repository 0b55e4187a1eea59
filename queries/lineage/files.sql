-- Where the rows came from, one row per return that counts; newest quarter first, then the usual order of senders.
-- Rows there are fewer than accepted where a newer return has brought the state since; beneficiaries are never opened.
-- return batch_id VARCHAR
-- return source_file VARCHAR
-- return place_name VARCHAR
-- return prefecture_code VARCHAR
-- return table_name VARCHAR
-- return return_name VARCHAR
-- return period VARCHAR
-- return rows_accepted INTEGER
-- return rows_held BIGINT
-- return source_sha256 VARCHAR
with held as (
    from held_by_file('organizations')
    union all
    from held_by_file('projects')
    union all
    from held_by_file('funds')
    union all
    from held_by_file('activities')
    union all
    from held_by_file('reported_stats')
    union all
    from held_by_file('policies')
    union all
    from held_by_file('targets')
    union all
    from held_by_file('programmes')
    union all
    from held_by_file('county_poverty_annual')
    union all
    from held_by_file('code_lists')
    union all
    from held_by_file('stages')
    union all
    from held_by_file('office_figures')
    union all
    from held_by_file('place_traits')
    union all
    from held_by_file('pairings')
    union all
    from held_by_file('county_names')
    union all
    from held_by_file('indicator_spans')
)

select
    c.batch_id,
    c.source_file,
    place_named(c.prefecture_code, null) as place_name,
    c.prefecture_code,
    c.table_name,
    k.return_name,
    c.report_period as period,
    c.accepted_rows as rows_accepted,
    if(c.table_name = 'beneficiaries', null, coalesce(h.rows_held, 0)) as rows_held,
    c.source_sha256
from returns_checked as c
inner join kinds_of_file() as k using (table_name)
left join prefectures as p using (prefecture_code)
left join held as h on c.table_name = h.table_name and c.source_file = h.source_file
order by c.report_period desc, p.order_prov asc nulls last, k.nr asc
