"""The selection of a list of records: place, search, facets, order, columns; read from an address and written to one.

One selection serves the count, the table, the sums, the counts of the facets and the file: all of them run the same
queries/records/<table>.sql with the same parameters.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from yunnan.data import queries
from yunnan.words import columns, text_folding
from yunnan.words.geography import PROVINCE

TABLES = ("projects", "funds", "beneficiaries", "organizations", "activities", "policies")
STAGES = ("获批", "到账", "支出")  # of money, in their order
REPORT, ALL = "report", "all"  # names of two sets of columns: the few that a report needs, and all
YES_NO = {"true": "是", "false": "否"}
LONGEST_SEARCH = 600  # characters: some eighty codes pasted from a column
VALUE = re.compile(r"(?:\\.|[^,\\])+")  # values are separated by commas; a comma within one is written as \,


@dataclass(frozen=True)
class Selection:
    """A set of rows: the table, the filters on its rows, their order and the columns."""

    table: str
    place: str = PROVINCE
    search: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)  # facet -> values; without an entry all values
    order: str = ""  # a column, '-column' for descending, '' for the query's own order
    column_set: str = REPORT  # REPORT, ALL, or columns separated by commas

    @property
    def query(self) -> str:
        """The name of the query."""
        return f"records/{self.table}"

    @property
    def params(self) -> dict[str, object]:
        """{parameter: value} of the query, all of them, so that no filter can be forgotten."""
        lists = {name: list(self.chosen.get(name, ())) for name in facets(self.table)}
        return {"place": self.place, "search": text_folding.kept(self.search), **lists}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table on screen and of the file, in the query's order; no columns that are lists."""
        every = showable(self.table)
        if self.column_set == ALL:
            return every
        if self.column_set == REPORT:
            return tuple(queries.load(self.query)["report"].split())
        wanted = self.column_set.split(",")
        return tuple(name for name in every if name in wanted)

    @property
    def sums(self) -> tuple[str, ...]:
        """The columns that may be added up over rows."""
        return tuple(queries.load(self.query).header.get("sums", "").split())

    def with_facet(self, name: str, values: Iterable[str]) -> "Selection":
        """The same selection with other values of one facet; no values means all of them."""
        rest = {key: kept for key, kept in self.chosen.items() if key != name}
        kept = tuple(values)
        return replace(self, chosen=rest | {name: kept} if kept else rest)

    def address(self) -> dict[str, str]:
        """{parameter: value} of its address, without the place and without what is at its default."""
        params = {
            "search": self.search,
            "sort": self.order,
            "columns": "" if self.column_set == REPORT else self.column_set,
        }
        params |= {name: ",".join(_escaped(value) for value in values) for name, values in self.chosen.items()}
        return {name: value for name, value in params.items() if value}

    def in_words(self, names: Mapping[str, str]) -> list[str]:
        """A phrase for each filter in use, such as '环节：到账、支出'; names: code -> name."""
        phrases = [] if self.place == PROVINCE else [f"地区：{names.get(self.place, self.place)}"]
        phrases += [f"搜索：{self.search}"] if self.search else []
        for name, values in self.chosen.items():
            phrases.append(f"{title(self.table, name)}：{'、'.join(value_name(v, names) for v in values)}")
        return phrases


def read(table: str, params: Mapping[str, str], *, place: str = PROVINCE) -> tuple[Selection, list[str]]:
    """(the selection that an address names, a phrase for each of its parameters that cannot be used).

    A facet's value that no row has is usable: it selects no rows.
    """
    order, search = params.get("sort", ""), _clean(params.get("search", ""))
    column_set = params.get("columns") or REPORT
    unusable = []
    if order and order.removeprefix("-") not in showable(table):
        unusable.append(f"排序“{order[:40]}”不存在")
        order = ""
    if column_set not in (REPORT, ALL):
        usable = [name for name in column_set.split(",") if name in showable(table)]
        unusable += [f"列“{name[:40]}”不存在" for name in column_set.split(",") if name not in usable]
        column_set = ",".join(usable) or REPORT
    if len(search) > LONGEST_SEARCH:
        unusable.append(f"搜索词第{LONGEST_SEARCH}字以后的部分")
        search = search[:LONGEST_SEARCH].strip()
    chosen = {name: _values(params.get(name, "")) for name in facets(table)}
    return Selection(table, place, search, {k: v for k, v in chosen.items() if v}, order, column_set), unusable


def showable(table: str) -> tuple[str, ...]:
    """The columns that a table or file can have, in the query's order; columns that are lists serve facets only."""
    returns = queries.load(f"records/{table}").returns
    return tuple(name for name, kind in returns.items() if not kind.endswith("[]"))


def facets(table: str) -> dict[str, str]:
    """{facet: column} of a table."""
    pairs = (text.partition(":") for text in queries.load(f"records/{table}")["facets"].split())
    return {name: (column or name).removesuffix("[]") for name, _, column in pairs}


def title_of(table: str) -> str:
    """The table's name on screen: 项目, 资金 ..."""
    return queries.load(f"records/{table}")["title"]


def searched(table: str) -> str:
    """The fields that the search looks at, in words."""
    return queries.load(f"records/{table}")["search"]


def title(table: str, facet: str) -> str:
    """The facet's name on screen."""
    return {"prefecture": "州市", "county": "县（市、区）", "programme": "品牌计划"}.get(
        facet, columns.label(facets(table)[facet]).partition("（")[0]
    )


def value_name(value: str, names: Mapping[str, str]) -> str:
    """A facet's value as it is written on screen; names: code -> name."""
    return YES_NO.get(value) or names.get(value, value)


def summable(selection: Selection) -> list[tuple[str, Selection]]:
    """(stage, selection) of the parts of a selection whose rows may be added up; ('', selection) where all may.

    Approved, received and spent are three stages of the same money: their sum is no amount.
    """
    stages = selection.chosen.get("stage", ())
    if selection.table != "funds" or len(stages) == 1:
        return [("", selection)]
    return [(stage, selection.with_facet("stage", [stage])) for stage in STAGES if stage in (stages or STAGES)]


def _clean(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _values(listed: str) -> tuple[str, ...]:
    unescaped = (re.sub(r"\\(.)", r"\1", value) for value in VALUE.findall(listed.replace("\0", "")))
    return tuple(dict.fromkeys(unescaped))


def _escaped(value: str) -> str:
    return re.sub(r"([\\,])", r"\\\1", value)
