"""The data contract queries/schema.sql as a table, with one row for each column that a snapshot may hold."""

import functools

import pandas as pd

from yunnan.data import engine, queries


def dictionary() -> pd.DataFrame:
    """A row per column of queries/schema.sql: table_name, table_comment, column_name, data_type, comment.

    The caller may change the frame.
    """
    return _contract().copy()


@functools.cache
def _contract() -> pd.DataFrame:
    with engine.connect() as memory:
        memory.execute(queries.load("schema").sql)
        return memory.execute(
            "select t.table_name, t.comment as table_comment, c.column_name,"
            " if(starts_with(c.data_type, 'ENUM'), 'ENUM', c.data_type) as data_type, c.comment"
            " from duckdb_columns() c join duckdb_tables() t using (table_oid)"
            " order by t.table_oid, c.column_index"
        ).df()
