-- Money of the period by channel and source, one row per source (all of the list): the two of civil affairs, then the others.
-- Approved, received, spent are three stages of the same money; projects are those that received from the source.
-- facts S101
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return channel VARCHAR
-- return source VARCHAR
-- return projects BIGINT
-- return approved_yuan DOUBLE
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
-- return share_rate DOUBLE
with sources as (
    select
        code as source,
        coalesce(counts_as, code) in ('中央财政', '福彩公益金') as is_civil,
        row_number() over (
            order by
                list_position(['中央财政', '福彩公益金', '其他财政', '东西部协作'], coalesce(counts_as, code)) nulls last,
                sort_order, code
        ) as nr
    from code_lists
    where list = 'fund_source'
),

moved as (
    select
        *,
        net_yuan(amount_yuan, is_reversal) as net
    from funds
    where
        event_date between first_day($period) and last_day_of($period)
        and in_place($place, prefecture_code, county_code)
)

select
    if(s.is_civil, '民政项目资源', '其他渠道') as channel,
    s.source,
    count(distinct m.project_id) filter (m.stage = '到账') as projects,
    coalesce(sum(m.net) filter (m.stage = '获批'), 0)::double as approved_yuan,
    coalesce(sum(m.net) filter (m.stage = '到账'), 0)::double as received_yuan,
    coalesce(sum(m.net) filter (m.stage = '支出'), 0)::double as spent_yuan,
    rate(
        coalesce(sum(m.net) filter (m.stage = '到账'), 0), sum(sum(m.net) filter (m.stage = '到账')) over ()
    ) as share_rate
from sources as s
left join moved as m using (source)
group by s.source, s.is_civil, s.nr
order by s.nr
