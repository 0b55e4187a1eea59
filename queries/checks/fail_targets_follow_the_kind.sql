-- 目标的进度口径与指标类型不符：时期求和与计数用“时期”，时期去重用“累计”，时期比率用“时点”或“累计”，其他用“时点”
-- computed yes
select t.indicator_code, t.year, t.region_code, t.phasing, i.kind
from targets as t
inner join indicators as i using (indicator_code)
where
    not list_contains(
        case
            when i.kind in ('时期·求和', '时期·计数') then ['时期']
            when starts_with(i.kind, '时期·去重') then ['累计']
            when starts_with(i.kind, '时期') then ['时点', '累计']
            else ['时点']
        end,
        t.phasing::varchar
    )
order by all
limit 100
