-- What an organization is called and was called, one row per organization and name: what a return may cite it by.
-- return org_id VARCHAR
-- return org_name VARCHAR
with named as (
    select
        org_id,
        unnest(list_append(coalesce(former_names, []), org_name)) as org_name
    from organizations
)

select distinct
    org_id,
    org_name
from named
order by org_id, org_name
