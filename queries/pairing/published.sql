-- The article's figures of the 牵手 plan where they belong (the province, 迪庆 and its counties), one row per figure.
-- Counted up to 2020-06-30 whatever the period; an earlier snapshot cannot tell them and has a dash.
-- facts S120 S121 S122
-- param place   region code; 530000 is the province
-- return figure_label VARCHAR
-- return published VARCHAR
-- return computed VARCHAR
-- return holds BOOLEAN
-- return note VARCHAR
select
    label as figure_label,
    published,
    computed,
    holds,
    note
from published_figures
where figure_code in ('CAL-08a', 'CAL-08b', 'CAL-08c') and ($place = '530000' or starts_with($place, '5334'))
order by sort_order
