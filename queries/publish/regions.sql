-- Fills regions: 全省, the 16, the 129, and what is not allocated below province or prefecture.
insert into regions
select 'province', '530000', null, '云南省', '全省', 0
union all
select 'prefecture', prefecture_code, prefecture_code, name_zh, short_zh, order_prov
from prefectures
union all
select 'unallocated', '530000', null, '省本级', '省本级', 99
union all
select 'unallocated', prefecture_code, prefecture_code, name_zh || '本级', short_zh || '本级', 900000 + order_prov
from prefectures
union all
select
    'county', county_code, c.prefecture_code, c.name_zh, c.short_zh,
    1000 * p.order_prov + row_number() over (partition by c.prefecture_code order by county_code)
from counties as c
inner join prefectures as p using (prefecture_code)
order by all
