-- 县与州市不一致，或区划代码不存在
with placed as (
    select 'organizations' as table_name, org_id as id, prefecture_code, county_code, is_yunnan
    from organizations
    union all
    select 'funds', fund_id, prefecture_code, county_code, true from funds
    union all
    select 'beneficiaries', record_id, prefecture_code, county_code, true from beneficiaries
    union all
    select 'activities', activity_id, prefecture_code, county_code, true from activities
    union all
    select 'project_locations', project_id, prefecture_code, county_code, true from project_locations
)

select table_name, id, prefecture_code, county_code
from placed
where
    is_yunnan
    and (
        (
            prefecture_code != '530000'
            and prefecture_code not in (select p.prefecture_code from prefectures as p)
        )
        or (county_code is not null and county_code not in (select c.county_code from counties as c))
        or (county_code is not null and left(county_code, 4) || '00' != prefecture_code)
    )
order by all
limit 100
