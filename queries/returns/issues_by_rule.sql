-- Issues found in the returns up to the period, one row per rule that found any; most open ones first.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province, a county has the returns of its prefecture
-- return rule_id VARCHAR
-- return severity VARCHAR
-- return rule_zh VARCHAR
-- return issues BIGINT
-- return issues_open BIGINT
-- return issues_mended BIGINT
-- return issues_waived BIGINT
-- return files BIGINT
select
    i.rule_id,
    i.severity,
    v.rule_zh,
    count(*) as issues,
    count(*) filter (i.is_open) as issues_open,
    count(*) filter (i.status = '已更正') as issues_mended,
    count(*) filter (i.status = '已豁免') as issues_waived,
    count(distinct i.batch_id) as files
from all_issues as i
inner join periods as q on i.report_period = q.period
left join validation_rules as v using (rule_id)
where q.last_date <= last_day_of($period) and of_prefecture($place, i.prefecture_code)
group by i.rule_id, i.severity, v.rule_zh
order by issues_open desc, issues desc, i.rule_id asc, i.severity asc
