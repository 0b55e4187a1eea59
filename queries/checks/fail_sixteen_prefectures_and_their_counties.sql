-- 州市应恰为16个，县应恰为129个且归属一致
select '州市' as place, count(*) as places
from prefectures
having count(*) != 16
union all
select '县', count(*)
from counties
having count(*) != 129
union all
select county_code, null
from counties
where prefecture_code != left(county_code, 4) || '00'
