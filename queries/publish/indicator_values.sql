-- Fills indicator_values: every region, period and indicator has a row; zero, unknown, hidden and not reported are told apart.
-- Reads raw_values, what the indicators' own files returned; read_tables, the tables that each of them reads; and card_facts,
-- what else their cards say: the lowest level, the protected count of people, whether inspections are needed to judge, and
-- the first and last day of which the indicator speaks.
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
    select indicator_code, 'province'
    from card_facts
    union
    select indicator_code, 'prefecture'
    from card_facts
    where lowest != 'province'
),

-- What had to come for an indicator: a row per kind of return that it reads; one of registers alone is told by any return.
returned as (
    select indicator_code, table_name
    from read_tables
    where table_name in (select k.table_name from kinds_of_return() as k)
),

wanted as (
    select i.indicator_code, coalesce(r.table_name, '*') as table_name
    from indicators as i
    left join returned as r using (indicator_code)
),

-- A row per kind of return and place that is to answer for it: a prefecture for its own, and for the whole province all
-- that owe returns, with what others have sent.
answering as (
    select prefecture_code as unit_code, *
    from returns_come
    union all by name
    select '530000' as unit_code, *
    from returns_come
    where is_sender(prefecture_code) or has_come
),

due as (
    select
        w.indicator_code, p.period, c.unit_code,
        count(distinct c.prefecture_code || c.period) as quarters_due,
        count(distinct c.prefecture_code || c.period)
        - count(distinct c.prefecture_code || c.period) filter (not c.has_come) as quarters_reported,
        count(distinct c.table_name) as tables_due,
        count(distinct c.table_name) filter (c.has_come) as tables_come
    from wanted as w
    inner join answering as c using (table_name)
    inner join periods as p on c.start_date >= p.start_date and c.end_date <= p.last_date
    group by w.indicator_code, p.period, c.unit_code
),

hidden as (
    select f.indicator_code, n.period, n.level, n.region_code
    from people_counts as n
    inner join card_facts as f on concat_ws(' ', n.measure, n.dimension) = f.protected
    where n.is_hidden
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
            -- a year whose inspections are not known is not judged by them
            when f.judged = 'inspected' and not p.is_inspected then null
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
    inner join card_facts as f on t.indicator_code = f.indicator_code
),

filled as (
    select
        i.indicator_code, p.period, r.level, r.region_code, r.prefecture_code,
        i.is_ratio, i.is_scored,
        if(i.is_ratio or l.indicator_code is not null, l.num, 0) as num,
        if(i.is_ratio, l.den, 1) as den,
        -- who owes no returns and has sent none is not missing: nothing is known of it
        r.level != 'province' and not is_sender(r.prefecture_code)
        and coalesce(d.tables_come, 0) = 0 as is_unowed,
        coalesce(d.quarters_due, 0) as quarters_due,
        coalesce(d.quarters_reported, 0) as quarters_reported,
        coalesce(d.tables_come = 0, false) as is_missing,
        coalesce(d.tables_come < d.tables_due, false) as is_lacking,
        h.indicator_code is not null as is_hidden,
        coalesce(p.last_date < a.valid_from::date or p.start_date > a.valid_to::date, false) as is_outside,
        if(is_outside, null, t.target_value) as target_value,
        if(is_outside, null, t.target_to_date) as target_to_date
    from indicators as i
    cross join periods as p
    inner join defined as f using (indicator_code)
    inner join card_facts as a using (indicator_code)
    inner join regions as r on f.level = r.level::varchar
    left join located as l
        on
            i.indicator_code = l.indicator_code and p.period = l.period
            and r.level::varchar = l.level and r.region_code = l.region_code
    left join due as d
        on
            i.indicator_code = d.indicator_code and p.period = d.period
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
        -- a table of which nothing has come is unknown, and so is what is counted from it and others
        is_hidden or is_lacking or is_outside or is_unowed as is_blank,
        case
            when quarters_due = 0 then true
            -- the province is judged when two thirds of its returns have come, as a score is of its indicators
            when level = 'province' then quarters_reported * 3 < quarters_due * 2
            else quarters_reported < quarters_due
        end as is_partial
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
        when is_outside or is_unowed then '不适用'
        when is_missing then '未报送'
        when is_lacking then '数据不全'
        when is_hidden then '已隐去'
        when value is null and target_value is not null and target_to_date is null then '本期不评'
        -- a numerator that is not there stands for what nobody has filled in
        when shown_num is null and shown_den > 0 then '数据不全'
        when value is null then '不适用'
        when not is_scored then '观察'
        when target_value is null then '无目标'
        when target_to_date is null then '本期不评'
        when is_partial then '数据不全'
        when value / target_to_date >= 1 then '达标'
        when value / target_to_date >= 0.9 then '接近'
        else '滞后'
    end as status,
    is_hidden, if(is_unowed, 0, quarters_due), if(is_unowed, 0, quarters_reported)
from valued
order by indicator_code, period, level, region_code
