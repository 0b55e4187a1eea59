"""The demo data set: invented records with their dates, and five snapshots of what had been reported at five dates.

Everything is synthetic except the figures that the article publishes and the cells of calibration_cells.csv. Every run
makes the same rows. Nothing here reads a clock, a snapshot or the network.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pyarrow as pa

from demo import activities, asof, before, events, help, issues, money, orgs, papers, people, quarters, returns
from demo import projects as project_list
from demo.events import Events, made, ordered
from demo.project import Pools, Project

NOTE = "演示数据（合成），仅文献公布数与文献一致，不代表真实情况"
STORY = (  # as of, revision, published, what is new
    (date(2018, 12, 31), 1, datetime(2019, 1, 18, 10), "2018年末首次发布"),
    (date(2019, 6, 30), 1, datetime(2019, 7, 18, 10), "2019年上半年"),
    (date(2019, 12, 31), 1, datetime(2020, 1, 17, 10), "2019年末，昭通、红河、普洱四季度报表不全"),
    (date(2019, 12, 31), 2, datetime(2020, 3, 6, 15), "2019年末修订：昭通、红河、普洱补报四季度，临沧重报三季度分类"),
    (date(2020, 6, 30), 1, datetime(2020, 7, 20, 10), "2020年上半年，德宏二季度报表未到"),
)


@dataclass(frozen=True)
class DemoSnapshot:
    """One snapshot to be published: its as-of date, revision, time and note, and its source tables."""

    asof: date
    revision: int
    published_at: datetime
    note: str
    tables: dict[str, pa.Table]


def snapshots(scale: int = 1) -> Iterator[DemoSnapshot]:
    """The five snapshots in the order of publication; a scale above 1 multiplies the records of the last one only."""
    world = _World()
    for asof_date, revision, published, story in STORY if scale == 1 else STORY[-1:]:
        first_look = (asof_date, revision) == (date(2019, 12, 31), 1)
        tables = world.tables(quarters.number(asof_date), first_look, scale)
        yield DemoSnapshot(asof_date, revision, published, f"{story}。{NOTE}", tables)


class _World:
    """All rows with their dates, made once."""

    def __init__(self) -> None:
        self.orgs = orgs.build()
        pools = Pools(self.orgs)
        self.projects: list[Project] = project_list.build(self.orgs, pools)
        served = people.build(self.projects)
        schools = help.schools(self.projects)
        served = {name: np.concatenate([values, schools[name]]) for name, values in served.items()}
        rows = {
            "funds": ordered(money.build(self.projects, pools)),
            "beneficiaries": ordered(served),
            "activities": ordered(activities.build(self.orgs, self.projects, pools)),
            "reported_stats": papers.statistics(),
        }
        self.events = {name: made(name, own, self.orgs, len(self.projects)) for name, own in rows.items()}

    def tables(self, quarter: int, first_look: bool, scale: int) -> dict[str, pa.Table]:
        """The source tables as known at the end of a quarter."""
        events_of = self.first_look if first_look else self.events
        batches = returns.batches(self._totals(events_of), quarter, not first_look, scale)
        projects, locations = asof.projects(self.projects, self.orgs, quarter, not first_look)
        several = {name: events.copies(events_of[name], quarter, scale)
                   for name in ("funds", "beneficiaries", "activities") if scale > 1}  # fmt: skip
        return {
            "organizations": asof.organizations(self.orgs, quarter, not first_look),
            "projects": projects,
            "project_locations": locations,
            **{name: several.get(name, events_table.until(quarter)) for name, events_table in events_of.items()},
            "policies": papers.policies(int(quarters.LAST[quarter])),
            "snapshot_manifest": returns.manifest(batches),
            **self._returns(batches, events_of, quarter, scale),
        }

    def _returns(self, batches: list[returns.Batch], events_of: dict[str, Events], quarter: int,
                 scale: int) -> dict[str, pa.Table]:  # fmt: skip
        """The tables of returns received and their issues, including returns that later ones have replaced."""
        again = {batch.key for batch in batches if batch.revision}
        before = returns.batches(self._totals(self.first_look), 7, False, scale) if again else []
        replaced = [batch for batch in before if batch.key in again]
        warned, warned_before = (
            version["funds"].warned() for version in (events_of, self.first_look if again else events_of)
        )
        return issues.tables(batches, replaced, warned, warned_before, 2018 + quarter // 4)

    @functools.cached_property
    def first_look(self) -> dict[str, Events]:
        """The event tables before the returns of 2019 were sent again."""
        early = {name: {key: values[events_table.quarter <= 7] for key, values in events_table.rows.items()}
                 for name, events_table in self.events.items()}  # fmt: skip
        early["funds"] = before.funds(early["funds"])
        early["beneficiaries"] = before.beneficiaries(early["beneficiaries"])
        return {name: made(name, rows, self.orgs, len(self.projects), revised=False) for name, rows in early.items()}

    def _totals(self, events_of: dict[str, Events]) -> dict[str, returns.Totals]:
        posted = np.array([project.posted for project in self.projects])
        units = np.array([project.unit for project in self.projects])
        whole = {"organizations": asof.state_totals(self.orgs.registered, self.orgs.unit),
                 "projects": asof.state_totals(posted, units)}  # fmt: skip
        return whole | {name: events_table.totals for name, events_table in events_of.items()}
