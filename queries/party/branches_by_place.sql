-- Party branches and those that passed the standard by the end of the period, one row per place one level down; all places, usual order.
-- A branch is an organization of its own, a joint one or a functional one; the rate is null where there is none or no return.
-- Those of a prefecture that has left all dates empty are unknown: out of the branches up to standard and of the rate.
-- facts S021
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return branches BIGINT
-- return standardized_branches BIGINT
-- return standardized_rate DOUBLE
-- return branches_unknown BIGINT
with found as (
    select
        part_code($place, o.prefecture_code, o.county_code) as region_code,
        if(
            c.has_standardized, coalesce(o.branch_standardized_date <= last_day_of($period), false), null
        ) as is_standardized
    from act_orgs(last_day_of($period)) as o
    inner join columns_filled as c using (prefecture_code)
    where
        in_place($place, o.prefecture_code, o.county_code)
        and o.party_cover_mode::varchar in ('单独成立', '联合成立', '功能型党组织')
        and o.party_cover_date <= last_day_of($period)
)

select
    r.region_code,
    r.region_name,
    count(f.region_code) as branches,
    if(
        count(f.region_code) > 0 and count(f.is_standardized) = 0, null, count(*) filter (f.is_standardized)
    ) as standardized_branches,
    if(
        bool_or(u.region_code is not null),
        null,
        rate(count(*) filter (f.is_standardized), count(f.is_standardized))
    ) as standardized_rate,
    count(f.region_code) - count(f.is_standardized) as branches_unknown
from parts_of($place) as r
left join found as f on r.region_code = f.region_code
left join unreported($period, 'organizations') as u on r.region_code = u.region_code and r.is_rest = u.is_rest
where not r.is_rest or r.region_code in (select region_code from found)
group by r.region_code, r.region_name, r.sort_order
order by r.sort_order
