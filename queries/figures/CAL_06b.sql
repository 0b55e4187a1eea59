-- 文献公布数：三区三州获批中央财政资金，一行
-- code CAL-06b
-- label 2019年三区三州获批中央财政资金
-- published 615万元
-- qualifier 准确
-- unit 元
-- needs 2019-12-31
-- fact S106
-- note 云南境内三区三州指怒江州、迪庆州；按获批而非到账计
-- filter 来源=中央财政；环节=获批；2019年；怒江、迪庆
-- rows stage=获批 source=中央财政 start=2019-01-01 end=2019-12-31 prefectures=533300,533400
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with total as (
    select coalesce(sum(net_yuan(amount_yuan, is_reversal)), 0) as yuan
    from funds
    where
        stage = '获批'
        and source = '中央财政'
        and prefecture_code in ('533300', '533400')
        and event_date between date '2019-01-01' and date '2019-12-31'
)

select
    yuan::double as actual,
    null::varchar as detail,
    yuan = 6150000 as holds
from total
