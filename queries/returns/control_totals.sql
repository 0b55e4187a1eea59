-- Control totals against what was accepted, one row per return up to the period; those that differ first, then newest.
-- A difference is accepted less declared; null where nothing was declared.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province, a county has the returns of its prefecture
-- return batch_id VARCHAR
-- return place_name VARCHAR
-- return period VARCHAR
-- return return_name VARCHAR
-- return source_file VARCHAR
-- return declared_rows BIGINT
-- return rows_in BIGINT
-- return rows_accepted BIGINT
-- return rows_missing BIGINT
-- return declared_yuan DOUBLE
-- return accepted_yuan DOUBLE
-- return yuan_missing DOUBLE
-- return is_agreed BOOLEAN
select
    c.batch_id,
    place_named(c.prefecture_code, null) as place_name,
    c.report_period as period,
    k.return_name,
    c.source_file,
    c.declared_rows::bigint as declared_rows,
    c.rows_in::bigint as rows_in,
    c.accepted_rows::bigint as rows_accepted,
    (c.accepted_rows - c.declared_rows)::bigint as rows_missing,
    c.declared_amount::double as declared_yuan,
    c.sum_amount_ok::double as accepted_yuan,
    (c.sum_amount_ok - c.declared_amount)::double as yuan_missing,
    c.is_agreed
from returns_checked as c
inner join periods as q on c.report_period = q.period
inner join kinds_of_file() as k using (table_name)
where q.last_date <= last_day_of($period) and of_prefecture($place, c.prefecture_code)
order by c.is_agreed asc, c.report_period desc, c.prefecture_code asc, k.nr asc
