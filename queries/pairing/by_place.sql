-- Projects with a partner outside Yunnan by place one level down and partner, one row per place and partner; all places.
-- Under way at the end of the period; a project of several counties counts in each, in a prefecture at its main county.
-- facts S113
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return cross_province VARCHAR
-- return projects BIGINT
with partners as (
    select
        unnest(['上海', '广东', '全国性组织', '其他']) as cross_province,
        unnest([1, 2, 3, 4]) as nr
),

located as (
    select
        project_id,
        prefecture_code as region_code
    from projects
    where $place = '530000'
    union all
    select
        project_id,
        county_code
    from project_locations
    where $place != '530000' and in_place($place, prefecture_code, county_code)
),

under_way as (
    select
        l.region_code,
        p.project_id,
        p.cross_province::varchar as cross_province
    from projects as p
    inner join located as l using (project_id)
    where running(p.start_date, p.actual_end_date, last_day_of($period))
)

select
    r.region_code,
    r.region_name,
    k.cross_province,
    count(u.project_id) as projects
from parts_of($place) as r
cross join partners as k
left join under_way as u on r.region_code = u.region_code and k.cross_province = u.cross_province
where not r.is_rest
group by r.region_code, r.region_name, r.sort_order, k.cross_province, k.nr
order by r.sort_order, k.nr
