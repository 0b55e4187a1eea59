-- Report periods a snapshot knows, one row per period; newest year first, within a year the whole year first.
-- return period VARCHAR
-- return kind VARCHAR
-- return year SMALLINT
-- return label VARCHAR
-- return is_complete BOOLEAN
-- return last_date DATE
-- return base_period VARCHAR
-- return base_label VARCHAR
select
    p.period,
    p.kind::varchar as kind,
    p.year,
    p.label,
    p.is_complete,
    p.last_date,
    p.base_period,
    b.label as base_label
from periods as p
left join periods as b on p.base_period = b.period
order by p.year desc, p.start_date asc, p.end_date desc
