"""组织：筛选、查看、导出。

Answers:  which social organizations are there, and how do they stand?
Filters:  as-of, place (frame); facets, search, sort, columns (all in the address)
Reads:    records/organizations, frame/names
"""

from yunnan.front.address import frame
from yunnan.front.records import record_list

record_list.record_list(frame.view(), "organizations")
