"""Money that two returns report alike may be one sum counted twice: the publisher gets a sentence on both lines.

It stays counted: an office may well have received the same amount twice on a day, and only a person can know.
"""

from collections.abc import Iterator

import duckdb

from yunnan.data import queries
from yunnan.publication.staging import Batch
from yunnan.words import wording

TABLE = "funds"


def sentences(db: duckdb.DuckDBPyConnection, batch: Batch) -> Iterator[str]:
    """The rows of a return that another return holds too."""
    if batch.key[0] != TABLE:
        return
    doubles = db.execute(queries.load("publish/alike").sql, {"batch": batch.id}).fetchall()
    each = (
        f"请核对 {batch.file} 第{row}行与 {other_file} 第{other_row}行：日期、金额、地区、来源都相同，"
        "两处都计入了；是同一笔的，请从其中一份删去，再用 ingest --replace 重报"
        for row, other_file, other_row in doubles
    )
    yield from wording.first_of(each, len(doubles), f"请核对 {batch.file} 另有{{}}行，也与别的报表相同")
