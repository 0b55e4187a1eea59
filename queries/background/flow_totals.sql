-- What the flow of the period adds up to, one row: money received, goods in it, the projects and organizations that received it.
-- facts S002
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return received_yuan DOUBLE
-- return received_goods_yuan DOUBLE
-- return projects BIGINT
-- return organizations BIGINT
select
    coalesce(sum(net_yuan(amount_yuan, is_reversal)), 0)::double as received_yuan,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (form = '物资'), 0)::double as received_goods_yuan,
    count(distinct project_id) as projects,
    count(distinct org_id) as organizations
from funds
where
    stage = '到账'
    and event_date between first_day($period) and last_day_of($period)
    and in_place($place, prefecture_code, county_code)
order by all
