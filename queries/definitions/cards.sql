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
-- return valid_from DATE
-- return valid_to DATE
-- return valid_basis VARCHAR
select * exclude (is_ratio, sort_order)
from indicator_cards
order by sort_order
