-- Projects for which 中央财政 or 福彩公益金 approved money in the period, one row per source, project and place.
-- 三区三州 first, then the most money. Received is what came of that source up to the end of the period.
-- facts S102 S103 S105 S106 S107
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return source VARCHAR
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return org_name VARCHAR
-- return place_name VARCHAR
-- return is_sqsz BOOLEAN
-- return event_date DATE
-- return approved_yuan DOUBLE
-- return received_yuan DOUBLE
-- return programme_name VARCHAR
with approved as (
    select
        meaning('fund_source', source) as source,
        project_id,
        programme_code,
        prefecture_code,
        county_code,
        min(org_id) as org_id,
        min(event_date) as event_date,
        sum(net) as approved_yuan
    from civil_grants()
    where
        event_date between first_day($period) and last_day_of($period)
        and in_place($place, prefecture_code, county_code)
    group by all
),

received as (
    select
        meaning('fund_source', source) as source,
        project_id,
        prefecture_code,
        county_code,
        sum(net_yuan(amount_yuan, is_reversal)) as received_yuan
    from funds
    where stage = '到账' and event_date <= last_day_of($period)
    group by all
)

select
    a.source,
    a.project_id,
    coalesce(p.project_name, '（未列项目）') as project_name,
    o.org_name,
    place_named(a.prefecture_code, a.county_code) as place_name,
    coalesce(d.is_sqsz, false) as is_sqsz,
    a.event_date,
    a.approved_yuan::double as approved_yuan,
    coalesce(r.received_yuan, 0)::double as received_yuan,
    g.name_zh as programme_name
from approved as a
left join projects as p using (project_id)
left join organizations as o on a.org_id = o.org_id
left join prefectures as d on a.prefecture_code = d.prefecture_code
left join programmes as g on a.programme_code = g.programme_code
left join received as r
    on
        a.source = r.source
        and a.project_id = r.project_id
        and a.prefecture_code = r.prefecture_code
        and a.county_code is not distinct from r.county_code
order by a.source asc, is_sqsz desc, a.approved_yuan desc, a.project_id asc, place_name asc
