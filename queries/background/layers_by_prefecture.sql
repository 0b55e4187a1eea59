-- How many counties of a prefecture belong to each layer of the map, one row per prefecture (all 16) and layer.
-- is_chosen marks the place's own prefecture.
-- facts S003
-- param place  region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return layer VARCHAR
-- return counties BIGINT
-- return is_chosen BOOLEAN
with layered as (
    unpivot (
        select
            prefecture_code,
            count(*) filter (is_poverty_county) as 贫困县,
            count(*) filter (is_deep_poverty) as 深度贫困县,
            count(*) filter (is_border) as 边境县,
            count(*) filter (is_autonomous_county) as 民族自治县
        from counties
        group by prefecture_code
    )
    on 贫困县, 深度贫困县, 边境县, 民族自治县
    into name layer value counties
)

select
    l.prefecture_code as region_code,
    d.short_zh as region_name,
    l.layer,
    l.counties,
    left($place, 4) = left(l.prefecture_code, 4) as is_chosen
from layered as l
inner join prefectures as d using (prefecture_code)
order by d.order_prov, list_position(['贫困县', '深度贫困县', '边境县', '民族自治县'], l.layer)
