"""Tables that pages have drawn, kept ready as files: each for the person it was drawn for and for nobody else.

A page hands a table over and gets a key, yunnan/server/downloads.py answers the address with that key. What a person
may see is part of the key's owner: whoever loses a prefecture cannot fetch what was drawn before.
"""

import hmac
import json
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from yunnan.access import viewer
from yunnan.access.viewer import Person

MOST_BYTES = 12 << 20  # of all tables together; a page holds some 20 KB
_SECRET = secrets.token_bytes()  # keys cannot be guessed, not even from the table; another start has others
_kept: OrderedDict[str, "Table"] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Table:
    """A file of a table: whose it is, what it is called, its bytes, and what the log says of it."""

    owner: Person
    file: str
    data: bytes
    facts: dict[str, object]


def keep(file: str, data: bytes, **facts: object) -> str:
    """The key under which this file is found by whoever looks now; the same one when it is drawn again."""
    table = Table(viewer.person(), file, data, facts)
    told = repr((table.owner, file, json.dumps(facts, ensure_ascii=False, sort_keys=True))).encode() + data
    key = hmac.new(_SECRET, told, "sha256").hexdigest()[:32]
    with _lock:
        _kept[key] = table
        _kept.move_to_end(key)
        size = sum(len(one.data) for one in _kept.values())
        while size > MOST_BYTES and len(_kept) > 1:
            size -= len(_kept.popitem(last=False)[1].data)
    return key


def find(key: str) -> Table | None:
    """The file of this key, if it was kept for whoever looks now; None as well when it has had to make room."""
    table = _kept.get(key)
    return table if table and table.owner == viewer.person() else None
