-- The prefectures of which returns of the period's finished quarters are missing, one row each; usual order.
-- 未报送: nothing has come that any indicator reads; 数据不全: a part. Whoever owes nothing and sent nothing has no row.
-- param period  report period, '2019'
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return status VARCHAR
select
    v.region_code,
    r.short_zh as region_name,
    if(max(v.quarters_reported) = 0, '未报送', '数据不全') as status
from indicator_values as v
inner join regions as r on v.level = r.level and v.region_code = r.region_code
where v.level::varchar = 'prefecture' and v.period = $period and v.quarters_due > 0
group by v.region_code, r.short_zh, r.sort_order
having bool_or(v.quarters_reported < v.quarters_due)
order by r.sort_order
