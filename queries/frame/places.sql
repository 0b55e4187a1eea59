-- Places a reader may choose, one row per place: the province, the 16, their counties; in the province's usual order.
-- return place VARCHAR
-- return level VARCHAR
-- return prefecture_code VARCHAR
-- return place_name VARCHAR
-- return short_name VARCHAR
select
    r.region_code as place,
    r.level::varchar as level,
    r.prefecture_code,
    if(r.level::varchar = 'county', r.name_zh || '（' || p.short_zh || '）', r.name_zh) as place_name,
    case
        when r.level::varchar = 'county' then r.short_zh
        when r.level::varchar = 'province' then '全省'
        else r.short_zh || right(r.name_zh, 1)
    end as short_name
from regions as r
left join prefectures as p using (prefecture_code)
where r.level::varchar != 'unallocated'
order by
    case when r.level::varchar = 'province' then 0 else p.order_prov end,
    r.level::varchar != 'prefecture',
    r.sort_order
