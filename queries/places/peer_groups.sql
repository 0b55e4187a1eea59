-- The rules by which prefectures are peers, as one prefecture sees them, one row per rule (four); peers leave out the prefecture itself.
-- param place  prefecture code
-- return peer_group VARCHAR
-- return group_name VARCHAR
-- return rule VARCHAR
-- return is_member BOOLEAN
-- return prefectures BIGINT
-- return peers VARCHAR
select
    t.peer_group,
    case t.peer_group
        when 'size' then '人口规模'
        when 'sqsz' then '三区三州'
        when 'border' then '边境'
        else '深度贫困'
    end as group_name,
    case t.peer_group
        when 'size' then '常住人口（2020年普查）同属一档：' || any_value(t.trait)
        when 'sqsz' then '列入三区三州'
        when 'border' then '辖有边境县（市）'
        else '辖有深度贫困县'
    end as rule,
    bool_or(t.prefecture_code = $place) as is_member,
    count(*) filter (t.prefecture_code != $place) as prefectures,
    string_agg(d.short_zh, '、' order by d.order_prov) filter (t.prefecture_code != $place) as peers
from peers_of($place) as t
inner join prefectures as d using (prefecture_code)
group by t.peer_group
order by list_position(['size', 'sqsz', 'border', 'deep'], t.peer_group)
