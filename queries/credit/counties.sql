-- Counties of a place where microcredit is tried, one row per county: projects of PG-GRAMEEN begun, households, money.
-- All cumulative up to the end of the period; households null is hidden. Money is the programme's, not the loans.
-- facts S124 S125
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return place_name VARCHAR
-- return is_poverty_county BOOLEAN
-- return projects BIGINT
-- return org_name VARCHAR
-- return households BIGINT
-- return is_hidden BOOLEAN
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
with begun as (
    select
        p.county_code,
        count(*) as projects,
        array_to_string(list_sort(list(distinct o.org_name)), '、') as org_name
    from projects_by_county as p
    left join organizations as o on p.lead_org_id = o.org_id
    where p.programme_code = 'PG-GRAMEEN' and p.start_date <= last_day_of($period)
    group by p.county_code
),

money as (
    select
        county_code,
        sum(net) filter (stage = '到账') as received_yuan,
        sum(net) filter (stage = '支出') as spent_yuan
    from programme_funds('PG-GRAMEEN', $place, last_day_of($period))
    group by county_code
)

select
    c.county_code as region_code,
    place_named(c.prefecture_code, c.county_code) as place_name,
    c.is_poverty_county,
    coalesce(b.projects, 0) as projects,
    b.org_name,
    n.value as households,
    coalesce(n.is_hidden, false) as is_hidden,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan
from counties as c
inner join prefectures as d using (prefecture_code)
left join begun as b using (county_code)
left join money as m using (county_code)
left join people_counts as n
    on
        c.county_code = n.region_code
        and n.dimension = 'microcredit'
        and n.measure = 'households'
        and n.period = $period
where
    in_place($place, c.prefecture_code, c.county_code)
    and (b.projects > 0 or n.is_hidden or n.value > 0)
order by d.order_prov, c.county_code
