"""平台搭建：供需对接与资金缺口、民政项目资源、行业与区域交流、“三区”与“牵手”计划、小额信贷。

Answers:  are needs matched and paid for, where is too little, who comes to help from outside, whom does it reach?
Filters:  as-of, period, place (frame); topic, part; indicator
Reads:    matching/*, grants/*, exchange/*, pairing/*, credit/*, people/collectives,
          people/reached_by_programme, programmes/card, programmes/places, programmes/projects,
          programmes/organizations, programmes/money; places/lists; measures/*, scores/of_place, values/of_place,
          values/by_quarter
"""

from itertools import chain

from yunnan.front.address import frame
from yunnan.front.kit import parts
from yunnan.front.pillars import pillar_head, platform, platform_parts

view = frame.view()
pillar_head.pillar("P4", view)
first = {code: next(iter(own)) for code, own in platform_parts.PARTS.items()}
parts.draw(platform_parts.titled(platform.topic(first), view), view, others=chain(*platform_parts.PARTS.values()))
