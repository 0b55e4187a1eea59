-- Issues found in the returns up to the period, one row per rule and quarter with any; rule by rule, oldest first.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province, a county has the returns of its prefecture
-- return rule_id VARCHAR
-- return period VARCHAR
-- return issues BIGINT
-- return issues_open BIGINT
select
    i.rule_id,
    i.report_period as period,
    count(*) as issues,
    count(*) filter (i.is_open) as issues_open
from all_issues as i
inner join periods as q on i.report_period = q.period
where q.last_date <= last_day_of($period) and of_prefecture($place, i.prefecture_code)
group by i.rule_id, i.report_period
order by i.rule_id, i.report_period
