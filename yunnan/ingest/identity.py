"""Ids: made from a row's content where the sender gives none, so that the same return twice is the same rows."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection

from yunnan.ingest import forms
from yunnan.ingest.rows import Rows

LETTERS = {"funds": "F", "beneficiaries": "B", "activities": "A", "policies": "L"}
# What makes a document the same one when it is sent again in another state; elsewhere the row, sender and period do.
DOCUMENT = ("title", "issuer", "prefecture_code")
DIGITS = 15


def fill(rows: Rows) -> None:
    """Give an id to each row that has none: its content, sender, period and number among equal rows decide it."""
    letter = LETTERS.get(rows.table)
    if letter is None:
        return
    (key,) = forms.KEYS[rows.table]
    ids = rows.column(key)
    is_document = rows.table == "policies"
    columns = [rows.values[name] for name in (DOCUMENT if is_document else sorted(rows.values)) if name != key]
    whose = "" if is_document else f"{rows.sender}\x1f{rows.quarter.name}"
    before: Counter = Counter()
    for i, content in enumerate(zip(*columns, strict=True)):
        if ids[i] is None and i not in rows.wrong:
            content_key = "\x1f".join("" if value is None else str(value) for value in content)
            before[content_key] += 0 if is_document else 1
            ids[i] = letter + _digits(f"{rows.table}\x1f{whose}\x1f{content_key}\x1f{before[content_key]}")
    rows.values[key] = ids


def issued(uscc: str, taken: Collection[str]) -> str:
    """The number of an organization that gives none: always the same for a credit code, not one of those taken."""
    number, turn = "", 0
    while not number or number in taken:
        number = "O" + _digits(f"organizations\x1f{uscc}\x1f{turn}")
        turn += 1
    return number


def duplicates(rows: Rows) -> None:
    """One key on several rows: of equal rows all but the first are refused, of different ones all."""
    keys = [rows.column(name) for name in forms.KEYS[rows.table]]
    indexes_by_key: dict[tuple, list[int]] = defaultdict(list)
    for i, key in enumerate(zip(*keys, strict=True)):
        if None not in key:
            indexes_by_key[key].append(i)
    for key, indexes in indexes_by_key.items():
        if len(indexes) > 1:
            _refuse(rows, "、".join(map(str, key)), indexes)


def _refuse(rows: Rows, key: str, indexes: list[int]) -> None:
    contents = {tuple(str(values[i]) for values in rows.values.values()) for i in indexes}
    column = forms.KEYS[rows.table][-1]
    row_numbers = "、".join(str(rows.numbers[i]) for i in indexes[:6])
    if len(contents) == 1:
        for i in indexes[1:]:
            rows.refuse(
                i, column, "DQ-16", f"“{key}”重复，与第{rows.numbers[indexes[0]]}行完全相同；只收第一行，请删去重复的"
            )
        return
    for i in indexes:
        rows.refuse(i, column, "DQ-16", f"“{key}”在第{row_numbers}行重复而内容不同，不知哪一行对；请核对后重报")


def _digits(text: str) -> str:
    return str(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % 10**DIGITS).zfill(DIGITS)
