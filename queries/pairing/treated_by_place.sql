-- Persons treated free of charge and persons in rehabilitation by place one level down, one row per kind of help and place.
-- All projects, residents of the place, the whole year of the period (up to the as-of date); null is hidden. Places add
-- up to the one above, kinds of help do not.
-- facts S123
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return help_type VARCHAR
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return persons BIGINT
-- return is_hidden BOOLEAN
with kinds as (
    select
        unnest(['免费治疗', '康复服务']) as help_type,
        unnest([1, 2]) as nr
)

select
    k.help_type,
    r.region_code,
    r.region_name,
    n.value as persons,
    coalesce(n.is_hidden, true) as is_hidden
from parts_of($place) as r
cross join kinds as k
left join people_counts as n
    on
        r.region_code = n.region_code
        and k.help_type = n.member
        and n.dimension = 'help_type'
        and n.measure = 'persons'
        and n.period = year(last_day_of($period))::varchar
where not r.is_rest
order by k.nr, r.sort_order
