-- 文献列举地：“同心圆梦彩云南”受益州市，一行
-- code CAL-04-places
-- label “同心圆梦彩云南”受益州市
-- published 怒江州、迪庆州、德宏州等地
-- qualifier 列举
-- unit 州市
-- needs 2019-12-31
-- fact S073
-- note 文献列举三州并有“等地”二字，含此三州即为一致，另有受益州市不为不符
-- filter 品牌计划=PG-TXYM；环节=到账；2018—2019年；受益州市去重
-- rows stage=到账 programme=PG-TXYM start=2018-01-01 end=2019-12-31
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with places as (
    select distinct prefecture_code
    from funds
    where
        programme_code = 'PG-TXYM'
        and stage = '到账'
        and event_date between date '2018-01-01' and date '2019-12-31'
        and prefecture_code != '530000'
)

select
    count(*)::double as actual,
    coalesce(string_agg(short_zh, '、' order by order_prov), '无') as detail,
    count(*) filter (prefecture_code in ('533300', '533400', '533100')) = 3 as holds
from places
left join prefectures using (prefecture_code)
