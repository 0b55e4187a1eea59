-- One definition card, one row.
-- param indicator_code  'P1-08'
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
-- return is_ratio BOOLEAN
select * exclude (sort_order)
from indicator_cards
where indicator_code = $indicator_code
