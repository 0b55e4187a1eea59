-- 文献公布数：“同心圆梦彩云南”两年捐赠款物，一行
-- code CAL-04
-- label “同心圆梦彩云南”两年捐赠款物
-- published 8000多万元
-- qualifier 多
-- unit 元
-- needs 2019-12-31
-- fact S074
-- note 文献未写明“两年”为哪两年，演示口径取2018—2019年；款物为到账的资金与物资折价合计
-- filter 品牌计划=PG-TXYM；环节=到账；2018—2019年
-- rows stage=到账 programme=PG-TXYM start=2018-01-01 end=2019-12-31
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with total as (
    select coalesce(sum(net_yuan(amount_yuan, is_reversal)), 0) as yuan
    from funds
    where
        programme_code = 'PG-TXYM'
        and stage = '到账'
        and event_date between date '2018-01-01' and date '2019-12-31'
)

select
    yuan::double as actual,
    null::varchar as detail,
    yuan > 8e7 and yuan < 9e7 as holds
from total
