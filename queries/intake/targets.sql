-- Targets that stand, one row per indicator, year and region, with the return that gave each; those that ship are of none.
-- return batch_id VARCHAR
-- return report_period VARCHAR
-- return indicator_code VARCHAR
-- return year BIGINT
-- return region_code VARCHAR
-- return target_value VARCHAR
-- return phasing VARCHAR
-- return q1_share VARCHAR
-- return q2_share VARCHAR
-- return q3_share VARCHAR
-- return q4_share VARCHAR
-- return basis VARCHAR
select
    coalesce(m.batch_id, '') as batch_id,
    coalesce(m.report_period, '') as report_period,
    t.indicator_code,
    t.year::bigint as year,
    t.region_code,
    t.target_value::varchar as target_value,
    t.phasing::varchar as phasing,
    t.q1_share::varchar as q1_share,
    t.q2_share::varchar as q2_share,
    t.q3_share::varchar as q3_share,
    t.q4_share::varchar as q4_share,
    t.basis
from targets as t
left join snapshot_manifest as m on m.table_name = 'targets' and t.source_file = m.source_file
order by t.indicator_code, t.year, t.region_code
