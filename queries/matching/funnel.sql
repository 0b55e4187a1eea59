-- The way of the needs of a place in five steps, one row per step: posted, matched, begun, financed, completed.
-- Needs posted up to the end of the period, as they stand then; each step is part of the one before. Money is cumulative.
-- The province and a prefecture count a project once, at its main county; a county each that reaches it, with its share.
-- facts S100
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return step VARCHAR
-- return projects BIGINT
-- return share_rate DOUBLE
-- return need_amount_yuan DOUBLE
-- return approved_yuan DOUBLE
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
with steps as (
    select
        unnest(['需求发布', '已对接', '已立项', '获得资金', '已完成']) as step,
        unnest([1, 2, 3, 4, 5]) as nr
),

here as (
    select
        n.*,
        l.counted_share
    from needs(last_day_of($period)) as n
    inner join projects_of($place) as l using (project_id)
)

select
    s.step,
    count(h.project_id) as projects,
    rate(count(h.project_id), first(count(h.project_id)) over (order by s.nr)) as share_rate,
    coalesce(sum(h.counted_share * h.need_amount_yuan), 0)::double as need_amount_yuan,
    coalesce(sum(h.counted_share * h.approved_yuan), 0)::double as approved_yuan,
    coalesce(sum(h.counted_share * h.received_yuan), 0)::double as received_yuan,
    coalesce(sum(h.counted_share * h.spent_yuan), 0)::double as spent_yuan
from steps as s
left join here as h on s.nr <= h.step_reached
group by s.step, s.nr
order by s.nr
