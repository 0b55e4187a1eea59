-- 重点政策配套落实率，一行一个地区（全省、州市）
-- code P2-02
-- pillar P2
-- name_zh 重点政策配套落实率
-- short 政策配套
-- name_en Local implementation rate of key policies
-- definition 州市期末已出台现行配套文件的省级重点文件数 ÷ 应配套的4项省级重点文件（L002—L005）；没有任何文件登记的不详
-- unit %
-- kind 时点·比率
-- is_ratio yes
-- additive yes
-- lowest prefecture
-- people no
-- scored yes
-- tables policies prefectures code_lists
-- frequency 季
-- target 2018≥50%、2019=100%、2020=100%（演示）
-- aggregation 分子分母分别求和后相除
-- mechanism 认真贯彻落实…云南省的实施意见
-- breaks 0.25 0.5 0.75 1
-- facts S031 S034 S036
-- param end_date date, 统计截止

-- Where there is no document at all, the register was not kept: which prefecture followed up is unknown.
with expected as (
    select
        prefecture_code,
        unnest(['L002', 'L003', 'L004', 'L005']) as policy_id
    from prefectures
),

issued as (
    select distinct prefecture_code as place, parent_policy_id
    from policies
    where
        relation = '配套'
        and level = '州市级'
        and meaning('policy_status', status) = '现行'
        and known_date <= $end_date
)

select
    prefecture_code,
    null::varchar as county_code,
    (1 + 2 * grouping_id(prefecture_code))::integer as grain,
    if(has_documents(), count(i.parent_policy_id), null)::decimal(20, 4) as num,
    count(*)::decimal(20, 4) as den
from expected as e
left join issued as i
    on e.prefecture_code = i.place and e.policy_id = i.parent_policy_id
group by grouping sets ((prefecture_code), ())
order by all
