"""资金：筛选、查看、导出。

Answers:  which entries of money and goods make a sum?
Filters:  as-of, place (frame); facets, search, sort, columns (all in the address)
Reads:    records/funds, frame/names
"""

from yunnan.front.address import frame
from yunnan.front.records import record_list

record_list.record_list(frame.view(), "funds")
