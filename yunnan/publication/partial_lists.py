"""Lists with only some columns of the register of organizations: they change these, and blank nothing else.

What a return has no column for stays as another list said it; of an original an empty cell says nothing either. A date
stays only with the statement that it dates: with another status or grade the earlier one's date is gone.
"""

from collections import Counter
from pathlib import Path

import duckdb

from yunnan.publication import staging
from yunnan.publication.staging import Batch

TABLE = "organizations"
OWN = {"org_id", "former_names", "is_yunnan", "source_file", "source_row"}  # of the row itself, never another list's
DATED = {  # what belongs to the statement of another column
    "deregistered_date": "status",
    "party_cover_date": "party_cover_mode",
    "party_work_date": "party_cover_mode",
    "branch_standardized_date": "party_cover_mode",
    "rating_date": "rating",
    "inspection_year": "inspection_result",
}
REQUIRED = (
    *("org_name", "org_type", "reg_level", "reg_authority_code", "prefecture_code", "supervising_unit_code"),
    *("registered_date", "status"),
)


def remember(db: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Keep aside, as the table standing, what is registered of the organizations in a batch."""
    if is_partial(batch):
        wanted = f"select org_id from read_parquet('{_quoted(str(batch.rows))}')"
        db.execute(f"create or replace temp table standing as from {TABLE} where org_id in ({wanted})")


def is_partial(batch: Batch) -> bool:
    """Whether it is written down which columns a return had; not of one received before that was."""
    return batch.key[0] == TABLE and batch.facts.get("columns") is not None


def is_original(batch: Batch) -> bool:
    """Whether the return was read by an import profile."""
    return is_partial(batch) and bool(batch.facts.get("profile"))


def is_original_file(source: Path) -> bool:
    """Whether a file of rows is that of a staged original."""
    return source.name == "rows.parquet" and is_original(staging.read(source.parent))


def fill(db: duckdb.DuckDBPyConnection, batch: Batch, file: str, kept: list[str]) -> None:
    """Put what stood into the batch's rows where they leave it open, and an original's into the kept rows."""
    if not is_partial(batch):
        return
    given = set(batch.facts["columns"])
    for name in _columns(db):
        if name in given and not is_original(batch):
            continue
        value = f"coalesce(n.{name}, o.{name})" if name in given else f"coalesce(o.{name}, n.{name})"
        if head := DATED.get(name):
            # The same result of an inspection may be of another year.
            same = "false" if name == "inspection_year" and head in given else _same(head)
            value = f"if({same}, {value}, n.{name})"
        change = f"update {TABLE} as n set {name} = {value} from standing as o"
        db.execute(f"{change} where n.org_id = o.org_id and n.source_file = $file", {"file": file})
    if is_original(batch) and kept:
        complete(db, str(batch.rows), batch.file, kept)


def complete(db: duckdb.DuckDBPyConnection, source: str, name: str, keys: list[str]) -> None:
    """Put what a file of rows says under this name of the return into rows of these keys where they leave it open."""
    rows = f"(from read_parquet('{_quoted(source)}') where source_file = $name and list_contains($keys, org_id))"
    for column in _columns(db):
        head = DATED.get(column)
        same = f" and {_same(head)}" if head else ""
        change = f"update {TABLE} as n set {column} = o.{column} from {rows} as o"
        chosen = f"where n.org_id = o.org_id and n.{column} is null{same}"
        db.execute(f"{change} {chosen}", {"keys": keys, "name": name})


def take_back(db: duckdb.DuckDBPyConnection, batch_id: str) -> set[tuple[str, str]]:
    """Take out the rows that a withdrawn original has had a part in, whosever they are; their table and keys."""
    folder = staging.folder() / batch_id
    if not batch_id.startswith(f"{TABLE}-") or not folder.is_dir():
        return set()
    batch = staging.read(folder)
    if not is_original(batch) or not batch.rows:
        return set()
    wanted = f"select org_id from read_parquet('{_quoted(str(batch.rows))}')"
    keys = db.execute(f"delete from {TABLE} where org_id in ({wanted}) returning org_id").fetchall()
    return {(TABLE, key) for (key,) in keys}


def incomplete(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Take out the organizations that no list that stands says enough of; a sentence for each file."""
    missing = " or ".join(f"{name} is null" for name in REQUIRED)
    sql = f"delete from {TABLE} where {missing} returning source_file"
    count_by_file = Counter(file for (file,) in db.execute(sql).fetchall())
    why = "它们的登记名册已被撤回，只凭这份名单不足以登记；请先报登记名册"
    return [f"{file} 有{count:,}行没有收入：{why}" for file, count in sorted(count_by_file.items())]


def _columns(db: duckdb.DuckDBPyConnection) -> list[str]:
    """The columns that lists may say, those that belong to another one's statement last."""
    columns = [name for name, *_ in db.execute(f"describe {TABLE}").fetchall() if name not in OWN]
    return sorted(columns, key=lambda name: name in DATED)


def _same(head: str) -> str:
    return f"n.{head} is not distinct from o.{head}"


def _quoted(path: str) -> str:
    return path.replace("'", "''")
