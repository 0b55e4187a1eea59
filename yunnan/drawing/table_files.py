"""Tables that pages have drawn, kept in memory as files for download; each only for the person it was drawn for.

A page keeps a table and gets a key; yunnan/server/downloads.py answers the address that contains the key. The file is
written when its link is followed, which few are. A file's owner includes the prefectures that the person may see: who
loses a prefecture cannot fetch files made before.
"""

import hmac
import json
import pickle
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import pandas as pd

from yunnan.access import viewer
from yunnan.access.viewer import Person
from yunnan.drawing.exports import csv

MOST_BYTES = 12 << 20  # of all tables together; the tables of a page take some 20 KB
_SECRET = secrets.token_bytes()  # new at each start; without it a key could be computed from the table's content
_kept: OrderedDict[str, "Table"] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Table:
    """A table as a file: its owner, its file name, its rows, and the fields that the log of exports gets."""

    owner: Person
    file: str
    pickled: bytes  # some ten times quicker to make than the file, and nobody else's: it never leaves the process
    marks: dict[str, str]
    facts: dict[str, object]

    @property
    def data(self) -> bytes:
        """The file."""
        return csv.to_csv(pickle.loads(self.pickled), **self.marks)


def keep(file: str, drawn: pd.DataFrame, *, asof: str, nature: str, **facts: object) -> str:
    """Keep a table for the current viewer; returns its key, which is the same when the same table is drawn again.

    asof, nature: what the file says of its data in each row.
    """
    table = Table(viewer.person(), file, pickle.dumps(drawn), {"asof": asof, "nature": nature}, facts)
    facts_of_file = (table.owner, file, table.marks, json.dumps(facts, ensure_ascii=False, sort_keys=True))
    content = repr(facts_of_file).encode() + table.pickled
    key = hmac.new(_SECRET, content, "sha256").hexdigest()[:32]
    with _lock:
        _kept[key] = table
        _kept.move_to_end(key)
        size = sum(len(kept.pickled) for kept in _kept.values())
        while size > MOST_BYTES and len(_kept) > 1:
            size -= len(_kept.popitem(last=False)[1].pickled)
    return key


def find(key: str) -> Table | None:
    """The file with this key; None if it was kept for somebody else or dropped because MOST_BYTES was reached."""
    table = _kept.get(key)
    return table if table and table.owner == viewer.person() else None
