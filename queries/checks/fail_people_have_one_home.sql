-- 同一受益对象出现在两个县，人数将无法按地区相加
select subject_key, min(county_code) as one_county, max(county_code) as other_county
from beneficiaries
group by subject_key
having min(county_code) != max(county_code)
order by subject_key
limit 100
