-- The article's published figures beside what this snapshot computes, one row per figure.
-- return figure_code VARCHAR
-- return figure_label VARCHAR
-- return published VARCHAR
-- return computed VARCHAR
-- return actual DOUBLE
-- return unit VARCHAR
-- return holds BOOLEAN
-- return note VARCHAR
-- return seed_fact VARCHAR
select
    figure_code,
    label as figure_label,
    published,
    computed,
    actual,
    unit,
    holds,
    note,
    seed_fact
from published_figures
order by sort_order
