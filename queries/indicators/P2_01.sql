-- 现行政策文件数，一行一个地区（全省、州市）
-- code P2-01
-- pillar P2
-- name_zh 现行政策文件数
-- short 政策文件
-- name_en Policy documents in force
-- definition 期末状态为现行的社会组织参与脱贫攻坚相关文件数（印发、转发、贯彻、配套），发文日期不详者按文号或标题中的年份、再按最早落实它的文件计，都没有的只计入截至日所在的报告期；按层级与类别作下钻
-- unit 件
-- kind 时点·计数
-- is_ratio no
-- additive yes
-- lowest prefecture
-- people no
-- scored no
-- tables policies prefectures code_lists
-- frequency 季
-- target 不设数量目标（避免“以文件落实文件”）
-- aggregation 计数
-- mechanism 健全政策体系(思路/规范/保障/人才)
-- breaks 1 2 3 4
-- facts S020 S030 S031 S033 S034 S035 S065
-- check CAL-10
-- param end_date date, 统计截止

-- Where there is no document at all, the register was not kept: unknown for every place, and not none.
with counted as (
    select
        prefecture_code,
        (1 + 2 * grouping_id(prefecture_code))::integer as grain,
        count(*) as documents
    from policies
    where
        meaning('policy_status', status) = '现行'
        and known_date <= $end_date
    group by grouping sets ((prefecture_code), ())
    having has_documents()
    union all
    select prefecture_code, (1 + 2 * grouping_id(prefecture_code))::integer, null
    from prefectures
    group by grouping sets ((prefecture_code), ())
    having not has_documents()
)

select
    prefecture_code,
    null::varchar as county_code,
    grain,
    documents::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from counted
order by all
