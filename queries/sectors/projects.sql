-- Projects of one sector begun by the end of the period, one row per project; those under way first, then most money.
-- A project counts at its main county, in a county where it reaches; money is cumulative and of this place.
-- facts S060 S066 S075 S078
-- param field   行业领域, '科技扶贫'
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return supervising_unit_code VARCHAR
-- return org_name VARCHAR
-- return programme_name VARCHAR
-- return is_running BOOLEAN
-- return start_date DATE
-- return place_name VARCHAR
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
with money as (
    select
        project_id,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '到账') as received_yuan,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '支出') as spent_yuan
    from funds
    where
        event_date <= last_day_of($period)
        and in_place($place, prefecture_code, county_code)
    group by project_id
)

select
    p.project_id,
    p.project_name,
    p.supervising_unit_code,
    o.org_name,
    g.name_zh as programme_name,
    running(p.start_date, p.actual_end_date, last_day_of($period)) as is_running,
    p.start_date,
    place_named(p.prefecture_code, p.county_code) as place_name,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan
from projects_of($place) as p
left join money as m on p.project_id = m.project_id
left join organizations as o on p.lead_org_id = o.org_id
left join programmes as g on p.programme_code = g.programme_code
where
    p.sector::varchar = $field
    and p.start_date <= last_day_of($period)
order by is_running desc, received_yuan desc, p.project_id asc
