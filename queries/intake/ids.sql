-- What a return may refer to, one row per organization, project or document.
-- return kind VARCHAR
-- return item_id VARCHAR
-- return uscc VARCHAR
select 'organization' as kind, org_id as item_id, uscc from organizations
union all
select 'project', project_id, null from projects
union all
select 'document', policy_id, null from policies
order by kind, item_id
