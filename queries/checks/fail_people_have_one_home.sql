-- 同一受益对象出现在两个县，人数将无法按地区相加
select
    subject_key,
    min(county_code) as one_county,
    min_by(source_file || ' 第' || source_row || '行', county_code) as one_line,
    max(county_code) as other_county,
    max_by(source_file || ' 第' || source_row || '行', county_code) as other_line
from beneficiaries
group by subject_key
having min(county_code) != max(county_code)
order by subject_key
limit 100
