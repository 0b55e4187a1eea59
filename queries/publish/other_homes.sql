-- Rows of a return that put somebody where others do not, one row per record: the line, what it says, what stands.
-- param file varchar, the accepted rows of the return
-- param counties varchar, data/reference/counties.csv
-- param prefectures varchar, data/reference/prefectures.csv
-- return record_id VARCHAR
-- return source_row INTEGER
-- return county VARCHAR
-- return other_county VARCHAR
-- return other_office VARCHAR
-- return other_period VARCHAR
-- return other_file VARCHAR
-- return other_row INTEGER
with stands as (
    select
        subject_key,
        county_code,
        report_period,
        source_file,
        source_row
    from beneficiaries
    where subject_key in (select subject_key from read_parquet($file))
    qualify
        row_number() over (
            partition by subject_key
            order by report_period desc, source_file asc, source_row asc
        ) = 1
),

names as (
    select
        c.county_code,
        c.name_zh as county,
        p.name_zh as office
    from read_csv($counties, all_varchar = true) as c
    inner join read_csv($prefectures, all_varchar = true) as p on c.prefecture_code = p.prefecture_code
)

select
    n.record_id,
    n.source_row::integer as source_row,
    coalesce(here.county, n.county_code) as county,
    coalesce(there.county, s.county_code) as other_county,
    coalesce(there.office, s.county_code) as other_office,
    s.report_period as other_period,
    s.source_file as other_file,
    s.source_row as other_row
from read_parquet($file) as n
inner join stands as s on n.subject_key = s.subject_key
left join names as here on n.county_code = here.county_code
left join names as there on s.county_code = there.county_code
where n.county_code != s.county_code
order by source_row, n.record_id
