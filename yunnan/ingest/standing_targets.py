"""The targets that stand now, row by row as publication would have them: of the newest snapshot and staged since."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yunnan.data.target_split import Target, from_cells
from yunnan.publication import staging
from yunnan.words.geography import PROVINCE

TABLE = "targets"
QUARTERS = ("q1_share", "q2_share", "q3_share", "q4_share")
COLUMNS = ("indicator_code", "year", "region_code", "target_value", "phasing", *QUARTERS, "basis")


@dataclass(frozen=True)
class Targets:
    """The rows of a register or a file, and the returns that gave them, (batch, sender, period), the last counts."""

    rows: dict[tuple[str, int, str], Target]
    returns: list[tuple[str, str, str]]

    def of_province(self, year: int | None) -> list[Target]:
        """The province's of a year, of the newest that has any where none is given."""
        own = [row for row in self.rows.values() if row.region_code == PROVINCE]
        year = year or max((row.year for row in own), default=0)
        return sorted((row for row in own if row.year == year), key=lambda row: row.indicator_code)

    def count_of_prefectures(self, year: int) -> int:
        """How many targets of a year are a prefecture's."""
        return sum(row.year == year and row.region_code != PROVINCE for row in self.rows.values())


def standing() -> Targets:
    """Those of the newest snapshot and of the staged returns. Raises snapshots.Damaged, staging.Unreadable."""
    rows_by_return: dict[tuple[str, str, str], list[Target]] = {}
    for batch, period, *values in _published():
        rows_by_return.setdefault((batch, PROVINCE, period), []).append(from_cells(values))
    for one in staging.batches():
        if one.facts["table_name"] == TABLE and one.rows and not staging.is_withdrawn(one.path):
            rows_by_return[one.id, one.key[1], one.key[2]] = _staged(one.rows)
    return _laid(rows_by_return)


def of_folder(folder: Path) -> Targets:
    """Those of the returns staged in a folder of its own. Raises staging.Unreadable."""
    batches = [staging.read(path) for path in staging.paths(folder)]
    return _laid({(one.id, one.key[1], one.key[2]): _staged(one.rows) for one in batches if one.rows})


def _laid(rows_by_return: dict[tuple[str, str, str], list[Target]]) -> Targets:
    """Without returns whose place another takes; of a row the latest period counts, then the later receipt."""
    ordered = sorted(rows_by_return, key=lambda one: (one[2], staging.receipt(one[0])))
    kept = [one for number, one in enumerate(ordered) if not any(_replaces(later, one) for later in ordered[number:])]
    rows = {(row.indicator_code, row.year, row.region_code): row for one in kept for row in rows_by_return[one]}
    return Targets(rows, kept)


def _replaces(later: tuple[str, str, str], earlier: tuple[str, str, str]) -> bool:
    is_same_key = bool(earlier[0]) and later != earlier and later[1:] == earlier[1:]
    return is_same_key and staging.replaces(staging.part(later[0]), staging.part(earlier[0]))


def _published() -> Iterator[tuple]:
    from yunnan.data import snapshots  # its libraries are large, and only the command line's own process needs them

    if published := snapshots.published():
        table = snapshots.find(published[0]).table("intake/targets")
        yield from table.astype(object).where(table.notna(), None).itertuples(index=False, name=None)


def _staged(file: Path) -> list[Target]:
    import pyarrow.parquet as pq

    rows = pq.read_table(file, columns=list(COLUMNS)).to_pylist()
    return [from_cells([row[column] for column in COLUMNS]) for row in rows]
