-- People reached, one row per protected group: counting base, group, period and place; null is hidden (1-9 or protecting one).
-- title 受益
-- facets counting_base people_group member periods:period level prefecture:prefecture_code
-- report counting_base people_group member period_label level place_name people_value
-- search 州市县的名称、代码或拼音首字母
-- param place       region code; 530000 is the province
-- param search      words that a place's name, code or pinyin initials contain; '' for all
-- param counting_base varchar[], 人数 人次 户数; empty for all
-- param people_group  varchar[]; empty for all
-- param member      varchar[]; empty for all
-- param periods     varchar[]; empty for all
-- param level       varchar[], 全省 州市 县; empty for all
-- param prefecture  varchar[], prefecture codes; empty for all
-- return counting_base VARCHAR
-- return people_group VARCHAR
-- return member VARCHAR
-- return period VARCHAR
-- return period_label VARCHAR
-- return level VARCHAR
-- return region_code VARCHAR
-- return prefecture_code VARCHAR
-- return place_name VARCHAR
-- return people_value BIGINT
-- return is_hidden BOOLEAN
with found as (
    select code from search_keys
    where has_words(words, $search)
),

cells as (
    select
        case c.measure
            when 'persons' then '人数（去重）'
            when 'person_times' then '人次'
            else '户数'
        end as counting_base,
        case c.dimension
            when 'registered_poor' then people_named()
            when 'all' then '全部对象'
            when 'poverty_category' then '按对象类别'
            when 'help_type' then '按帮扶类型'
            else '小额信贷户'
        end as people_group,
        c.member,
        c.period,
        p.label as period_label,
        case c.level::varchar when 'province' then '全省' when 'prefecture' then '州市' else '县' end as level,
        c.region_code,
        c.prefecture_code,
        if(c.level::varchar = 'province', '云南省', n.place_name) as place_name,
        c.value as people_value,
        c.is_hidden,
        p.start_date,
        p.end_date
    from people_counts as c
    inner join periods as p using (period)
    left join place_names as n using (region_code)
    where
        c.is_hidden or c.value > 0
)

select * exclude (start_date, end_date)
from cells
where
    ($place = '530000' or $place in (region_code, prefecture_code))
    and chosen($counting_base::varchar[], counting_base)
    and chosen($people_group::varchar[], people_group)
    and chosen($member::varchar[], member)
    and chosen($periods::varchar[], period)
    and chosen($level::varchar[], level)
    and chosen($prefecture::varchar[], prefecture_code)
    and (
        $search = ''
        or region_code in (select code from found)
        or prefecture_code in (select code from found)
    )
order by start_date desc, end_date asc, counting_base asc, people_group asc, member asc, region_code asc
