"""The ten organizations the article names, as far as it tells of them.

Nothing is invented about them: no staff, rating, inspection or Party figures. The contract wants some values, so
they carry the ones that claim least: party_cover_mode 未覆盖 without any date (read: no record), rating 未评估,
status 正常, supervising unit 不适用 where the article names none, registered_date 2000-01-01, a YND... credit code.
"""

from typing import NamedTuple


class Named(NamedTuple):
    """One named organization; kind is the second digit of the credit code, 9 for one that has none."""

    name: str
    kind: int
    level: str
    authority: str
    prefecture: str
    supervisor: str


NAMED = (
    Named("云南省书法家协会", 1, "省级", "530000", "530000", "省文联"),
    Named("云南省摄影家协会", 1, "省级", "530000", "530000", "省文联"),
    Named("云南省美术家协会", 1, "省级", "530000", "530000", "省文联"),
    Named("云南海外联谊会", 1, "省级", "530000", "530000", "省委统战部"),
    Named("云南省杨善洲绿化基金会", 3, "省级", "530000", "530000", "省林业厅（林草局）"),
    Named("云南省绿色环境发展基金会", 3, "省级", "530000", "530000", "省林业厅（林草局）"),
    Named("云南省林业协会", 1, "省级", "530000", "530000", "省林业厅（林草局）"),
    Named("大理州女企业家协会", 1, "州市级", "532900", "532900", "不适用"),
    Named("中国建筑金属结构协会", 1, "民政部", "100000", "100000", "不适用"),
    Named("复旦大学附属儿科医院社工部", 9, "省外", "310000", "310000", "不适用"),
)
OUTSIDE = sum(named.level in ("民政部", "省外") for named in NAMED)  # they come last
