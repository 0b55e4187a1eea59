-- 报表登记的行数或金额与实际入库的不一致
with held as (
    select 'funds' as table_name, source_file, count(*) as rows_held, sum(amount_yuan) as amount
    from funds
    group by all
    union all
    select 'beneficiaries', source_file, count(*), null from beneficiaries
    group by all
    union all
    select 'activities', source_file, count(*), null from activities
    group by all
)

select m.batch_id, m.rows_ok + m.rows_warn as rows_told, h.rows_held, m.sum_amount_ok, h.amount
from snapshot_manifest as m
left join held as h on m.table_name = h.table_name and m.source_file = h.source_file
where
    m.table_name in ('funds', 'beneficiaries', 'activities')
    and (
        m.rows_ok + m.rows_warn != coalesce(h.rows_held, 0)
        or (m.table_name = 'funds' and coalesce(m.sum_amount_ok, 0) != coalesce(h.amount, 0))
    )
order by all
limit 100
