"""Which briefing is asked for: read from an address or a command line, refused in a sentence when it cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from yunnan.access.viewer import Scope
from yunnan.data import agendas, snapshots
from yunnan.data.agendas import Agenda
from yunnan.data.figure_codes import PROVINCE, SCORE, Code
from yunnan.data.snapshots import Snapshot
from yunnan.drawing.exports import csv
from yunnan.words import wording

SCOPES = {"province": "全省", "pillar": "支柱", "prefecture": "州市"}
MEETING = "agenda"  # the scope of an agenda's slides
KNOWN = {"asof", "period", "place", "pillar"}


class CannotBrief(Exception):
    """There is no such briefing; the sentence says why and what to do."""


@dataclass(frozen=True)
class Brief:
    """One briefing: of which snapshot, period and place, and of one pillar or of all four ('')."""

    snapshot: Snapshot
    period: str
    place: str
    pillar: str = ""

    @property
    def scope(self) -> str:
        """'province', 'pillar' or 'prefecture'."""
        return "pillar" if self.pillar else "province" if self.place == PROVINCE else "prefecture"

    @property
    def chosen(self) -> dict[str, str]:
        """What an address says of it, the snapshot left aside."""
        told = {"period": self.period, "place": self.place, "pillar": self.pillar}
        return {name: value for name, value in told.items() if value}

    @property
    def where(self) -> dict[str, object]:
        """{parameter: value} for Snapshot.table()."""
        return {"period": self.period, "place": self.place}

    @cached_property
    def span(self):
        """The period's row: label, kind, last_date, base_label."""
        periods = self.snapshot.table("frame/periods")
        return next(periods[periods.period == self.period].itertuples(index=False))

    @cached_property
    def region(self):
        """The place's row: level, place_name, short_name."""
        places = self.snapshot.table("frame/places")
        return next(places[places.place == self.place].itertuples(index=False))

    @property
    def snapshots(self) -> str:
        """The snapshot it is of, for the log."""
        return self.snapshot.id

    @property
    def footnote(self) -> str:
        """The line inside every picture and below every slide: as of when, and that the data are synthetic."""
        kind = "演示数据（合成）　" if self.is_demo else ""
        return f"{kind}数据截至{wording.day(self.snapshot.asof)}（第{self.snapshot.revision}版）"

    @property
    def seen(self) -> str:
        """The prefectures it is about where its reader may not see all: '怒江州'; else empty."""
        if self.snapshot.sees_all:
            return ""
        places = self.snapshot.table("frame/places")
        return "、".join(places[places.level == "prefecture"].short_name)

    @property
    def is_demo(self) -> bool:
        """Whether the data are synthetic."""
        return self.snapshot.manifest["is_synthetic"]

    def code(self, figure: str, place: str = "") -> str:
        """The 数字凭证 of a figure of this briefing; empty for a measure that has none."""
        figure = {"SCORE": SCORE, "PER_POOR": ""}.get(figure, figure)
        return str(Code(figure, place or self.place, self.period, self.snapshot.id)) if figure else ""

    def file_name(self, kind: str) -> str:
        """'云南模式_简报_怒江州_2019_截至20191231r2.docx'."""
        told = ("简报" if kind == "docx" else "幻灯片", self.region.short_name, wording.PILLARS.get(self.pillar, ""))
        snapshot = self.snapshot
        return csv.file_name(*told, self.period, asof=snapshot.asof, revision=snapshot.revision, kind=kind)


@dataclass(frozen=True)
class Meeting:
    """The slides of an agenda, each from the snapshot that its view names."""

    agenda: Agenda
    seen: Scope

    @property
    def chosen(self) -> dict[str, str]:
        """What an address says of it."""
        return {MEETING: self.agenda.name}

    @property
    def snapshots(self) -> str:
        """The snapshots it shows, the newest first."""
        return "、".join(sorted({stop.address["asof"] for stop in self.agenda.stops}, reverse=True))

    def file_name(self, kind: str) -> str:
        """'云南模式_幻灯片_2019年终总结_截至20200630r1.pptx'. Raises CannotBrief for a document."""
        if kind != "pptx":
            raise CannotBrief("议程只有幻灯片（pptx），没有 Word 简报")
        asof, _, revision = self.snapshots.partition("、")[0].partition(".r")
        return csv.file_name("幻灯片", self.agenda.title, asof=asof, revision=int(revision), kind=kind)


def meeting(told: Mapping[str, str], seen: Scope) -> Meeting:
    """The agenda that these parameters name. Raises CannotBrief for one that is not there or shows nothing."""
    if unknown := set(told) - {MEETING}:
        raise CannotBrief(f"不认识的参数：{'、'.join(sorted(name[:40] for name in unknown))}")
    try:
        name, known = told.get(MEETING, ""), agendas.names()
    except agendas.Unlisted as error:
        raise CannotBrief(str(error)) from error
    if name not in known:
        raise CannotBrief(f"没有名为“{name[:40]}”的议程，可用：{'、'.join(known) or '（无）'}")
    agenda = agendas.read(name)
    if not agenda.stops:
        raise CannotBrief("；".join(problem.rstrip("。") for problem in agenda.problems))
    return Meeting(agenda, seen)


def asked(scope: str, told: Mapping[str, str], seen: Scope) -> Brief:
    """The briefing that these parameters name; what is left out is the province, the newest snapshot, its last year.

    Raises CannotBrief, NoSnapshot, Damaged.
    """
    if scope not in SCOPES:
        raise CannotBrief(f"没有“{scope[:40]}”的简报，可用：{'、'.join(SCOPES)}")
    if unknown := set(told) - KNOWN:
        raise CannotBrief(f"不认识的参数：{'、'.join(sorted(name[:40] for name in unknown))}")
    known = snapshots.published()
    if not known:
        raise snapshots.NoSnapshot("还没有已发布的快照")
    snapshot = snapshots.find(told.get("asof") or known[0], seen)
    place = told.get("place") or PROVINCE
    if scope == "province" and place != PROVINCE:
        raise CannotBrief(f"全省简报不能写明地区“{place[:40]}”；一个州市的简报是 prefecture")
    pillar = _pillar(told.get("pillar", "")) if scope == "pillar" else ""
    return Brief(snapshot, _period(snapshot, told.get("period", "")), _place(snapshot, scope, place), pillar)


def _pillar(code: str) -> str:
    if code not in wording.PILLARS:
        named = "、".join(f"{key}（{name}）" for key, name in wording.PILLARS.items())
        raise CannotBrief(f"没有“{code[:40]}”这个支柱，可用：{named}" if code else f"没有写明支柱，可用：{named}")
    return code


def _period(snapshot: Snapshot, code: str) -> str:
    periods = snapshot.table("frame/periods")
    whole_years = periods[(periods.kind == "year") & periods.is_complete]
    chosen = code or (whole_years if len(whole_years) else periods).period.iloc[0]
    if chosen not in set(periods.period):
        raise CannotBrief(f"快照 {snapshot.id} 没有报告期“{chosen[:40]}”，可用：{'、'.join(periods.period)}")
    return chosen


def _place(snapshot: Snapshot, scope: str, code: str) -> str:
    levels = snapshot.table("frame/places").set_index("place").level
    if code not in levels.index:
        named = f"“{code[:40]}”的地区"
        raise CannotBrief(f"没有代码为{named}" if snapshot.sees_all else f"代码为{named}不在您的可见范围内")
    if levels[code] == "county":
        raise CannotBrief("简报只有全省、支柱、州市三种；县（市、区）请选它所在的州市")
    if scope == "prefecture" and levels[code] != "prefecture":
        raise CannotBrief("没有写明州市，州市代码如 533300（怒江州）")
    return code
