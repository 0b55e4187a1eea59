-- Which prefectures are of the list of those that money is to favour, on the as-of date
-- param asof  the as-of date
update prefectures
set
    is_sqsz = prefecture_code in (
        select t.region_code from place_traits as t
        where t.counts_as = '倾斜州市' and $asof between t.valid_from and coalesce(t.valid_to, $asof)
    )
