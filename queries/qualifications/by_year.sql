-- Holders of each qualification at the end of each year up to the period, one row per year and qualification; the last year ends with the period.
-- Null where nobody in the province has filled in the column: unknown, not none.
-- New is what was granted in the year; for tax deduction, what was not on the list of the year before.
-- facts S039 S040 S041
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return period_label VARCHAR
-- return qualification VARCHAR
-- return organizations BIGINT
-- return newly_qualified BIGINT
with years as (
    select
        year,
        start_date,
        least(last_date, last_day_of($period)) as as_of
    from periods
    where kind = 'year' and start_date <= last_day_of($period)
),

kinds as (
    select
        unnest(['慈善组织', '公开募捐资格', '省级税前扣除资格']) as qualification,
        unnest([1, 2, 3]) as nr,
        unnest([is_unfilled('P2-05'), is_unfilled('P2-06'), is_unfilled('P2-07')]) as is_unknown
)

select
    format('{}年{}', y.year, if(month(y.as_of) = 12, '末', month(y.as_of) || '月末')) as period_label,
    k.qualification,
    if(
        k.is_unknown,
        null,
        count(*) filter (
            case k.nr
                when 1 then o.charity_date <= y.as_of
                when 2 then o.public_fundraising_date <= y.as_of
                else o.tax_deduction_level::varchar = '省级' and list_contains(o.tax_deduction_years, y.year)
            end
        )
    ) as organizations,
    if(
        k.is_unknown,
        null,
        count(*) filter (
            case k.nr
                when 1 then o.charity_date between y.start_date and y.as_of
                when 2 then o.public_fundraising_date between y.start_date and y.as_of
                else
                    o.tax_deduction_level::varchar = '省级' and list_contains(o.tax_deduction_years, y.year)
                    and not list_contains(o.tax_deduction_years, y.year - 1)
            end
        )
    ) as newly_qualified
from years as y
cross join kinds as k
left join organizations as o
    on
        o.is_yunnan
        and on_books(o.status, o.registered_date, o.deregistered_date, y.as_of)
        and in_place($place, o.prefecture_code, o.county_code)
group by y.year, y.as_of, k.qualification, k.nr, k.is_unknown
order by y.year, k.nr
