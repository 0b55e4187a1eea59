-- Covered organizations by place one level down and way of coverage, one row per place and way; all places, usual order.
-- facts S014 S015 S016 S017 S018 S019
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return party_cover_mode VARCHAR
-- return organizations BIGINT
with ways as (
    select
        unnest(['单独成立', '联合成立', '功能型党组织', '选派党建指导员', '挂靠组建']) as party_cover_mode,
        unnest([1, 2, 3, 4, 5]) as nr
),

covered as (
    select
        part_code($place, prefecture_code, county_code) as region_code,
        party_cover_mode::varchar as party_cover_mode
    from act_orgs(last_day_of($period))
    where in_place($place, prefecture_code, county_code) and party_cover_date <= last_day_of($period)
)

select
    r.region_code,
    r.region_name,
    w.party_cover_mode,
    count(c.region_code) as organizations
from parts_of($place) as r
cross join ways as w
left join covered as c on r.region_code = c.region_code and w.party_cover_mode = c.party_cover_mode
where not r.is_rest or r.region_code in (select region_code from covered)
group by r.region_code, r.region_name, r.sort_order, w.party_cover_mode, w.nr
order by r.sort_order, w.nr
