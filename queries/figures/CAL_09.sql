-- 文献列举地：文艺扶贫深入的州市，一行
-- code CAL-09
-- label 文艺扶贫深入的州市
-- published 红河、临沧、昭通、怒江、迪庆
-- qualifier 列举
-- unit 州市
-- needs 2020-06-30
-- fact S068
-- note 文献写“等5州市”，按恰为此5州市核对；次序改为省内惯用顺序；截至2020年6月累计
-- filter 活动小类=文艺扶贫；举办州市去重；截至2020年6月30日
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with places as (
    select distinct prefecture_code
    from activities
    where
        activity_type = '文艺扶贫'
        and activity_date <= date '2020-06-30'
)

select
    count(*)::double as actual,
    coalesce(string_agg(short_zh, '、' order by order_prov), '无') as detail,
    count(*) = 5
    and count(*) filter (
        prefecture_code in ('532500', '530900', '530600', '533300', '533400')
    ) = 5 as holds
from places
left join prefectures using (prefecture_code)
