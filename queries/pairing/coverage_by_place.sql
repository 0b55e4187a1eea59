-- Counties reached by the 三区 and 牵手 plans by place one level down, one row per place; all places, usual order.
-- Projects begun by the end of the period; a county reached by both plans counts in each and once in covered_counties.
-- covered_poverty over poverty_counties is indicator P4-08.
-- facts S116 S117 S118
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return covered_counties BIGINT
-- return sanqu_counties BIGINT
-- return qianshou_counties BIGINT
-- return poverty_counties BIGINT
-- return covered_poverty BIGINT
-- return deep_poverty_counties BIGINT
-- return covered_deep BIGINT
-- return coverage_rate DOUBLE
with served as (
    select
        county_code as served_code,
        bool_or(programme_code = 'PG-SANQU') as by_sanqu,
        bool_or(programme_code = 'PG-QIANSHOU') as by_qianshou
    from projects_by_county
    where programme_code in ('PG-SANQU', 'PG-QIANSHOU') and start_date <= last_day_of($period)
    group by county_code
),

here as (
    select
        c.*,
        s.*,
        part_code($place, c.prefecture_code, c.county_code) as region_code
    from counties as c
    left join served as s on c.county_code = s.served_code
    where in_place($place, c.prefecture_code, c.county_code)
)

select
    r.region_code,
    r.region_name,
    count(h.served_code) as covered_counties,
    count(h.served_code) filter (h.by_sanqu) as sanqu_counties,
    count(h.served_code) filter (h.by_qianshou) as qianshou_counties,
    count(h.county_code) filter (h.is_poverty_county) as poverty_counties,
    count(h.served_code) filter (h.is_poverty_county) as covered_poverty,
    count(h.county_code) filter (h.is_deep_poverty) as deep_poverty_counties,
    count(h.served_code) filter (h.is_deep_poverty) as covered_deep,
    rate(
        count(h.served_code) filter (h.is_poverty_county), count(h.county_code) filter (h.is_poverty_county)
    ) as coverage_rate
from parts_of($place) as r
left join here as h using (region_code)
where not r.is_rest
group by r.region_code, r.region_name, r.sort_order
order by r.sort_order
