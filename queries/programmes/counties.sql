-- Counties that one programme reaches in a place by the end of the period, one row per county; usual order.
-- Money is cumulative; what is not allocated to a county is in no row.
-- facts S088
-- param programme_code  programme code, 'PG-STFP'
-- param period          report period, '2019'
-- param place           region code; 530000 is the province
-- return region_code VARCHAR
-- return place_name VARCHAR
-- return kind VARCHAR
-- return is_poverty_county BOOLEAN
-- return projects BIGINT
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
with reached as (
    select
        l.county_code,
        count(*) as projects
    from programme_projects($programme_code, $place, last_day_of($period))
    inner join project_locations as l using (project_id)
    where in_place($place, l.prefecture_code, l.county_code)
    group by l.county_code
),

money as (
    select
        county_code,
        sum(net) filter (stage::varchar = '到账') as received_yuan,
        sum(net) filter (stage::varchar = '支出') as spent_yuan
    from programme_funds($programme_code, $place, last_day_of($period))
    group by county_code
)

select
    h.county_code as region_code,
    place_named(c.prefecture_code, c.county_code) as place_name,
    c.kind::varchar as kind,
    c.is_poverty_county,
    h.projects,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan
from reached as h
inner join counties as c using (county_code)
inner join prefectures as p using (prefecture_code)
left join money as m using (county_code)
order by p.order_prov, h.county_code
