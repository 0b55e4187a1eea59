"""文件：筛选、查看、导出。

Answers:  which documents are in force, from whom and on what basis?
Filters:  as-of, place (frame); facets, search, sort, columns (all in the address)
Reads:    records/policies, frame/names
"""

from yunnan.front.address import frame
from yunnan.front.records import record_list

record_list.record_list(frame.view(), "policies")
