"""The briefing that an address or a command line names: its parameters are read and checked here."""

from collections.abc import Mapping
from dataclasses import dataclass

from yunnan.access.viewer import Scope
from yunnan.data import agendas, snapshots
from yunnan.data.agendas import Agenda
from yunnan.data.snapshots import Snapshot
from yunnan.data.view import View, code_of, default_period
from yunnan.drawing.exports import csv
from yunnan.words import wording
from yunnan.words.geography import PROVINCE

SCOPES = {"province": "全省", "pillar": "支柱", "prefecture": "州市"}
MEETING = "agenda"  # the scope of an agenda's slides
KNOWN = {"asof", "period", "place", "pillar"}


class CannotBrief(Exception):
    """There is no such briefing; the message is a sentence for the reader: why, and what to do."""


@dataclass(frozen=True)
class Brief(View):
    """One briefing: of one pillar or, where it is empty, of all four."""

    pillar: str = ""

    @property
    def scope(self) -> str:
        """'province', 'pillar' or 'prefecture'."""
        return "pillar" if self.pillar else "province" if self.place == PROVINCE else "prefecture"

    @property
    def chosen(self) -> dict[str, str]:
        """{parameter: value} of its address, without the snapshot and without empty values; for the log."""
        params = {"period": self.period, "place": self.place, "pillar": self.pillar}
        return {name: value for name, value in params.items() if value}

    @property
    def snapshots(self) -> str:
        """The id of its snapshot, for the log."""
        return self.snapshot.id

    def file_name(self, kind: str) -> str:
        """'云南模式_简报_怒江州_2019_截至20191231r2.docx'."""
        parts = ("简报" if kind == "docx" else "幻灯片", self.region.short_name, self.pillars.get(self.pillar, ""))
        snapshot = self.snapshot
        return csv.file_name(*parts, self.period, asof=snapshot.asof, revision=snapshot.revision, kind=kind)


@dataclass(frozen=True)
class Meeting:
    """A request for the slides of an agenda; each view of an agenda names a snapshot of its own."""

    agenda: Agenda
    seen: Scope

    @property
    def chosen(self) -> dict[str, str]:
        """{parameter: value} of its address, for the log."""
        return {MEETING: self.agenda.name}

    @property
    def snapshots(self) -> str:
        """The ids of the snapshots it shows, the newest first, for the log."""
        return "、".join(sorted({stop.address["asof"] for stop in self.agenda.stops}, reverse=True))

    def file_name(self, kind: str) -> str:
        """'云南模式_幻灯片_2019年终总结_截至20200630r1.pptx'. Raises CannotBrief for a document."""
        if kind != "pptx":
            raise CannotBrief("议程只有幻灯片（pptx），没有 Word 简报")
        asof, _, revision = self.snapshots.partition("、")[0].partition(".r")
        return csv.file_name("幻灯片", self.agenda.title, asof=asof, revision=int(revision), kind=kind)


def meeting(params: Mapping[str, str], seen: Scope) -> Meeting:
    """The agenda that the parameters name. Raises CannotBrief if there is none or none of its views can be shown."""
    if unknown := set(params) - {MEETING}:
        raise CannotBrief(f"不认识的参数：{'、'.join(sorted(name[:40] for name in unknown))}")
    try:
        name, agenda_names = params.get(MEETING, ""), agendas.names()
    except agendas.Unlisted as error:
        raise CannotBrief(str(error)) from error
    if name not in agenda_names:
        raise CannotBrief(f"没有名为“{name[:40]}”的议程，可用：{'、'.join(agenda_names) or '（无）'}")
    agenda = agendas.read(name)
    if not agenda.stops:
        raise CannotBrief("；".join(problem.rstrip("。") for problem in agenda.problems))
    return Meeting(agenda, seen)


def brief(scope: str | None, params: Mapping[str, str], seen: Scope) -> Brief:
    """The briefing that the parameters name; the defaults are the province, the newest snapshot, its last whole year.

    scope: a key of SCOPES; None for that of the pillar and place that are named.
    Raises CannotBrief, NoSnapshot, Damaged.
    """
    if scope is not None and scope not in SCOPES:
        raise CannotBrief(f"没有“{scope[:40]}”的简报，可用：{'、'.join(SCOPES)}")
    if unknown := set(params) - KNOWN:
        raise CannotBrief(f"不认识的参数：{'、'.join(sorted(name[:40] for name in unknown))}")
    published_ids = snapshots.published()
    if not published_ids:
        raise snapshots.NoSnapshot("还没有已发布的快照")
    snapshot = snapshots.find(params.get("asof") or published_ids[0], seen)
    place = _code(snapshot, params.get("place") or PROVINCE)
    scope = scope or ("pillar" if params.get("pillar") else "province" if place == PROVINCE else "prefecture")
    if scope == "province" and place != PROVINCE:
        raise CannotBrief(f"全省简报不能写明地区“{place}”；一个州市的简报是 prefecture")
    pillar = _pillar(params.get("pillar", "")) if scope == "pillar" else ""
    _check_level(snapshot, scope, place)
    return Brief(snapshot, _period(snapshot, params.get("period", "")), place, pillar)


def _pillar(code: str) -> str:
    if code not in wording.PILLARS:
        named = "、".join(f"{key}（{name}）" for key, name in wording.PILLARS.items())
        raise CannotBrief(f"没有“{code[:40]}”这个支柱，可用：{named}" if code else f"没有写明支柱，可用：{named}")
    return code


def _period(snapshot: Snapshot, code: str) -> str:
    periods = snapshot.table("frame/periods")
    chosen = code or default_period(periods)
    if chosen not in set(periods.period):
        raise CannotBrief(f"快照 {snapshot.id} 没有报告期“{chosen[:40]}”，可用：{'、'.join(periods.period)}")
    return chosen


def _code(snapshot: Snapshot, text: str) -> str:
    code = code_of(snapshot, text)
    if code is None:
        named = f"名称或代码为“{text[:40]}”的地区"
        raise CannotBrief(f"没有{named}" if snapshot.sees_all else f"{named}不在您的可见范围内")
    return code


def _check_level(snapshot: Snapshot, scope: str, code: str) -> None:
    levels = snapshot.table("frame/places").set_index("place").level
    if levels[code] == "county":
        raise CannotBrief("简报只有全省、支柱、州市三种；县（市、区）请选它所在的州市")
    if scope == "prefecture" and levels[code] != "prefecture":
        raise CannotBrief("没有写明州市，州市代码如 533300（怒江州）")
