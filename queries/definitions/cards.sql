-- The definition cards, one row per indicator.
-- return indicator_code VARCHAR
-- return pillar_code VARCHAR
-- return indicator_name VARCHAR
-- return name_en VARCHAR
-- return definition VARCHAR
-- return unit VARCHAR
-- return kind VARCHAR
-- return is_scored BOOLEAN
-- return is_additive BOOLEAN
-- return counts_people BOOLEAN
-- return frequency VARCHAR
-- return target_logic VARCHAR
-- return aggregation VARCHAR
-- return mechanism VARCHAR
select
    indicator_code,
    pillar_code,
    name_zh as indicator_name,
    name_en,
    definition,
    unit,
    kind,
    is_scored,
    is_additive,
    counts_people,
    frequency,
    target_logic,
    aggregation,
    mechanism
from indicators
order by sort_order
