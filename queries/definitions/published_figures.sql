-- Published figures beside what this snapshot computes, one row per figure: the article's, then the office's own.
-- return figure_code VARCHAR
-- return figure_label VARCHAR
-- return published VARCHAR
-- return computed VARCHAR
-- return actual DOUBLE
-- return unit VARCHAR
-- return holds BOOLEAN
-- return note VARCHAR
-- return seed_fact VARCHAR
-- return indicator_code VARCHAR
-- return period VARCHAR
-- return region_code VARCHAR
select
    figure_code,
    label as figure_label,
    published,
    computed,
    actual,
    unit,
    holds,
    note,
    seed_fact,
    indicator_code,
    period,
    region_code
from published_figures
order by sort_order
