-- 报告期早于发生日期所在季度
with dated as (
    select 'funds' as table_name, fund_id as id, event_date as day, report_period from funds
    union all
    select 'beneficiaries', record_id, service_date, report_period from beneficiaries
    union all
    select 'activities', activity_id, activity_date, report_period from activities
)

select table_name, id, day, report_period
from dated
where report_period < year(day) || 'Q' || quarter(day)
order by all
limit 100
