-- 日期晚于截至日
-- param asof date, 截至日
with dated as (
    select 'funds' as table_name, fund_id as id, event_date as day from funds
    union all
    select 'beneficiaries', record_id, service_date from beneficiaries
    union all
    select 'activities', activity_id, activity_date from activities
    union all
    select 'organizations', org_id, registered_date from organizations
    union all
    select 'organizations', org_id, party_cover_date from organizations
    union all
    select 'projects', project_id, posted_date from projects
    union all
    select 'projects', project_id, actual_end_date from projects
)

select table_name, id, day
from dated
where day > $asof::date
order by all
limit 100
