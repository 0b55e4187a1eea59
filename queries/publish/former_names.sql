-- What an organization was called in the base and before stays with it, also when a return brings its row anew.
-- param file  the base's organizations
with told as (
    select
        org_id,
        unnest(list_append(coalesce(former_names, []), org_name)) as former_name,
        unnest(range(1 + coalesce(len(former_names), 0))) as nr
    from read_parquet($file)
)

update organizations
set former_names = (
    select list(t.former_name order by t.nr)
    from told as t
    where t.org_id = organizations.org_id and t.former_name != organizations.org_name
)
