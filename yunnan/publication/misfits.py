"""Why a table does not fit the contract: the first column and row that break it. The value itself is not repeated."""

from collections.abc import Iterator

import duckdb

from yunnan.data import contract


def sentence(db: duckdb.DuckDBPyConnection, table: str, source: str) -> str:
    """What keeps the rows of a source out of the contract's empty table; '' where each of them fits by itself.

    source is what a query may read from: the name of a table, or a table function.
    """
    try:
        return next(_misfits(db, table, source), "")
    except duckdb.Error:
        return ""


def _misfits(db: duckdb.DuckDBPyConnection, table: str, source: str) -> Iterator[str]:
    given = {column for column, *_ in db.execute(f"describe from {source}").fetchall()}
    columns = db.execute(
        "select column_name, data_type, is_nullable from duckdb_columns()"
        " where schema_name = 'main' and table_name = $table order by column_index",
        {"table": table},
    ).fetchall()
    rules = db.execute(
        "select constraint_type, expression, constraint_column_names from duckdb_constraints()"
        " where schema_name = 'main' and table_name = $table",
        {"table": table},
    ).fetchall()
    keys = [names for kind, _, names in rules if kind in ("PRIMARY KEY", "UNIQUE")]
    line = _line(given, keys)
    fitting = ", ".join(f"try_cast({_value(name, given)} as {kind}) as {name}" for name, kind, _ in columns)
    for name, kind, is_nullable in columns:
        meaning = f"列 {name}（{_meaning(table, name)}）"
        if name in given:
            wrong = f"{name} is not null and try_cast({name} as {kind}) is null"
            yield from _first(db, f"select {line} from {source} where {wrong} limit 1", f"{meaning}的值不在允许的值里")
        if not is_nullable:
            wrong = f"{_value(name, given)} is null"
            yield from _first(db, f"select {line} from {source} where {wrong} limit 1", f"{meaning}必须有值，却是空的")
    for kind, expression, names in rules:
        if kind == "CHECK":
            rows = f"(select {line} as line, {fitting} from {source})"
            what = f"列 {'、'.join(names)} 不合规矩 {expression}"
            yield from _first(db, f"select line from {rows} where not ({expression}) limit 1", what)
    for names in keys:
        key = ", ".join(names)
        again = f"select min({line}) from {source} group by {key} having count(*) > 1 limit 1"
        yield from _first(db, again, f"列 {'、'.join(names)} 的值出现了不止一次")


def _first(db: duckdb.DuckDBPyConnection, sql: str, what: str) -> Iterator[str]:
    """The complaint with the line of the first row of the query, if there is a row."""
    for (line,) in db.execute(sql).fetchall():
        yield f"{what}（{line or '行号不详'}）"


def _line(given: set[str], keys: list[list[str]]) -> str:
    """SQL for what a row is known by: the line of its return, or its key."""
    by_key = [f"'{name}=' || {name}" for name in (keys[0] if keys else []) if name in given]
    ways = [f"concat_ws('、', {', '.join(by_key)})"] if by_key else []
    if {"source_file", "source_row"} <= given:
        ways.insert(0, "source_file || ' 第' || source_row || '行'")
    return f"coalesce({', '.join([*ways, chr(39) * 2])})"


def _value(name: str, given: set[str]) -> str:
    return name if name in given else "null"


def _meaning(table: str, column: str) -> str:
    words = contract.dictionary()
    comment = words.comment[(words.table_name == table) & (words.column_name == column)]
    return str(comment.iloc[0]).partition("；")[0]
