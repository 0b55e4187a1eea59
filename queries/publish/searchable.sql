-- Everything that can be searched by name, one row per thing: its code and its names, codes and short names.
with renamed as (
    select
        region_code,
        string_agg(concat_ws(' ', name_zh, other_code), ' ' order by valid_from, name_zh) as names
    from county_names
    group by region_code
)

select
    org_id as code,
    concat_ws(' ', org_name, uscc, array_to_string(former_names, ' ')) as names
from organizations
union all
select
    project_id,
    project_name
from projects
union all
select
    policy_id,
    concat_ws(' ', title, issuer, doc_no)
from policies
union all
select
    programme_code,
    name_zh
from programmes
union all
select
    prefecture_code,
    concat_ws(' ', name_zh, short_zh)
from prefectures
union all
select
    c.county_code,
    concat_ws(' ', c.name_zh, c.short_zh, p.short_zh || c.short_zh, n.names)
from counties as c
inner join prefectures as p using (prefecture_code)
left join renamed as n on c.county_code = n.region_code
order by code
