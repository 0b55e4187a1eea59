-- What the article names as the Party committee's work, one row per task, with the indicator that measures it; in the article's order.
-- facts S020
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return campaign VARCHAR
-- return task VARCHAR
-- return indicator_code VARCHAR
-- return indicator_name VARCHAR
-- return attainment DOUBLE
-- return status VARCHAR
with tasks as (
    select
        unnest([
            '组织覆盖', '组织覆盖', '一抓规划', '二抓教育', '二抓教育', '三抓行动', '三抓行动'
        ]) as campaign,
        unnest([
            '统筹推进党组织集中组建',
            '“五个一批”组建覆盖',
            '党支部规范化建设',
            '“不忘初心、牢记使命”主题教育',
            '引导广大党员发挥自身专长',
            '拓展社会组织党群活动内容及形式',
            '成为政府扶贫工作体系的有益补充'
        ]) as task,
        unnest(['P1-01', 'P1-03', 'P1-05', 'P1-06', null, 'P1-02', 'P1-07']) as indicator_code,
        unnest([1, 2, 3, 4, 5, 6, 7]) as nr
)

select
    t.campaign,
    t.task,
    t.indicator_code,
    i.name_zh as indicator_name,
    v.attainment,
    v.status
from tasks as t
left join indicators as i using (indicator_code)
left join indicator_values as v
    on
        t.indicator_code = v.indicator_code and v.period = $period and v.region_code = $place
        and v.level::varchar in ('province', 'prefecture', 'county')
order by t.nr
