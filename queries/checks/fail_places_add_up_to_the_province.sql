-- 州市合计加省本级不等于全省（可相加的指标）
-- computed yes
with parts as (
    select
        indicator_code, period,
        sum(num) filter (level = 'province') as whole,
        sum(
            num) filter (
            level in ('prefecture', 'unallocated')
            and (level = 'prefecture' or region_code = '530000')
        ) as together,
        bool_or(num is null and level in ('prefecture', 'province')) as has_blank
    from indicator_values
    group by all
)

select p.indicator_code, p.period, p.whole, p.together
from parts as p
inner join indicators as i using (indicator_code)
where i.is_additive and not p.has_blank and p.whole != p.together
order by all
