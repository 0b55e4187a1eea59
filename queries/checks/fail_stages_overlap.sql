-- 两个阶段的起止季度重叠（请再报阶段登记表，写明前一个的截止季度）
select
    a.stage,
    b.stage as other_stage
from stages as a
inner join stages as b
    on
        a.stage < b.stage
        and a.first_quarter <= coalesce(b.last_quarter, a.first_quarter)
        and b.first_quarter <= coalesce(a.last_quarter, b.first_quarter)
