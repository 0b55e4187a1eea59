"""业务指导：主管单位怎样各管一行，项目怎样整合协作，品牌计划各做到哪里。

Answers:  who guides which sector, who works together, how are people helped, and what came of the programmes named?
Filters:  as-of, period, place (frame); aspect, part; indicator; field
Reads:    sectors/*, programmes/*, policies/library, definitions/published_figures;
          measures/*, scores/of_place, values/of_place, values/by_quarter
"""

from itertools import chain

from yunnan.front.address import frame
from yunnan.front.kit import parts
from yunnan.front.pillars import guidance_choices, guidance_parts, pillar_head

view = frame.view()
pillar_head.pillar("P3", view)
first = {code: next(iter(own)) for code, own in guidance_parts.PARTS.items()}
parts.draw(
    guidance_parts.PARTS[guidance_choices.theme(first, view)], view, others=chain(*guidance_parts.PARTS.values())
)
