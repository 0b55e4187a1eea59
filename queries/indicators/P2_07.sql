-- 公益性捐赠税前扣除资格数，一行一个地区（全省、州市）
-- code P2-07
-- pillar P2
-- name_zh 公益性捐赠税前扣除资格数
-- short 税前扣除
-- name_en Organizations with provincial pre-tax deduction status
-- definition 当年度列入省级公益性捐赠税前扣除资格名单、期末在册的社会组织数；全省都没填的不详
-- unit 个
-- kind 年度·计数
-- is_ratio no
-- additive yes
-- lowest prefecture
-- people no
-- scored no
-- tables organizations code_lists
-- frequency 年
-- target 省级2019年25个、2020年30个（演示）
-- aggregation 计数
-- mechanism 2019年27个
-- breaks 1 3 5 10
-- facts S041 S042 S043
-- check CAL-03
-- param end_date date, 统计截止

-- Few have it, and a place may have none; but where nobody in the whole province has, the column was left empty.
with listed as (
    select
        *,
        tax_deduction_level = '省级' and list_contains(tax_deduction_years, year($end_date)) as is_listed
    from act_orgs($end_date)
)

select
    prefecture_code,
    null::varchar as county_code,
    (1 + 2 * grouping_id(prefecture_code))::integer as grain,
    if(
        (select not bool_or(f.has_tax) from columns_filled as f),
        null,
        count(*) filter (is_listed)
    )::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from listed
group by grouping sets ((prefecture_code), ())
order by all
