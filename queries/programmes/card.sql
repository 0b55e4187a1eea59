-- One programme in one place as it stands at the end of the period, money cumulative up to then, one row.
-- A project counts where it reaches, so that one crossing a border counts in both places and once in the province.
-- facts S064 S066 S070 S072 S075 S077 S078 S080 S083 S085
-- param programme_code  programme code, 'PG-STFP'
-- param period          report period, '2019'
-- param place           region code; 530000 is the province
-- return programme_name VARCHAR
-- return supervising_unit_code VARCHAR
-- return sector VARCHAR
-- return projects BIGINT
-- return running_projects BIGINT
-- return organizations BIGINT
-- return prefectures BIGINT
-- return counties BIGINT
-- return approved_yuan DOUBLE
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
with begun as (
    from programme_projects($programme_code, $place, last_day_of($period))
),

taking_part as (
    select lead_org_id as org_id from begun
    union
    select unnest(partner_org_ids) from begun
),

reached as (
    select distinct
        l.prefecture_code,
        l.county_code
    from begun
    inner join project_locations as l using (project_id)
    where in_place($place, l.prefecture_code, l.county_code)
),

money as (
    select
        sum(net) filter (stage::varchar = '获批') as approved_yuan,
        sum(net) filter (stage::varchar = '到账') as received_yuan,
        sum(net) filter (stage::varchar = '支出') as spent_yuan
    from programme_funds($programme_code, $place, last_day_of($period))
)

select
    g.name_zh as programme_name,
    g.supervising_unit as supervising_unit_code,
    g.sector,
    (select count(*) from begun) as projects,
    (
        select count(*) from begun
        where running(start_date, actual_end_date, last_day_of($period))
    ) as running_projects,
    (select count(org_id) from taking_part) as organizations,
    (select count(distinct prefecture_code) from reached) as prefectures,
    (select count(*) from reached) as counties,
    coalesce(m.approved_yuan, 0)::double as approved_yuan,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan
from programmes as g
cross join money as m
where g.programme_code = $programme_code
order by g.programme_code
