-- 目标的分季占比合计不为1，或时点指标带有分季占比
select indicator_code, year, region_code, phasing
from targets
where
    (phasing != '时点' and coalesce(q1_share + q2_share + q3_share + q4_share, 0) != 1)
    or (phasing = '时点' and coalesce(q1_share, q2_share, q3_share, q4_share) is not null)
order by all
limit 100
