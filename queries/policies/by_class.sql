-- Documents in force at the end of the period by class and level, one row per class and level; all of them, zeros too.
-- facts S030 S031 S034 S042
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return policy_class VARCHAR
-- return level VARCHAR
-- return documents BIGINT
with classes as (
    select
        unnest(['工作思路', '工作规范', '工作保障', '人才建设', '党建', '业务指导']) as policy_class,
        unnest([1, 2, 3, 4, 5, 6]) as nr
),

levels as (
    select
        unnest(['中央', '国家部委', '省级', '州市级', '县级']) as level,
        unnest([1, 2, 3, 4, 5]) as nr
)

select
    c.policy_class,
    l.level,
    count(d.policy_id) as documents
from classes as c
cross join levels as l
left join documents_of($place, last_day_of($period)) as d
    on
        c.policy_class = d.policy_class::varchar and l.level = d.level::varchar
        and list_contains(words_meaning('policy_status', ['现行']), d.status::varchar)
group by c.policy_class, c.nr, l.level, l.nr
order by c.nr, l.nr
