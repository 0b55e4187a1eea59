-- Projects under way at the end of the period by supervising unit and sector, one row per unit and sector, zeros included.
-- Every unit that any project names; a project counts once, at its main county, in a county where it reaches.
-- facts S060
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return supervising_unit_code VARCHAR
-- return sector VARCHAR
-- return projects BIGINT
with units as (
    select distinct coalesce(supervising_unit_code, '未列主管单位') as supervising_unit_code
    from projects
    where supervising_unit_code is not null or start_date is not null
),

under_way as (
    select
        coalesce(supervising_unit_code, '未列主管单位') as supervising_unit_code,
        sector::varchar as sector
    from projects_of($place)
    where running(start_date, actual_end_date, last_day_of($period))
)

select
    u.supervising_unit_code,
    s.sector,
    count(w.sector) as projects
from units as u
cross join sectors() as s
left join under_way as w
    on u.supervising_unit_code = w.supervising_unit_code and s.sector = w.sector
group by u.supervising_unit_code, s.sector, s.nr
order by
    sum(count(w.sector)) over (partition by u.supervising_unit_code) desc,
    u.supervising_unit_code asc,
    s.nr asc
