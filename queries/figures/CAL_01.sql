-- 文献公布数：2019年全省社会组织筹集款物，一行
-- code CAL-01
-- label 2019年全省社会组织筹集款物
-- published 约4.4亿元
-- qualifier 约
-- unit 元
-- needs 2019-12-31
-- fact S027
-- note “筹集”指到账，资金与物资折价合计，含捐赠、自筹、东西部协作与财政、福彩等全部来源；文献为不完全统计
-- filter 环节=到账；2019年；全省（含省本级）；全部来源
-- rows stage=到账 start=2019-01-01 end=2019-12-31
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with total as (
    select coalesce(sum(net_yuan(amount_yuan, is_reversal)), 0) as yuan
    from funds
    where
        stage = '到账'
        and event_date between date '2019-01-01' and date '2019-12-31'
)

select
    yuan::double as actual,
    null::varchar as detail,
    round(yuan / 1e8, 1) = 4.4 as holds
from total
