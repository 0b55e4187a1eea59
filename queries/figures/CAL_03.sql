-- 文献公布数：2019年获省级公益性捐赠税前扣除资格的社会组织，一行
-- code CAL-03
-- label 2019年获省级公益性捐赠税前扣除资格的社会组织
-- published 27个
-- qualifier 准确
-- unit 个
-- needs 2019-12-31
-- fact S043
-- note 资格层级为省级且资格年度含2019的省内社会组织；名单以年度公布为准，后来注销者仍计入
-- filter 省内登记；资格层级=省级；资格年度含2019
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with counted as (
    select count(*) as n
    from organizations
    where
        is_yunnan
        and tax_deduction_level = '省级'
        and list_contains(tax_deduction_years, 2019)
)

select
    n::double as actual,
    null::varchar as detail,
    n = 27 as holds
from counted
