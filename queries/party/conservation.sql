-- Whether the five ways add up to the covered organizations of indicator P1-01 at the end of the period; always one row.
-- The sum is of the ways, the covered are the published numerator: two counts of their own. Null where the place has not reported.
-- facts S019 S017
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return five_ways BIGINT
-- return covered BIGINT
-- return is_conserved BOOLEAN
-- return strictly_covered BIGINT
-- return organizations BIGINT
-- return party_rate DOUBLE
-- return strict_rate DOUBLE
with counted as (
    select
        count(*) filter (coverage_known(party_cover_mode, party_cover_date)) as organizations,
        count(*) filter (
            party_cover_date <= last_day_of($period)
            and party_cover_mode::varchar in ('单独成立', '联合成立', '功能型党组织', '选派党建指导员', '挂靠组建')
        ) as five_ways,
        count(*) filter (
            party_cover_date <= last_day_of($period)
            and party_cover_mode::varchar in ('单独成立', '联合成立', '功能型党组织', '挂靠组建')
        ) as strictly_covered
    from act_orgs(last_day_of($period))
    where in_place($place, prefecture_code, county_code)
),

published as (
    select max(if(status = unsent_status($place) and num is null, null, coalesce(num, 0)))::bigint as covered
    from indicator_values
    where
        indicator_code = 'P1-01' and period = $period and region_code = $place
        and level::varchar in ('province', 'prefecture', 'county')
)

select
    c.five_ways,
    p.covered,
    c.five_ways = p.covered as is_conserved,
    c.strictly_covered,
    c.organizations,
    rate(c.five_ways, c.organizations) as party_rate,
    rate(c.strictly_covered, c.organizations) as strict_rate
from counted as c
cross join published as p
order by all
