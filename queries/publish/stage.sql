-- The stage of the work that the as-of date is in, one row; none where no stage is registered for it
-- param asof  the as-of date
select
    stage,
    title,
    cause,
    people,
    households,
    help,
    pillar_1,
    pillar_2,
    pillar_3,
    pillar_4,
    (
        select any_value(t.trait) from place_traits as t
        where t.counts_as = '重点县' and $asof between t.valid_from and coalesce(t.valid_to, $asof)
    ) as key_counties,
    (
        select any_value(t.trait) from place_traits as t
        where t.counts_as = '最困难县' and $asof between t.valid_from and coalesce(t.valid_to, $asof)
    ) as hardest_counties,
    (
        select any_value(t.trait) from place_traits as t
        where t.counts_as = '倾斜州市' and $asof between t.valid_from and coalesce(t.valid_to, $asof)
    ) as tilted_prefectures
from stages
where
    year($asof) || 'Q' || quarter($asof) >= first_quarter
    and (last_quarter is null or year($asof) || 'Q' || quarter($asof) <= last_quarter)
