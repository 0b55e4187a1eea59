-- 一份组织报表中指标要用的一列全空；整个州市都没有填的，指标作未知
with filled as (
    select
        source_file,
        unnest([
            'party_work_date', 'branch_standardized_date', 'publicity_date', 'rating_date'
        ]) as column_name,
        unnest([
            count(party_work_date), count(branch_standardized_date), count(publicity_date), count(rating_date)
        ]) as rows_filled,
        unnest([
            count(*) filter (party_cover_mode != '未覆盖'),
            count(*) filter (party_cover_mode in ('单独成立', '联合成立', '功能型党组织')),
            count(*),
            count(*) filter (rating != '未评估')
        ]) as rows_due
    from organizations
    where is_yunnan
    group by source_file
)

select source_file, column_name, rows_due
from filled
where rows_filled = 0 and rows_due > 0
order by source_file, column_name
