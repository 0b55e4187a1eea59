-- The year whose inspections are known, in periods: the register holds each organization's latest inspection alone, so it
-- is the year that most of Yunnan's organizations carry; of any other year what was found is not known.
with years as (
    select
        inspection_year,
        count(*) as organizations
    from organizations
    where is_yunnan and inspection_year is not null
    group by inspection_year
),

known as (
    select max_by(inspection_year, (organizations, inspection_year)) as inspection_year
    from years
)

update periods
set is_inspected = coalesce(year = (select k.inspection_year from known as k), false)
