"""The SQL that is put around a named query: columns, order, cells of a CSV file, counts and sums.

Only column names that the query's own header states become SQL, so no text from an address can.
"""

from collections.abc import Iterator, Sequence

from yunnan.data import queries


def column(name: str, wanted: str) -> str:
    """A column of queries/<name>.sql as quoted SQL. Raises KeyError if its header does not state the column."""
    if wanted not in queries.load(name).returns:
        raise KeyError(f"queries/{name}.sql has no column {wanted}")
    return f'"{wanted}"'


def kind(name: str, wanted: str) -> str:
    """The DuckDB type of a column of queries/<name>.sql."""
    return queries.load(name).returns[wanted]


def values(name: str, wanted: str) -> str:
    """The SQL of a column's values; a list gives each of its values a row of its own."""
    return f"unnest({column(name, wanted)})" if kind(name, wanted).endswith("[]") else column(name, wanted)


def line(name: str, columns: Sequence[str]) -> str:
    """The SQL of a row as a line of CSV that ends with $line_end: one flat concat(), in which null is empty."""
    cells = ", ',', ".join(cell(name, column) for column in columns)
    return f"concat({cells}, $line_end)"


def cell(name: str, wanted: str) -> str:
    """The SQL of a cell of CSV, as arguments of concat(); empty where the value is null."""
    column_type, quoted = kind(name, wanted), column(name, wanted)
    if column_type == "BOOLEAN":
        return f"if({quoted} is null, '', if({quoted}, '是', '否'))"
    if wanted in queries.load(name).header.get("plain", "").split():  # the contract allows no risky text in these
        mark = f"if({quoted} is null, '', '\"')"
        return f"{mark}, {quoted}, {mark}"
    if column_type.endswith("[]"):
        return f"csv_text(array_to_string({quoted}, '；'))"
    return f"csv_text({quoted})" if column_type == "VARCHAR" else quoted


def ordered(name: str, order: str) -> str:
    """The SQL ' order by ...' for a column ('-column': descending), empty for no order; nulls come last.

    All other columns follow, so that rows with equal values have the same order each time.
    """
    if not order:
        return ""
    by = column(name, order.removeprefix("-"))
    rest = ", ".join(
        f'"{other}"' for other, column_type in queries.load(name).returns.items() if not column_type.endswith("[]")
    )
    return f" order by {by} {'desc' if order.startswith('-') else 'asc'} nulls last, {rest}"


def totals(name: str, sums: Sequence[str]) -> str:
    """The SQL of the number of rows and the sums of columns of the query that is put into {unordered}."""
    added = "".join(f", sum({column(name, wanted)})::double as {column(name, wanted)}" for wanted in sums)
    return f"select count(*) as rows{added} from (\n{{unordered}}\n)"


def counts(name: str, wanted: Sequence[str]) -> str:
    """The SQL of the number of rows by value of each column, for the query that is put into {unordered}.

    It returns part (the column), value and rows.
    """
    select_list = ", ".join(column(name, part) for part in wanted)
    each = " union all ".join(
        f"select '{part}' as part, value::varchar as value, count(*) as rows"
        f" from (select {values(name, part)} as value from selected_rows) where value is not null group by all"
        for part in wanted
    )
    selected = f"with selected_rows as materialized (select {select_list} from (\n{{unordered}}\n))"
    return f"{selected} {each} order by rows desc, value"


def runs(counted: list[tuple], size: int) -> Iterator[tuple]:
    """(first value, last value) of each run of at least size rows, the last run excepted.

    counted: (value, rows) in the order of the values; a value is never split between two runs.
    """
    first, rows = None, 0
    for n, (value, more) in enumerate(counted):
        first, rows = value if first is None else first, rows + more
        if rows >= size or n == len(counted) - 1:
            yield first, value
            first, rows = None, 0
