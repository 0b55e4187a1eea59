"""机制建设：文件与配套、宣传与协调、慈善与税前扣除资格、社工人才与领头雁。

Answers:  which documents guide the work, who follows them up, who is qualified, and is talent being built?
Filters:  as-of, period, place (frame); indicator
Reads:    meetings/*, policies/*, publicity/*, qualifications/*, talent/*;
          measures/*, scores/of_place, values/of_place, values/by_quarter
"""

from yunnan.front.address import frame
from yunnan.front.kit import parts
from yunnan.front.pillars import mechanism_parts, pillar_head

view = frame.view()
pillar_head.pillar("P2", view)
parts.draw(mechanism_parts.PARTS, view)
