-- One programme by place one level down at the end of the period, one row per place; all places, usual order.
-- A project that crosses a border counts in each place it reaches; money is cumulative, 省本级 has its own row.
-- facts S073 S087
-- param programme_code  programme code, 'PG-STFP'
-- param period          report period, '2019'
-- param place           region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return projects BIGINT
-- return counties BIGINT
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
with reached as (
    select
        part_code($place, l.prefecture_code, l.county_code) as region_code,
        count(distinct l.project_id) as projects,
        count(distinct l.county_code) as counties
    from programme_projects($programme_code, $place, last_day_of($period))
    inner join project_locations as l using (project_id)
    where in_place($place, l.prefecture_code, l.county_code)
    group by all
),

money as (
    select
        part_code($place, prefecture_code, county_code) as region_code,
        sum(net) filter (stage::varchar = '到账') as received_yuan,
        sum(net) filter (stage::varchar = '支出') as spent_yuan
    from programme_funds($programme_code, $place, last_day_of($period))
    group by all
)

select
    r.region_code,
    r.region_name,
    coalesce(h.projects, 0) as projects,
    coalesce(h.counties, 0) as counties,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan
from parts_of($place) as r
left join reached as h using (region_code)
left join money as m using (region_code)
where not r.is_rest or $place = '530000' or m.region_code is not null
order by r.sort_order
