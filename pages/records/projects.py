"""项目：筛选、查看、导出。

Answers:  which needs and projects are there, in which state, with how much money?
Filters:  as-of, place (frame); facets, search, sort, columns (all in the address)
Reads:    records/projects, frame/names
"""

from yunnan.front.address import frame
from yunnan.front.records import record_list

record_list.record_list(frame.view(), "projects")
