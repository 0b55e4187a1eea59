-- 项目的实施地分摊合计不为1、主实施地不恰为一个、或与主实施州市不一致
select
    p.project_id,
    sum(l.share) as shares,
    count(*) filter (l.is_primary) as primaries,
    max(l.prefecture_code) filter (l.is_primary) as primary_prefecture
from projects as p
left join project_locations as l using (project_id)
group by p.project_id, p.prefecture_code
having
    coalesce(sum(l.share), 0) != 1
    or count(*) filter (l.is_primary) != 1
    or max(l.prefecture_code) filter (l.is_primary) != p.prefecture_code
order by all
limit 100
