-- What is amiss with the returns behind a figure, one row per prefecture, quarter of the period and defect; gravest first.
-- Defects: 未报送 (none of the tables has come, due or not), 缺表 (some have not), 迟报, 控制总数不符, 待处理错误.
-- param period        report period, '2019'
-- param place         region code; 530000 is the province, a county has the returns of its prefecture
-- param tables        varchar[], the tables the figure is made of
-- param published_at  when the snapshot was published
-- return prefecture_code VARCHAR
-- return prefecture_name VARCHAR
-- return period VARCHAR
-- return period_label VARCHAR
-- return defect VARCHAR
-- return return_names VARCHAR
-- return files BIGINT
-- return days_late BIGINT
with errors as (
    select distinct prefecture_code, report_period as period, table_name
    from all_issues
    where is_open and severity = '错误'
),

due as (
    select d.*, e.table_name is not null as has_errors
    from returns_due($published_at) as d
    left join errors as e using (prefecture_code, period, table_name)
    where
        d.start_date >= first_day($period)
        and d.last_date <= last_day_of($period)
        and of_prefecture($place, d.prefecture_code)
        and list_contains($tables::varchar[], d.table_name)
),

found as (
    select *, '未收到' as defect from due
    where received_at is null and is_sender(prefecture_code)
    union all
    select *, '迟报' from due
    where report_status = '迟报'
    union all
    select *, '控制总数不符' from due
    where not is_agreed
    union all
    select *, '待处理错误' from due
    where has_errors
),

counted as (
    select
        prefecture_code,
        prefecture_name,
        order_prov,
        period,
        period_label,
        start_date,
        string_agg(return_name, '、' order by nr) as return_names,
        count(*) as files,
        max(days_late) as days_late,
        if(
            defect = '未收到',
            if(count(*) = len(list_distinct($tables::varchar[])), '未报送', '缺表'),
            defect
        ) as defect
    from found
    group by prefecture_code, prefecture_name, order_prov, period, period_label, start_date, found.defect
)

select prefecture_code, prefecture_name, period, period_label, defect, return_names, files, days_late
from counted
order by list_position(['未报送', '缺表', '迟报', '控制总数不符', '待处理错误'], defect), start_date desc, order_prov asc
