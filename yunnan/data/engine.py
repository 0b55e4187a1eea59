"""Connections to DuckDB with the server's limits: few threads, little memory, and only the files named.

Each connection has threads of its own as long as it is open. The system limits the threads of the service (TasksMax in
deploy/yunnan.service); once they are used up, no page can be drawn for anybody.
"""

import duckdb
import pyarrow as pa

from yunnan import settings

MOST_THREADS = 2  # threads of a connection that work on queries; DuckDB's default is one for each core
FOR_FILES = 1  # threads of a connection that read files ahead; DuckDB's default is eight


def connect() -> duckdb.DuckDBPyConnection:
    """A connection to a new database in memory, with few threads."""
    threads = min(settings.THREADS, MOST_THREADS)
    return duckdb.connect(":memory:", config={"threads": threads, "async_threads": FOR_FILES})


def shut_in(connection: duckdb.DuckDBPyConnection, run_time: int, files: list[str]) -> None:
    """Let a connection read only these files and write none; a query may run run_time ms.

    The order of the settings matters: see docs/decisions.md.
    """
    connection.execute(f"set memory_limit = '{settings.MEMORY_LIMIT}'")
    connection.execute("set temp_directory = ''")
    connection.execute(f"set global max_execution_time = {run_time}")  # a plain SET does not reach cursors
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")
    connection.execute("set global python_enable_replacements = false")
    quoted = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    connection.execute(f"set allowed_paths = [{quoted}]")
    connection.execute("set enable_external_access = false")


def as_it_lies(texts: pa.StringArray) -> bytes:
    """All texts of an array that a query returned, joined, copied at once from its buffer."""
    _, starts, letters = texts.buffers()
    at = memoryview(starts).cast("i")
    return letters[at[texts.offset] : at[texts.offset + len(texts)]].to_pybytes()
