-- 文献公布数：绿色生态产业发展示范项目投入资金，一行
-- code CAL-05a
-- label 绿色生态产业发展示范项目先后投入资金
-- published 近3600万元
-- qualifier 近
-- unit 元
-- needs 2020-06-30
-- fact S086
-- note “先后投入”指支出的资金（不含物资），文献未写明起止，演示口径取2018年1月至2020年6月累计
-- filter 品牌计划=PG-STFP；环节=支出；形式=资金；2018年1月—2020年6月
-- rows stage=支出 form=资金 programme=PG-STFP start=2018-01-01 end=2020-06-30
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with total as (
    select coalesce(sum(net_yuan(amount_yuan, is_reversal)), 0) as yuan
    from funds
    where
        programme_code = 'PG-STFP'
        and stage = '支出'
        and form = '资金'
        and event_date between date '2018-01-01' and date '2020-06-30'
)

select
    yuan::double as actual,
    null::varchar as detail,
    yuan > 3.55e7 and yuan < 3.6e7 as holds
from total
