-- Rows behind P4-09: protected counts of households with microcredit, one row per place one level down; never a household.
select
    c.region_code as item_id,
    r.name_zh as item,
    if(c.is_hidden, '已隐去（小数保护）', '截至期末去重户数，按常住地') as detail,
    place_named(c.prefecture_code, if(c.level = 'county', c.region_code, null)) as place_name,
    if(c.is_hidden, null, c.value)::double as num,
    null::double as den,
    '受益人数立方（小数保护）' as source_file,
    null::integer as source_row
from people_counts as c
inner join regions as r using (level, region_code)
where
    c.measure = 'households'
    and c.dimension = 'microcredit'
    and c.period = $period
    and if(
        $place = '530000',
        c.level = 'prefecture',
        c.level = 'county' and $place in (c.prefecture_code, c.region_code)
    )
order by num desc nulls last, c.region_code asc
