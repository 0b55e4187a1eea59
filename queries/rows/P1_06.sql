-- Rows behind P1-06: organizations with party coverage, one row per organization; those that held the education first.
with educated as (
    select
        org_id,
        count(*) as held,
        min(activity_date) as first_held
    from activities
    where
        meaning('activity_type', activity_type) = '主题教育'
        and activity_date between first_day($period) and last_day_of($period)
    group by org_id
)

select
    o.org_id as item_id,
    o.org_name as item,
    coalesce('主题教育 ' || e.held || ' 场，最早 ' || e.first_held, '未开展') as detail,
    place_named(o.prefecture_code, o.county_code) as place_name,
    (e.org_id is not null)::double as num,
    1::double as den,
    o.source_file,
    o.source_row
from act_orgs(last_day_of($period)) as o
left join educated as e on o.org_id = e.org_id
where
    o.party_cover_date <= last_day_of($period)
    and in_place($place, o.prefecture_code, o.county_code)
order by num desc, o.org_id asc
