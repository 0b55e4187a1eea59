-- 文献公布数：三区三州省级福彩公益金支持项目资金，一行
-- code CAL-07
-- label 2019年三区三州省级福彩公益金支持项目资金
-- published 415万元
-- qualifier 准确
-- unit 元
-- needs 2019-12-31
-- fact S107
-- note 原句主语为“三区三州”，故取怒江、迪庆两州获批额，而非全省福彩公益金总额
-- filter 来源=福彩公益金；环节=获批；2019年；怒江、迪庆
-- rows stage=获批 source=福彩公益金 start=2019-01-01 end=2019-12-31 prefectures=533300,533400
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with total as (
    select coalesce(sum(net_yuan(amount_yuan, is_reversal)), 0) as yuan
    from funds
    where
        stage = '获批'
        and source = '福彩公益金'
        and prefecture_code in ('533300', '533400')
        and event_date between date '2019-01-01' and date '2019-12-31'
)

select
    yuan::double as actual,
    null::varchar as detail,
    yuan = 4150000 as holds
from total
