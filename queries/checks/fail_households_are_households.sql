-- 个人的人数不为1，或家庭人数超过15
select record_id, subject_type, headcount
from beneficiaries
where
    (subject_type = '个人' and headcount != 1)
    or (subject_type = '家庭' and headcount > 15)
order by record_id
limit 100
