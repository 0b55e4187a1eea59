-- 有公开募捐资格而非慈善组织、或省内标志与登记层级不符
select org_id, charity_date, public_fundraising_date, status, deregistered_date, reg_level, is_yunnan
from organizations
where
    (public_fundraising_date is not null and charity_date is null)
    or is_yunnan = (reg_level in ('民政部', '省外'))
order by org_id
limit 100
