-- Poverty counties of a place and the projects of the 三区 and 牵手 plans that reach them, one row per county; usual order.
-- Projects begun by the end of the period. Counties that are no poverty counties stand here where a plan reaches them.
-- facts S116 S117 S118
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return place_name VARCHAR
-- return is_poverty_county BOOLEAN
-- return is_deep_poverty BOOLEAN
-- return is_sqsz BOOLEAN
-- return is_covered BOOLEAN
-- return sanqu_projects BIGINT
-- return qianshou_projects BIGINT
-- return first_start_date DATE
with served as (
    select
        county_code,
        count(*) filter (programme_code = 'PG-SANQU') as sanqu_projects,
        count(*) filter (programme_code = 'PG-QIANSHOU') as qianshou_projects,
        min(start_date) as first_start_date
    from projects_by_county
    where programme_code in ('PG-SANQU', 'PG-QIANSHOU') and start_date <= last_day_of($period)
    group by county_code
)

select
    c.county_code as region_code,
    place_named(c.prefecture_code, c.county_code) as place_name,
    c.is_poverty_county,
    c.is_deep_poverty,
    c.is_sqsz,
    s.county_code is not null as is_covered,
    coalesce(s.sanqu_projects, 0) as sanqu_projects,
    coalesce(s.qianshou_projects, 0) as qianshou_projects,
    s.first_start_date
from counties as c
inner join prefectures as d using (prefecture_code)
left join served as s using (county_code)
where
    (c.is_poverty_county or s.county_code is not null)
    and in_place($place, c.prefecture_code, c.county_code)
order by d.order_prov, c.county_code
