"""One project of the demo, from its need to its end, and the organizations that may lead it."""

from dataclasses import dataclass, field

import numpy as np

from demo import plan
from demo.chance import stream
from demo.columns import NEVER
from demo.orgs import Organizations
from demo.quarters import PERIODS, day

SECTORS = [
    "科技扶贫",
    "文艺扶贫",
    "教育扶贫",
    "产业扶贫",
    "品牌建设",
    "生态扶贫",
    "健康扶贫",
    "金融扶贫",
    "社工服务",
    "扶贫济困",
]
UNITS = {
    "科技扶贫": ("省科协",),
    "文艺扶贫": ("省文联",),
    "教育扶贫": ("省教育厅",),
    "产业扶贫": ("省工商联", "省农业农村厅"),
    "品牌建设": ("省商务厅",),
    "生态扶贫": ("省林业厅（林草局）",),
    "健康扶贫": ("省卫生健康委",),
    "金融扶贫": ("省扶贫办",),
    "社工服务": ("省民政厅",),
    "扶贫济困": ("省民政厅", "省妇联", "省住房城乡建设厅"),
}
HELP = {  # help types of a sector, the first the most frequent
    "科技扶贫": ("技能培训", "产业帮扶"),
    "文艺扶贫": ("文艺服务", "扶志"),
    "教育扶贫": ("助学", "扶智", "扶志"),
    "产业扶贫": ("产业帮扶", "技能培训"),
    "品牌建设": ("产业帮扶", "技能培训"),
    "生态扶贫": ("能源替代", "产业帮扶"),
    "健康扶贫": ("救医", "疾病筛查", "免费治疗", "康复服务"),
    "金融扶贫": ("产业帮扶", "技能培训"),
    "社工服务": ("扶老", "扶志", "救孤", "康复服务"),
    "扶贫济困": ("扶贫济困", "扶老", "助学", "救孤"),
}


@dataclass
class Project:
    """Dates are days since 1970, NEVER if none; counties are county numbers, the primary first."""

    unit: int
    counties: list[int]
    sector: str
    start: int
    planned: int
    end: int = NEVER
    posted: int = NEVER
    matched: int = NEVER
    terminated: int = NEVER
    programme: str | None = None
    supervisor: str = ""
    lead: int = -1  # organization number
    executor: int = -1  # who receives and serves: the lead, or a local organization for a named lead
    partners: list[int] = field(default_factory=list)
    cross: str = "无"
    resources: tuple[str, ...] = ()
    aid: tuple[str, ...] = ()
    model_from: int = NEVER
    grant: int = 0  # yuan approved, by 中央财政 or 福彩公益金
    granted: int = NEVER
    need: int = 0  # yuan
    has_gifts: bool = True  # takes ordinary receipts
    serves: bool = True  # has ordinary beneficiaries
    special: bool = False
    name: str = ""

    def runs_on(self, when: int) -> bool:
        """Started and not ended, as the indicator counts it."""
        return self.start <= when < self.end


class Pools:
    """Organizations that take part in poverty alleviation, unit by unit, in the order they are drawn."""

    def __init__(self, orgs: Organizations) -> None:
        rng = stream("pools")
        able = (orgs.registered < day(2018, 1, 1)) & (orgs.ended == NEVER) & (orgs.abnormal == NEVER) & ~orgs.named
        self.members = [rng.permutation(np.flatnonzero(able & (orgs.unit == unit))) for unit in range(17)]
        self.sizes = {period: self._sizes(period) for period in PERIODS}

    def participants(self, unit: int, period: str) -> np.ndarray:
        """Who takes part in a unit in a period; a later period's pool holds the earlier one's members."""
        return self.members[unit][: self.sizes[period][unit]]

    def leader(self, unit: int, rng: np.random.Generator) -> int:
        """One that may lead a project: of the first half of the smallest pool."""
        return int(rng.choice(self.members[unit][: max(3, self.sizes["2018"][unit] // 2)]))

    def _sizes(self, period: str) -> np.ndarray:
        """As planned, but not more than there are."""
        wanted = np.array(plan.POOLS[period])
        most = np.array([len(members) for members in self.members]) * 0.95
        return np.minimum(wanted, most).astype(np.int64)
