-- What changed in all indicators of one place from the older snapshot to the newer, one row per indicator: real and revised.
-- rule 逐条：由资金、活动逐条相加的7项，按记录拆分。实际变化＝较早快照截至日以后发生的，加上较早快照没有的报表（州市×表×季度）带来的；修订＝其余：补报、更正、撤回。|重算：其余各项用较新快照重算较早快照已计的那些天（时点指标为那个截止日），与较早快照的值之差为修订，余下为实际变化；期初尚在较早快照截至日之后的，计数从0起，比率不拆。|两者相加恒等于变化。时点与累计指标在较早快照还没有本期时，与其截至日的值比较。|人数：只给全省；变化、实际、修订任一为1至9，或任一方已隐去，整行写“—（小数保护）”，较早快照的值也不列。
-- param period  report period of the newer snapshot, '2019'
-- param place   region code; 530000 is the province
-- return pillar_code VARCHAR
-- return indicator_code VARCHAR
-- return indicator_name VARCHAR
-- return unit VARCHAR
-- return split_rule VARCHAR
-- return old_period VARCHAR
-- return old_value DOUBLE
-- return new_value DOUBLE
-- return change DOUBLE
-- return real_change DOUBLE
-- return revised_change DOUBLE
-- return split_note VARCHAR
select
    i.pillar_code,
    s.indicator_code,
    i.name_zh as indicator_name,
    i.unit,
    if(s.is_by_event, '逐条', '重算') as split_rule,
    s.old_period,
    s.old_value,
    s.new_value,
    s.change,
    s.real_change,
    s.revised_change,
    s.split_note
from splits($period) as s
inner join indicators as i using (indicator_code)
where s.region_code = $place and s.level in ('province', 'prefecture', 'county')
order by i.sort_order
