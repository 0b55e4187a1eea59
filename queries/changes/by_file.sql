-- Which return files an indicator that sums events changed by at one place, one row per file; largest change first.
-- What is withdrawn or corrected stands under the file it stood in, what is new or corrected under the file it came in.
-- param period          report period of the newer snapshot, '2019'
-- param place           region code; 530000 is the province
-- param indicator_code  code, 'P1-08'
-- return source_file VARCHAR
-- return causes VARCHAR
-- return items BIGINT
-- return change DOUBLE
-- return real_change DOUBLE
-- return revised_change DOUBLE
select
    source_file,
    string_agg(distinct cause, '、' order by cause) as causes,
    count(distinct item_id) as items,
    sum(counted)::double as change,
    coalesce(sum(counted) filter (is_real), 0)::double as real_change,
    coalesce(sum(counted) filter (not is_real), 0)::double as revised_change
from legs
where
    indicator_code = $indicator_code
    and event_date between first_day($period) and last_day_of($period)
    and in_place($place, prefecture_code, county_code)
group by source_file
order by abs(sum(counted)) desc, source_file asc
