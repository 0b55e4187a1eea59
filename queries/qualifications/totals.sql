-- Organizations that hold each of the three qualifications at the end of the period, in one row.
-- Null where nobody in the province has filled in the column: unknown, not none.
-- The list for tax deduction is that of the period's year. published are the article's words where this is its number.
-- facts S039 S040 S041 S043
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return charities BIGINT
-- return fundraisers BIGINT
-- return tax_deductible BIGINT
-- return published VARCHAR
with held as (
    select
        if(
            is_unfilled('P2-05'), null, count(*) filter (charity_date <= last_day_of($period))
        ) as charities,
        if(
            is_unfilled('P2-06'), null, count(*) filter (public_fundraising_date <= last_day_of($period))
        ) as fundraisers,
        if(
            is_unfilled('P2-07'),
            null,
            count(*) filter (
                tax_deduction_level = '省级' and list_contains(tax_deduction_years, year(last_day_of($period)))
            )
        ) as tax_deductible
    from act_orgs(last_day_of($period))
    where in_place($place, prefecture_code, county_code)
)

select
    h.charities,
    h.fundraisers,
    h.tax_deductible,
    f.published
from held as h
left join published_figures as f
    on
        h.tax_deductible = f.actual and f.figure_code = 'CAL-03' and f.holds
        and $place = '530000' and year(last_day_of($period)) = 2019
order by all
