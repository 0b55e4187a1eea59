-- The office's published figures, a row each, with the indicator's value of their time and place where there is one.
select
    f.figure_code,
    f.label,
    f.published,
    f.basis as note,
    f.indicator_code,
    f.period,
    f.region_code,
    i.unit,
    v.value as actual,
    v.status
from office_figures as f
inner join indicators as i using (indicator_code)
left join indicator_values as v
    on
        f.indicator_code = v.indicator_code and f.period = v.period and f.region_code = v.region_code
        and v.level::varchar != 'unallocated'
order by f.figure_code
