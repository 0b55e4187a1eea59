-- 项目完成日早于开工日、对接或开工早于发布、或已完成而无完成日
select project_id, status, posted_date, matched_date, start_date, actual_end_date
from projects
where
    actual_end_date < start_date
    or matched_date < posted_date
    or start_date < posted_date
    or planned_end_date <= start_date
    or (meaning('project_status', status) = '已完成' and actual_end_date is null)
    or (meaning('project_status', status) != '需求发布' and lead_org_id is null)
order by project_id
limit 100
