-- Who is paired with whom, one row per place one level down: its partner in the east, projects with partners outside, money.
-- Pairing is that of the period's end by prefecture (a county has its prefecture's). Projects under way at the end of the period;
-- money is what 东西部协作 brought in the period, and up to its end. 省本级 is shown where it received money.
-- facts S113
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return pairing VARCHAR
-- return projects BIGINT
-- return received_yuan DOUBLE
-- return cumulative_yuan DOUBLE
with located as (
    select
        project_id,
        prefecture_code as region_code
    from projects
    where $place = '530000'
    union all
    select
        project_id,
        county_code
    from project_locations
    where $place != '530000' and in_place($place, prefecture_code, county_code)
),

under_way as (
    select
        l.region_code,
        count(*) as projects
    from projects as p
    inner join located as l using (project_id)
    where p.cross_province != '无' and running(p.start_date, p.actual_end_date, last_day_of($period))
    group by l.region_code
),

money as (
    select
        part_code($place, prefecture_code, county_code) as region_code,
        sum(net_yuan(amount_yuan, is_reversal)) filter (event_date >= first_day($period)) as received_yuan,
        sum(net_yuan(amount_yuan, is_reversal)) as cumulative_yuan
    from funds
    where
        stage = '到账'
        and meaning('fund_source', source) = '东西部协作'
        and event_date <= last_day_of($period)
        and in_place($place, prefecture_code, county_code)
    group by all
)

select
    r.region_code,
    r.region_name,
    if(
        r.is_rest, null, paired_with(left(r.region_code, 4) || '00', '东西部协作', last_day_of($period))
    ) as pairing,
    coalesce(u.projects, 0) as projects,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.cumulative_yuan, 0)::double as cumulative_yuan
from parts_of($place) as r
left join under_way as u on r.region_code = u.region_code
left join money as m on r.region_code = m.region_code
where not r.is_rest or m.region_code is not null
order by r.sort_order
