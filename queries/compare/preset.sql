-- Prefectures that are compared until the reader chooses others, two to four rows: those that money is to favour by the list
-- valid on the as-of date, then by the usual order.
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return is_sqsz BOOLEAN
select
    prefecture_code as region_code,
    short_zh || right(name_zh, 1) as region_name,
    is_sqsz
from prefectures
qualify
    row_number() over (
        order by is_sqsz desc, order_prov asc
    ) <= greatest(2, least(4, count(*) filter (is_sqsz) over ()))
order by is_sqsz desc, order_prov asc
