"""The SQL files by name, with what their headers state. The only module that reads queries/.

A header is the block of comment lines at the top: the first line describes a row, the others are `-- key value`.
"""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "queries"
BACK_OF_HOUSE = {"checks", "indicators", "figures", "publish", "migrations"}  # run at publication, never for a page


@dataclass(frozen=True)
class Query:
    """One SQL file: its SQL and its header."""

    name: str
    sql: str
    doc: str
    header: dict[str, str]  # key -> value, without params and returns
    params: dict[str, str]  # name -> meaning
    returns: dict[str, str]  # column -> DuckDB type

    def __getitem__(self, key: str) -> str:
        """The header's value. Raises KeyError naming file and key."""
        if key not in self.header:
            raise KeyError(f"queries/{self.name}.sql has no header line '-- {key} ...'")
        return self.header[key]

    @property
    def unordered(self) -> str:
        """The SQL without its final `order by`, to count, sum or sort otherwise: DuckDB would sort even to count."""
        ends = [match.start() for match in re.finditer(r"^order by\b", self.sql, re.MULTILINE)]
        return self.sql[: ends[-1]] if ends and "\nlimit " not in self.sql[ends[-1] :] else self.sql


@functools.cache
def load(name: str) -> Query:
    """Read queries/<name>.sql. Raises FileNotFoundError when there is no such query.

    Lines of the header that all queries of a folder share stand once, in the file HEADER beside them.
    """
    file = FOLDER / f"{name}.sql"
    sql, shared = file.read_text(encoding="utf-8"), file.with_name("HEADER")
    head = re.findall(r"\A(?:--.*\n)*", sql)[0].splitlines()
    head += shared.read_text(encoding="utf-8").splitlines() if shared.exists() else []
    lines = [line.removeprefix("--").strip() for line in head]
    pairs = [line.partition(" ")[::2] for line in lines[1:] if " " in line]
    return Query(
        name=name,
        sql=sql,
        doc=lines[0] if lines else "",
        header={key: rest.strip() for key, rest in pairs if key not in ("param", "return")},
        params=_pairs(pairs, "param"),
        returns=_pairs(pairs, "return"),
    )


@functools.cache
def contract() -> str:
    """The SQL of the contract's tables without what is said of them: to run the comments takes most of the time."""
    return re.sub(r"^comment on .*\n", "", load("schema").sql, flags=re.MULTILINE)


def names() -> list[str]:
    """The names of all queries that a page may run, as '<subject>/<question>'."""
    paths = sorted(FOLDER.glob("*/*.sql"))
    return [f"{p.parent.name}/{p.stem}" for p in paths if p.parent.name not in BACK_OF_HOUSE]


def folder(subject: str) -> list[Query]:
    """All queries of one folder, such as 'checks' or 'indicators', by file name."""
    return [load(f"{subject}/{name}") for name in _listed(FOLDER / subject)]


@functools.cache
def _listed(path: Path) -> tuple[str, ...]:
    """The names of a folder's files in order; each page asks for the indicators several times."""
    return tuple(p.stem for p in sorted(path.glob("*.sql")))


def indicator(code: str) -> Query:
    """The query of one indicator, by its code 'P1-01'; its header is the definition card. Raises FileNotFoundError."""
    return load(f"indicators/{code.replace('-', '_')}")


def without_counties() -> set[str]:
    """The codes of the indicators that are not computed for counties."""
    return {card["code"] for card in folder("indicators") if card["lowest"] != "county"}


def event_sums() -> list[dict[str, str]]:
    """The indicators that sum events, a row each: indicator_code, and the keys of events_of()."""
    cards = [card for card in folder("indicators") if "events" in card.header]
    return [{"indicator_code": card["code"], **events_of(card)} for card in cards]


def events_of(card: Query) -> dict[str, str]:
    """The events that an indicator sums, as its card states: table_name, conditions on columns, and sums.

    sums: the column that is summed; without it, rows are counted.
    """
    return dict(pair.split("=") for pair in card["events"].split())


def headlines() -> dict[str, str]:
    """The headline figures of a place in their order: indicator code -> the short name used in meetings."""
    cards = [
        (card.header["headline"].split(), card["code"]) for card in folder("indicators") if "headline" in card.header
    ]
    return {code: name for (_, name), code in sorted(cards, key=lambda card: int(card[0][0]))}


def lead(pillar: str) -> str:
    """The code of the indicator that maps show for a pillar, or for the whole where pillar is ''."""
    leads = "pillar" if pillar else "whole"
    (code,) = [
        card["code"]
        for card in folder("indicators")
        if leads in card.header.get("leads", "").split() and pillar in ("", card["pillar"])
    ]
    return code


def figure(code: str) -> Query:
    """The check of one published figure, by its code 'CAL-01'. Raises FileNotFoundError."""
    return load(f"figures/{code.replace('-', '_')}")


def rows(code: str) -> str:
    """The name of the query that lists the rows behind an indicator: 'rows/P1_01'."""
    return f"rows/{code.replace('-', '_')}"


@functools.cache
def sources(name: str) -> frozenset[str]:
    """The contract's tables that queries/<name>.sql reads, directly or through queries/views.sql."""
    return frozenset(_read_by(load(name).sql, set(), set()) & set(_tables()))


def _read_by(sql: str, collected: set[str], seen: set[str]) -> set[str]:
    words = set(re.findall(r"\w+", re.sub(r"--.*", "", sql)))
    for macro in words & _shared().keys() - seen:
        seen.add(macro)
        _read_by(_shared()[macro], collected, seen)
    collected |= words
    return collected


@functools.cache
def _tables() -> list[str]:
    return re.findall(r"^create table (\w+)", load("schema").sql, re.MULTILINE)


@functools.cache
def _shared() -> dict[str, str]:
    """{macro or view: its SQL} of queries/views.sql."""
    parts = re.split(r"^create (?:macro|view) (\w+)", load("views").sql, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _pairs(pairs: list[tuple[str, str]], kind: str) -> dict[str, str]:
    split_pairs = (rest.strip().partition(" ") for key, rest in pairs if key == kind)
    return {name: meaning.strip() for name, _, meaning in split_pairs}
