-- Places of projects as their rows tell them now: equal shares of the counties, the first is the primary one.
-- A project whose counties are still the same keeps its shares, which may be unequal.
create or replace temp table told as
with placed as (
    select
        project_id, len(county_codes) as counties,
        unnest(county_codes) as county_code, unnest(range(len(county_codes))) as place
    from projects
),

shared as (
    select *, (floor(10000 / counties) / 10000)::decimal(6, 4) as even
    from placed
)

select
    project_id, county_code, left(county_code, 4) || '00' as prefecture_code,
    if(place = 0, 1 - even * (counties - 1), even)::decimal(6, 4) as share,
    place = 0 as is_primary
from shared;

create or replace temp table kept as
with now as (
    select project_id, list((county_code, is_primary) order by county_code) as places
    from told
    group by project_id
),

before as (
    select project_id, list((county_code, is_primary) order by county_code) as places
    from project_locations
    group by project_id
)

select project_id
from now
inner join before using (project_id, places);

delete from project_locations
where project_id not in (select k.project_id from kept as k);

insert into project_locations by name
select *
from told
where project_id not in (select k.project_id from kept as k)
