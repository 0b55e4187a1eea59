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
select
    i.indicator_code,
    i.pillar_code,
    i.name_zh as indicator_name,
    i.name_en,
    i.definition,
    i.unit,
    i.kind,
    i.is_scored,
    i.is_additive,
    i.counts_people,
    i.frequency,
    i.target_logic,
    i.aggregation,
    i.mechanism,
    s.valid_from,
    s.valid_to,
    s.basis as valid_basis
from indicators as i
left join indicator_spans as s using (indicator_code)
order by i.sort_order
