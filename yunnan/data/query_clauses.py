"""The SQL that is put around a named query: a column, an order, a cell of a file, stretches of rows.

Only names that the query's own header states become SQL, so nothing of a reader's can.
"""

from collections.abc import Iterator, Sequence

from yunnan.data import queries


def column(name: str, wanted: str) -> str:
    """A column of queries/<name>.sql, quoted. Raises KeyError for one that its header does not state."""
    if wanted not in queries.load(name).returns:
        raise KeyError(f"queries/{name}.sql has no column {wanted}")
    return f'"{wanted}"'


def kind(name: str, wanted: str) -> str:
    """Its type."""
    return queries.load(name).returns[wanted]


def values(name: str, wanted: str) -> str:
    """Its values, those of a list one by one."""
    return f"unnest({column(name, wanted)})" if kind(name, wanted).endswith("[]") else column(name, wanted)


def line(name: str, columns: Sequence[str]) -> str:
    """A row as a line of CSV, which ends with $line_end; one flat concat(), which takes null for nothing."""
    cells = ", ',', ".join(cell(name, column) for column in columns)
    return f"concat({cells}, $line_end)"


def cell(name: str, wanted: str) -> str:
    """What concat() makes a cell of CSV of; nothing where the value is null."""
    column_type, quoted = kind(name, wanted), column(name, wanted)
    if column_type == "BOOLEAN":
        return f"if({quoted} is null, '', if({quoted}, '是', '否'))"
    if wanted in queries.load(name).header.get("plain", "").split():  # by the contract nothing to be made harmless
        mark = f"if({quoted} is null, '', '\"')"
        return f"{mark}, {quoted}, {mark}"
    if column_type.endswith("[]"):
        return f"csv_text(array_to_string({quoted}, '；'))"
    return f"csv_text({quoted})" if column_type == "VARCHAR" else quoted


def ordered(name: str, order: str) -> str:
    """The words that sort by a column; all others decide between equals, so that a page is the same each time."""
    if not order:
        return ""
    by = column(name, order.removeprefix("-"))
    rest = ", ".join(
        f'"{other}"' for other, column_type in queries.load(name).returns.items() if not column_type.endswith("[]")
    )
    return f" order by {by} {'desc' if order.startswith('-') else 'asc'} nulls last, {rest}"


def totals(name: str, sums: Sequence[str]) -> str:
    """Rows and sums of columns of the query that is put into {unordered}."""
    added = "".join(f", sum({column(name, wanted)})::double as {column(name, wanted)}" for wanted in sums)
    return f"select count(*) as rows{added} from (\n{{unordered}}\n)"


def counts(name: str, wanted: Sequence[str]) -> str:
    """Rows by value of each of these columns (part, value, rows) of the query that is put into {unordered}."""
    select_list = ", ".join(column(name, one) for one in wanted)
    each = " union all ".join(
        f"select '{one}' as part, value::varchar as value, count(*) as rows"
        f" from (select {values(name, one)} as value from selected_rows) where value is not null group by all"
        for one in wanted
    )
    selected = f"with selected_rows as materialized (select {select_list} from (\n{{unordered}}\n))"
    return f"{selected} {each} order by rows desc, value"


def runs(counted: list[tuple], size: int) -> Iterator[tuple]:
    """First and last value of each stretch of some size rows; counted are (value, rows) in order."""
    first, rows = None, 0
    for n, (value, more) in enumerate(counted):
        first, rows = value if first is None else first, rows + more
        if rows >= size or n == len(counted) - 1:
            yield first, value
            first, rows = None, 0
