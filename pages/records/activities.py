"""活动：筛选、查看、导出。

Answers:  which events took place, where and with how many?
Filters:  as-of, place (frame); facets, search, sort, columns (all in the address)
Reads:    records/activities, frame/names
"""

from yunnan import blocks
from yunnan.front.address import frame

blocks.record_list(frame.view(), "activities")
