"""受益：筛选、查看、导出。

Answers:  how many people were reached, by group, place and period?
Filters:  as-of, place (frame); facets, search, sort, columns (all in the address)
Reads:    records/beneficiaries, frame/names
"""

from yunnan.front.address import frame
from yunnan.front.records import record_list

record_list.record_list(frame.view(), "beneficiaries")
