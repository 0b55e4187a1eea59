-- Fills indicator_values: every region, period and indicator has a row; zero, unknown, hidden and not reported are told apart.
-- Reads raw_values, what the indicators' own files returned.
with located as (
    select
        indicator_code, period, num, den,
        case
            when grain = 3 then 'province'
            when prefecture_code = '530000' then if(grain = 1, 'unallocated', null)
            when grain = 1 then 'prefecture'
            when county_code is null then 'unallocated'
            else 'county'
        end as level,
        case when grain = 3 then '530000' else coalesce(county_code, prefecture_code) end as region_code
    from raw_values
),

defined as (
    select distinct indicator_code, level from located
    union
    select indicator_code, unnest(['province', 'prefecture'])
    from indicators
    where indicator_code != 'P4-05'
    union
    select 'P4-05', 'province'
),

u as (select prefecture_code as unit_code from prefectures),

m as (select distinct prefecture_code, report_period from snapshot_manifest),

unit_due as (
    select
        p.period, u.unit_code,
        count(q.period) as quarters_due,
        count(m.report_period) as quarters_reported
    from periods as p
    cross join u
    inner join periods as q
        on q.kind = 'quarter' and p.last_date >= q.end_date and p.start_date <= q.start_date
    left join m
        on u.unit_code = m.prefecture_code and q.period = m.report_period
    group by all
),

due as (
    from unit_due
    union all
    select period, '530000', sum(quarters_due), sum(quarters_reported)
    from unit_due
    group by all
),

hidden as (
    select
        if(dimension = 'registered_poor', 'P1-09', 'P4-09') as indicator_code,
        period, level, region_code
    from people_counts
    where is_hidden and measure != 'person_times' and dimension in ('registered_poor', 'microcredit')
    union all
    -- nine months are told of the province alone
    select i.indicator_code, p.period, r.level, r.region_code
    from indicators as i
    cross join periods as p
    cross join regions as r
    where i.counts_people and p.kind = 'months' and r.level != 'province'
),

target as (
    select
        t.indicator_code, p.period, t.region_code,
        t.target_value::double as target_value,
        case
            when t.phasing = '时点' then t.target_value::double
            -- what is counted since January has no target for a period that begins later
            when t.phasing = '时期' or month(p.start_date) = 1 then t.target_value::double * (
                select nullif(sum(share), 0) from (
                    select
                        unnest([t.q1_share, t.q2_share, t.q3_share, t.q4_share]) as share,
                        unnest([1, 2, 3, 4]) as q
                ) as quarter_shares
                where
                    make_date(p.year, 3 * q - 2, 1) >= p.start_date
                    and last_day(make_date(p.year, 3 * q, 1)) <= p.last_date
            )::double
        end as target_to_date
    from targets as t
    inner join periods as p on t.year = p.year
),

filled as (
    select
        i.indicator_code, p.period, r.level, r.region_code, r.prefecture_code,
        i.is_ratio, i.is_scored,
        if(i.is_ratio, l.num, coalesce(l.num, 0)) as num,
        if(i.is_ratio, l.den, 1) as den,
        coalesce(d.quarters_due, 0) as quarters_due,
        coalesce(d.quarters_reported, 0) as quarters_reported,
        h.indicator_code is not null as is_hidden,
        t.target_value, t.target_to_date
    from indicators as i
    cross join periods as p
    inner join defined as f using (indicator_code)
    inner join regions as r on f.level = r.level::varchar
    left join located as l
        on
            i.indicator_code = l.indicator_code and p.period = l.period
            and r.level::varchar = l.level and r.region_code = l.region_code
    left join due as d
        on
            p.period = d.period
            and d.unit_code = if(r.level = 'province', '530000', r.prefecture_code)
    left join hidden as h
        on
            i.indicator_code = h.indicator_code and p.period = h.period
            and r.level = h.level and r.region_code = h.region_code
    left join target as t
        on
            i.indicator_code = t.indicator_code and p.period = t.period
            and r.region_code = t.region_code and r.level in ('province', 'prefecture')
),

known as (
    select
        *,
        quarters_due > 0 and quarters_reported = 0 as is_missing,
        is_hidden or (quarters_due > 0 and quarters_reported = 0) as is_blank
    from filled
),

valued as (
    select
        *,
        if(is_blank, null, num)::decimal(20, 4) as shown_num,
        if(is_blank, null, den)::decimal(20, 4) as shown_den,
        if(is_blank, null, num::double / nullif(den::double, 0)) as value
    from known
)

insert into indicator_values
select
    indicator_code, period, level, region_code, prefecture_code,
    shown_num, shown_den, value, target_value, target_to_date,
    value / nullif(target_to_date, 0) as attainment,
    case
        when is_missing then '未报送'
        when is_hidden then '已隐去'
        when value is null then '不适用'
        when not is_scored then '观察'
        when target_value is null then '无目标'
        when target_to_date is null then '本期不评'
        when level != 'province' and quarters_reported < quarters_due then '数据不全'
        when value / target_to_date >= 1 then '达标'
        when value / target_to_date >= 0.9 then '接近'
        else '滞后'
    end as status,
    is_hidden, quarters_due, quarters_reported
from valued
order by indicator_code, period, level, region_code
