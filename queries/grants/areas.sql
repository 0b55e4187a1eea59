-- What the two channels of civil affairs approved in the period, one row per source and area: 三区三州 (怒江, 迪庆) or elsewhere.
-- Where no list says which places are favoured all is elsewhere. A project counts once in an area; shares are of the source's money in the place. published are the article's words
-- where this very number is one it publishes.
-- facts S103 S105 S106 S107
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return source VARCHAR
-- return area VARCHAR
-- return projects BIGINT
-- return approved_yuan DOUBLE
-- return share_rate DOUBLE
-- return published_projects VARCHAR
-- return published VARCHAR
with cells as (
    select
        unnest(['中央财政', '中央财政', '福彩公益金', '福彩公益金']) as source,
        unnest(['三区三州', '其他地区', '三区三州', '其他地区']) as area,
        unnest(['CAL-06a', null, null, null]) as projects_code,
        unnest(['CAL-06b', null, 'CAL-07', null]) as amount_code,
        unnest([1, 2, 3, 4]) as nr
),

approved as (
    select
        meaning('fund_source', g.source) as source,
        if(d.is_sqsz, '三区三州', '其他地区') as area,
        count(distinct g.project_id) filter (not g.is_reversal) as projects,
        sum(g.net) as net
    from civil_grants() as g
    left join prefectures as d using (prefecture_code)
    where
        g.event_date between first_day($period) and last_day_of($period)
        and in_place($place, g.prefecture_code, g.county_code)
    group by all
),

summed as (
    select
        c.*,
        coalesce(a.projects, 0) as projects,
        coalesce(a.net, 0)::double as approved_yuan,
        rate(coalesce(a.net, 0), sum(a.net) over (partition by c.source)) as share_rate,
        $place = '530000' and first_day($period) = date '2019-01-01'
        and last_day_of($period) = date '2019-12-31' as is_of_article
    from cells as c
    left join approved as a on c.source = a.source and c.area = a.area
    where has_tilted() or c.area = '其他地区'
)

select
    s.source,
    s.area,
    s.projects,
    s.approved_yuan,
    s.share_rate,
    p.published as published_projects,
    y.published
from summed as s
left join published_figures as p
    on s.projects_code = p.figure_code and s.projects = p.actual and p.holds and s.is_of_article
left join published_figures as y
    on s.amount_code = y.figure_code and s.approved_yuan = y.actual and y.holds and s.is_of_article
order by s.nr
