-- The four lights of the returns, one row per prefecture and finished quarter up to the period; usual order.
-- rule 及时：六张表都在截止时间以前收到。|完整：六张表都已收到并入库（整份拒收的等于未收到）。|一致：收到的各表申报行数与收到的行数相等、没有拒收行的申报金额与入库金额相等，且没有待处理的错误。|可核：收到的各表都有源文件指纹，资金、活动、统计入库的每一行都有文件与行号；组织、项目由新报表更替，受益从不打开，只核文件指纹。|截止时间：季度终了次月10日18时（另有规定的从其规定）。以入库的那一份为准；晚于截止时间一年以上收到的是补录的历史数据，不算迟报，整季都是补录的及时为○无从判断；未收到的逾期算到快照发布时。起报期以前的季度收到的是补报，不应报的单位报来的是另报，及时与完整不适用。尚未到截止时间为○未到期，一张也没收到的一致与可核为○无从判断。
-- param period        report period, '2019'
-- param place         region code; 530000 is the province, a county has the returns of its prefecture
-- param published_at  when the snapshot was published
-- return prefecture_code VARCHAR
-- return prefecture_name VARCHAR
-- return period VARCHAR
-- return period_label VARCHAR
-- return returns_due BIGINT
-- return returns_received BIGINT
-- return returns_late BIGINT
-- return days_late BIGINT
-- return returns_backfilled BIGINT
-- return open_errors BIGINT
-- return timely_light VARCHAR
-- return complete_light VARCHAR
-- return consistent_light VARCHAR
-- return traceable_light VARCHAR
with errors as (
    select prefecture_code, report_period as period, count(*) as open_errors
    from all_issues
    where is_open and severity = '错误'
    group by prefecture_code, report_period
),

added as (
    select
        prefecture_code,
        prefecture_name,
        order_prov,
        period,
        period_label,
        start_date,
        count(*) filter (is_owed(prefecture_code, period)) as returns_due,
        count(received_at) as returns_received,
        count(*) filter (report_status = '迟报') as returns_late,
        max(days_late) as days_late,
        count(*) filter (report_status in ('补录', '补报')) as returns_backfilled,
        bool_and(report_status != '未到期') as is_due,
        bool_or(is_owed(prefecture_code, period)) as is_applicable,
        bool_and(is_agreed) as is_agreed,
        bool_and(is_traced) as is_traced
    from returns_due($published_at)
    where last_date <= last_day_of($period) and of_prefecture($place, prefecture_code)
    group by prefecture_code, prefecture_name, order_prov, period, period_label, start_date
)

select
    a.prefecture_code,
    a.prefecture_name,
    a.period,
    a.period_label,
    a.returns_due,
    a.returns_received,
    a.returns_late,
    a.days_late,
    a.returns_backfilled,
    coalesce(e.open_errors, 0) as open_errors,
    light_where(
        a.is_applicable,
        a.returns_received = a.returns_due and a.returns_late = 0,
        a.is_due,
        a.returns_backfilled < a.returns_due
    ) as timely_light,
    light_where(a.is_applicable, a.returns_received = a.returns_due, a.is_due, true) as complete_light,
    light_where(
        a.is_applicable or a.returns_received > 0 or coalesce(e.open_errors, 0) > 0,
        coalesce(a.is_agreed, true) and coalesce(e.open_errors, 0) = 0,
        a.is_due or a.returns_received > 0,
        a.returns_received > 0 or coalesce(e.open_errors, 0) > 0
    ) as consistent_light,
    light_where(
        a.is_applicable or a.returns_received > 0,
        a.is_traced,
        a.is_due or a.returns_received > 0,
        a.returns_received > 0
    ) as traceable_light
from added as a
left join errors as e using (prefecture_code, period)
order by a.order_prov, a.start_date
