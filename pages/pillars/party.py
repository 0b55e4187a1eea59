"""党建引领：组织质量、三同步、两个覆盖、五个一批，一抓规划、二抓教育、三抓行动，以及它们带来的款物与人。

Answers:  how far does the Party's coverage reach, in which of the five ways, what is not in step, and what came of it?
Filters:  as-of, period, place (frame); indicator
Reads:    party/*, people/totals; measures/*, scores/of_place, values/of_place, values/by_quarter
"""

from yunnan.front.address import frame
from yunnan.front.kit import parts
from yunnan.front.pillars import party_parts, pillar_head

view = frame.view()
pillar_head.pillar("P1", view)
parts.draw(party_parts.PARTS, view)
