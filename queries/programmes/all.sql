-- The programmes of the snapshot, one row each, those of the office first.
-- return programme_code VARCHAR
-- return programme_name VARCHAR
-- return is_sent BOOLEAN
select
    programme_code,
    name_zh as programme_name,
    source_file is not null as is_sent
from programmes
order by is_sent desc, programme_code asc
