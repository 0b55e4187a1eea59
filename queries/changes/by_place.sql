-- What changed in one indicator at the 16 and 省本级, one row per place; largest change first.
-- param period          report period of the newer snapshot, '2019'
-- param indicator_code  code, 'P1-08'
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return old_value DOUBLE
-- return new_value DOUBLE
-- return change DOUBLE
-- return real_change DOUBLE
-- return revised_change DOUBLE
-- return split_note VARCHAR
select
    s.region_code,
    place_named(s.region_code, null) as region_name,
    s.old_value,
    s.new_value,
    s.change,
    s.real_change,
    s.revised_change,
    s.split_note
from splits($period) as s
left join prefectures as p on s.region_code = p.prefecture_code
where
    s.indicator_code = $indicator_code
    and (s.level = 'prefecture' or (s.level = 'unallocated' and s.region_code = '530000'))
order by abs(s.change) desc nulls last, p.order_prov asc nulls last
