-- 两个地区名单同时算作一项（请再报地区名单，写明前一个的截止日期，或去掉“指标里算作”）
-- param asof  the as-of date
select
    counts_as,
    min(trait) as trait,
    max(trait) as other_trait
from place_traits
where counts_as is not null and $asof between valid_from and coalesce(valid_to, $asof)
group by counts_as
having count(distinct trait) > 1
