-- Projects of the 牵手 plan in a place begun by the end of the period, one row per project: who sends, who receives.
-- Of the organizations that lead or join, those outside Yunnan send, those of Yunnan receive; where none is reported, the
-- sending side is told by its region.
-- facts S117 S119
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return sending_orgs VARCHAR
-- return receiving_orgs VARCHAR
-- return place_name VARCHAR
-- return start_date DATE
-- return is_running BOOLEAN
with begun as (
    from projects_of($place)
    where programme_code = 'PG-QIANSHOU' and start_date <= last_day_of($period)
),

taking_part as (
    select project_id, lead_org_id as org_id from begun
    union
    select project_id, unnest(partner_org_ids) from begun
),

sides as (
    select
        t.project_id,
        string_agg(o.org_name, '、' order by o.org_id) filter (not o.is_yunnan) as sending_orgs,
        string_agg(o.org_name, '、' order by o.org_id) filter (o.is_yunnan) as receiving_orgs
    from taking_part as t
    inner join organizations as o using (org_id)
    group by t.project_id
)

select
    b.project_id,
    b.project_name,
    coalesce(s.sending_orgs, nullif(b.cross_province::varchar, '无') || '（机构未报）', '（未报）') as sending_orgs,
    coalesce(s.receiving_orgs, '（未报）') as receiving_orgs,
    place_named(b.prefecture_code, b.county_code) as place_name,
    b.start_date,
    running(b.start_date, b.actual_end_date, last_day_of($period)) as is_running
from begun as b
left join sides as s using (project_id)
order by s.sending_orgs nulls last, b.start_date, b.project_id
