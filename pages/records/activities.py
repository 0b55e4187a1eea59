"""活动：筛选、查看、导出。

Answers:  which events took place, where and with how many?
Filters:  as-of, place (frame); facets, search, sort, columns (all in the address)
Reads:    records/activities, frame/names
"""

from yunnan.front.address import frame
from yunnan.front.records import record_list

record_list.record_list(frame.view(), "activities")
