-- 文献公布数：三区三州获批中央财政支持项目数，一行
-- code CAL-06a
-- label 2019年三区三州获批中央财政支持项目
-- published 9个
-- qualifier 准确
-- unit 个
-- needs 2019-12-31
-- fact S105
-- note 云南境内三区三州指怒江州、迪庆州；按获批资金记录的项目去重
-- filter 来源=中央财政；环节=获批；2019年；怒江、迪庆；项目去重
-- rows stage=获批 source=中央财政 start=2019-01-01 end=2019-12-31 prefectures=533300,533400
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with counted as (
    select count(distinct project_id) as n
    from funds
    where
        stage = '获批'
        and source = '中央财政'
        and not is_reversal
        and prefecture_code in ('533300', '533400')
        and event_date between date '2019-01-01' and date '2019-12-31'
)

select
    n::double as actual,
    null::varchar as detail,
    n = 9 as holds
from counted
