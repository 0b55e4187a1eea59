-- The coverages at the end of the period by place one level down, one row per place and coverage (three); all places, usual order.
-- The rate is null where the place has not reported, and where it has no organization.
-- facts S012 S017
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return is_rest BOOLEAN
-- return coverage VARCHAR
-- return covered BIGINT
-- return organizations BIGINT
-- return coverage_rate DOUBLE
-- return report_status VARCHAR
with booked as (
    select
        part_code($place, prefecture_code, county_code) as region_code,
        coverage,
        coalesce(covered_date <= last_day_of($period), false) as is_covered
    from coverages
    where
        on_books(status, registered_date, deregistered_date, last_day_of($period))
        and in_place($place, prefecture_code, county_code)
)

select
    r.region_code,
    r.region_name,
    r.is_rest,
    k.coverage,
    count(*) filter (b.is_covered) as covered,
    count(b.region_code) as organizations,
    if(
        bool_or(u.region_code is not null), null, rate(count(*) filter (b.is_covered), count(b.region_code))
    ) as coverage_rate,
    if(bool_or(u.region_code is not null), unsent_status(r.region_code), '已报') as report_status
from parts_of($place) as r
cross join kinds_of_coverage() as k
left join booked as b on r.region_code = b.region_code and k.coverage = b.coverage
left join unreported($period, 'organizations') as u on r.region_code = u.region_code and r.is_rest = u.is_rest
where not r.is_rest or r.region_code in (select region_code from booked)
group by r.region_code, r.region_name, r.is_rest, r.sort_order, k.coverage, k.nr
order by r.sort_order, k.nr
