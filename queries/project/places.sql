-- Where one project works, one row per county with its share; money that names no county of the project has a row of its own.
-- Money is what was received and spent for the place up to the as-of date, by the place named in each entry.
-- param project  project code
-- return region_code VARCHAR
-- return place_name VARCHAR
-- return is_main_place BOOLEAN
-- return share_rate DOUBLE
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
with located as (
    select prefecture_code, county_code, share, is_primary
    from project_locations
    where project_id = $project
),

money as (
    select
        prefecture_code,
        county_code,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '到账') as received_yuan,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '支出') as spent_yuan
    from funds
    where project_id = $project
    group by prefecture_code, county_code
)

select
    coalesce(l.county_code, m.county_code, m.prefecture_code) as region_code,
    place_named(
        coalesce(l.prefecture_code, m.prefecture_code), coalesce(l.county_code, m.county_code)
    ) as place_name,
    coalesce(l.is_primary, false) as is_main_place,
    l.share::double as share_rate,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan
from located as l
full outer join money as m on l.prefecture_code = m.prefecture_code and l.county_code = m.county_code
order by is_main_place desc, share_rate desc nulls last, region_code asc
