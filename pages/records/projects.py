"""项目：筛选、查看、导出。

Answers:  which needs and projects are there, in which state, with how much money?
Filters:  as-of, place (frame); facets, search, sort, columns (all in the address)
Reads:    records/projects, frame/names
"""

from yunnan import blocks
from yunnan.front.address import frame

blocks.record_list(frame.view(), "projects")
