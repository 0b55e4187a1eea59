"""The database as the server uses it: few threads a connection, little memory, nothing but named files.

A connection has threads of its own, which wait as long as it is kept. The system allows the service only so many in
all (TasksMax in deploy/yunnan.service); when they are used up, no page can be drawn for anybody.
"""

import duckdb

from yunnan import settings

MOST_THREADS = 2  # that work on one query; by default there is one for each core
FOR_FILES = 1  # that read ahead; by default there are eight, whatever the cores


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory with few threads."""
    threads = min(settings.THREADS, MOST_THREADS)
    return duckdb.connect(":memory:", config={"threads": threads, "async_threads": FOR_FILES})


def shut_in(connection: duckdb.DuckDBPyConnection, run_time: int, files: list[str]) -> None:
    """Nothing but these files can be read, and nothing written. The order is forced: see docs/decisions.md."""
    connection.execute(f"set memory_limit = '{settings.MEMORY_LIMIT}'")
    connection.execute("set temp_directory = ''")
    connection.execute(f"set global max_execution_time = {run_time}")  # a plain SET does not reach cursors
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")
    connection.execute("set global python_enable_replacements = false")
    quoted = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    connection.execute(f"set allowed_paths = [{quoted}]")
    connection.execute("set enable_external_access = false")
