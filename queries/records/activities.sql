-- Events, trainings, meetings, agreements and journeys, one row per event.
-- title 活动
-- facets prefecture:prefecture_code county:county_code year quarter category activity_type organization:org_name
-- sums participants
-- report activity_date activity_type title org_name place_name participants
-- order -activity_date
-- search 标题、主办组织、项目、州市县的名称、代码或拼音首字母
-- param place          region code; 530000 is the province
-- param search         words that a name, code or pinyin initials of the row contain; '' for all
-- param prefecture     varchar[], prefecture codes; empty for all
-- param county         varchar[], county codes; empty for all
-- param year           varchar[]; empty for all
-- param quarter        varchar[]; empty for all
-- param category       varchar[]; empty for all
-- param activity_type  varchar[]; empty for all
-- param organization   varchar[], names; empty for all
-- return activity_id VARCHAR
-- return activity_date DATE
-- return year VARCHAR
-- return quarter VARCHAR
-- return category VARCHAR
-- return activity_type VARCHAR
-- return title VARCHAR
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return policy_id VARCHAR
-- return prefecture_code VARCHAR
-- return county_code VARCHAR
-- return place_name VARCHAR
-- return participants INTEGER
-- return report_period VARCHAR
-- return source_file VARCHAR
-- return source_row INTEGER
with found as (
    select code from search_keys
    where has_words(words, $search)
)

select
    a.activity_id,
    a.activity_date,
    year(a.activity_date)::varchar as year,
    year(a.activity_date) || 'Q' || quarter(a.activity_date) as quarter,
    a.category::varchar as category,
    a.activity_type::varchar as activity_type,
    a.title,
    a.org_id,
    o.org_name,
    a.project_id,
    p.project_name,
    a.policy_id,
    a.prefecture_code,
    a.county_code,
    n.place_name,
    a.participants,
    a.report_period,
    a.source_file,
    a.source_row
from activities as a
left join organizations as o using (org_id)
left join projects as p on a.project_id = p.project_id
left join place_names as n on n.region_code = coalesce(a.county_code, a.prefecture_code)
where
    in_place($place, a.prefecture_code, a.county_code)
    and chosen($prefecture::varchar[], a.prefecture_code)
    and chosen($county::varchar[], a.county_code)
    and chosen($year::varchar[], year(a.activity_date))
    and chosen($quarter::varchar[], year(a.activity_date) || 'Q' || quarter(a.activity_date))
    and chosen($category::varchar[], a.category)
    and chosen($activity_type::varchar[], a.activity_type)
    and chosen($organization::varchar[], o.org_name)
    and (
        $search = ''
        or a.activity_id = upper($search)
        or has_words(lower(a.title), $search)
        or a.project_id in (select code from found)
        or a.org_id in (select code from found)
        or a.prefecture_code in (select code from found)
        or a.county_code in (select code from found)
    )
order by a.activity_date desc, a.activity_id asc
