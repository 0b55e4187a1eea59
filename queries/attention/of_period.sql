-- 需要关注, one row per matter of the province or a prefecture in a period; the most pressing first.
-- rule 依次列出：未收到的报表（到期而未收到，算到快照发布时）；控制合计不符的报表（申报行数或金额与收到的不一致）；超过100%的比率；滞后的指标，完成率低的在前，同率的全省在前；逾期未完成的项目（到快照截至日，计划完成日已过而仍在实施），一地一条，最久的在前，只在截至日所在的报告期列。没有数的不列，已隐去的不列，没有目标的不列。
-- kind is 未收到, 不符, 超过100%, 滞后 or 逾期; lack is the target less the value; items counts returns or projects; days is the longest delay.
-- param period        report period, '2019'
-- param published_at  when the snapshot was published
-- return kind VARCHAR
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return pillar_code VARCHAR
-- return indicator_code VARCHAR
-- return indicator_name VARCHAR
-- return unit VARCHAR
-- return value DOUBLE
-- return target_to_date DOUBLE
-- return attainment DOUBLE
-- return lack DOUBLE
-- return items BIGINT
-- return days BIGINT
-- return returns_named VARCHAR
-- return statuses VARCHAR
with returns as (
    select
        if(report_status = '未收到', '未收到', '不符') as kind,
        prefecture_code as region_code,
        count(*) as items,
        max(days_late) filter (report_status = '未收到') as days,
        string_agg(period_label || return_name, '、' order by start_date, nr) as returns_named
    from returns_due($published_at)
    where
        start_date >= first_day($period) and last_date <= last_day_of($period)
        and (report_status = '未收到' or not is_agreed)
    group by all
),

behind as (
    select
        if(v.status = '滞后', '滞后', '超过100%') as kind,
        v.region_code,
        i.pillar_code,
        i.indicator_code,
        coalesce(i.short_zh, i.name_zh) as indicator_name,
        i.unit,
        i.sort_order,
        v.value,
        v.target_to_date,
        v.attainment,
        if(v.status = '滞后', v.target_to_date - v.value, null) as lack
    from indicator_values as v
    inner join indicators as i using (indicator_code)
    where
        v.period = $period and v.level::varchar in ('province', 'prefecture')
        and v.value is not null
        and (v.status = '滞后' or (i.unit = '%' and v.value > 1 + 1e-9))
),

-- Only at the end of the snapshot: what was overdue earlier, and is done since, needs nobody.
overdue as (
    select
        p.prefecture_code as region_code,
        count(*) as items,
        max(date_diff('day', p.planned_end_date, last_day_of($period))) as days,
        string_agg(distinct p.status::varchar, ',' order by p.status::varchar) as statuses
    from projects as p
    semi join prefectures as q on p.prefecture_code = q.prefecture_code
    where
        meaning('project_status', p.status) = '实施中'
        and p.planned_end_date < last_day_of($period)
        and last_day_of($period) = (select max(e.last_date) from periods as e)
    group by p.prefecture_code
),

names as (
    select
        region_code,
        if(level::varchar = 'province', '全省', short_zh) as place_name,
        sort_order as place_order
    from regions
    where level::varchar in ('province', 'prefecture')
),

matters as (
    select
        kind, region_code, null as pillar_code, null as indicator_code, null as indicator_name, null as unit,
        0 as sort_order, null as value, null as target_to_date, null as attainment, null as lack, items, days,
        returns_named, null as statuses
    from returns
    union all
    select *, null, null, null, null from behind
    union all
    select
        '逾期', region_code, null, null, null, null, 0, null, null, null, null, items, days, null,
        statuses
    from overdue
)

select
    m.kind,
    m.region_code,
    n.place_name as region_name,
    m.pillar_code,
    m.indicator_code,
    m.indicator_name,
    m.unit,
    m.value::double as value,
    m.target_to_date::double as target_to_date,
    m.attainment::double as attainment,
    m.lack::double as lack,
    m.items::bigint as items,
    m.days::bigint as days,
    m.returns_named,
    m.statuses
from matters as m
left join names as n using (region_code)
order by
    list_position(['未收到', '不符', '超过100%', '滞后', '逾期'], m.kind),
    m.attainment asc nulls last,
    m.days desc nulls last,
    n.place_order asc,
    m.sort_order asc
