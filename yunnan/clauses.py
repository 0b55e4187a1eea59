"""Words of SQL that stand around a named query: one of its columns, an order, a cell of CSV.

Only names that the query's own header states become SQL, so nothing of a reader's does.
"""

from collections.abc import Iterator

from yunnan import queries

RUN = 25_000  # rows of a file sorted at once


def column(query: str, name: str) -> str:
    """The column of queries/<query>.sql, quoted. Raises KeyError for one that its header does not state."""
    if name not in queries.load(query).returns:
        raise KeyError(f"queries/{query}.sql has no column {name}")
    return f'"{name}"'


def kind(query: str, name: str) -> str:
    """The column's DuckDB type, as the header states it."""
    return queries.load(query).returns[name]


def told(query: str, name: str) -> str:
    """The column's value; of a list each one."""
    return f"unnest({column(query, name)})" if kind(query, name).endswith("[]") else column(query, name)


def ordered(query: str, order: str) -> str:
    """The words that sort by a column; all others decide between equals, so that a page is the same each time."""
    if not order:
        return ""
    by = column(query, order.removeprefix("-"))
    rest = ", ".join(f'"{name}"' for name, kind in queries.load(query).returns.items() if not kind.endswith("[]"))
    return f" order by {by} {'desc' if order.startswith('-') else 'asc'} nulls last, {rest}"


def cell(column: str, kind: str) -> str:
    """A value as a cell of CSV, by its type."""
    if kind == "BOOLEAN":
        return f"coalesce(if({column}, '是', '否'), '')"
    if kind.endswith("[]"):
        return f"csv_text(array_to_string({column}, '；'))"
    return f"csv_text({column})" if kind == "VARCHAR" else f"coalesce({column}::varchar, '')"


def runs(values: list[tuple]) -> Iterator[tuple]:
    """First and last value of each stretch of some RUN rows; values are (value, rows) in order."""
    first, rows = None, 0
    for n, (value, more) in enumerate(values):
        first, rows = value if first is None else first, rows + more
        if rows >= RUN or n == len(values) - 1:
            yield first, value
            first, rows = None, 0
