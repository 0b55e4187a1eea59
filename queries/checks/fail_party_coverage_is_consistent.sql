-- 党组织覆盖方式与日期不一致
select org_id, party_cover_mode, party_cover_date, party_work_date, branch_standardized_date
from organizations
where
    (party_cover_date is not null and coalesce(party_cover_mode = '未覆盖', true))
    or (party_cover_date is not null and party_work_date is null)
    or party_work_date > party_cover_date
    or (
        branch_standardized_date is not null
        and party_cover_mode not in ('单独成立', '联合成立', '功能型党组织')
    )
order by org_id
limit 100
