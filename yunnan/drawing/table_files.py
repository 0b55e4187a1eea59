"""Tables that pages have drawn, kept in memory as files for download; each only for the person it was drawn for.

A page keeps a table and gets a key; yunnan/server/downloads.py answers the address that contains the key. A file's
owner includes the prefectures that the person may see: who loses a prefecture cannot fetch files made before.
"""

import hmac
import json
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from yunnan.access import viewer
from yunnan.access.viewer import Person

MOST_BYTES = 12 << 20  # of all tables together; the tables of a page take some 20 KB
_SECRET = secrets.token_bytes()  # new at each start; without it a key could be computed from the table's content
_kept: OrderedDict[str, "Table"] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Table:
    """A table as a file: its owner, its file name, its bytes, and the fields that the log of exports gets."""

    owner: Person
    file: str
    data: bytes
    facts: dict[str, object]


def keep(file: str, data: bytes, **facts: object) -> str:
    """Keep a file for the current viewer; returns its key, which is the same when the same table is drawn again."""
    table = Table(viewer.person(), file, data, facts)
    content = repr((table.owner, file, json.dumps(facts, ensure_ascii=False, sort_keys=True))).encode() + data
    key = hmac.new(_SECRET, content, "sha256").hexdigest()[:32]
    with _lock:
        _kept[key] = table
        _kept.move_to_end(key)
        size = sum(len(kept.data) for kept in _kept.values())
        while size > MOST_BYTES and len(_kept) > 1:
            size -= len(_kept.popitem(last=False)[1].data)
    return key


def find(key: str) -> Table | None:
    """The file with this key; None if it was kept for somebody else or dropped because MOST_BYTES was reached."""
    table = _kept.get(key)
    return table if table and table.owner == viewer.person() else None
