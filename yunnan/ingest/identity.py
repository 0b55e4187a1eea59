"""Ids: made from a row's content where the sender gives none, so that the same return twice is the same rows."""

import hashlib
from collections import Counter, defaultdict

from yunnan.ingest import forms
from yunnan.ingest.rows import Rows

LETTERS = {"funds": "F", "beneficiaries": "B", "activities": "A"}
DIGITS = 15


def fill(rows: Rows) -> None:
    """Give an id to each row that has none: its content, sender, period and number among equal rows decide it."""
    letter = LETTERS.get(rows.table)
    if letter is None:
        return
    (key,) = forms.KEYS[rows.table]
    ids = rows.column(key)
    columns = [rows.values[name] for name in sorted(rows.values) if name != key]
    before: Counter = Counter()
    for i, content in enumerate(zip(*columns, strict=True)):
        if ids[i] is None and i not in rows.wrong:
            told = "\x1f".join("" if value is None else str(value) for value in content)
            before[told] += 1
            ids[i] = letter + _digits(
                f"{rows.table}\x1f{rows.sender}\x1f{rows.quarter.name}\x1f{told}\x1f{before[told]}"
            )
    rows.values[key] = ids


def duplicates(rows: Rows) -> None:
    """One key on several rows: of equal rows all but the first are refused, of different ones all."""
    keys = [rows.column(name) for name in forms.KEYS[rows.table]]
    where: dict[tuple, list[int]] = defaultdict(list)
    for i, key in enumerate(zip(*keys, strict=True)):
        if None not in key:
            where[key].append(i)
    for key, found in where.items():
        if len(found) > 1:
            _refuse(rows, "、".join(map(str, key)), found)


def _refuse(rows: Rows, key: str, found: list[int]) -> None:
    contents = {tuple(str(values[i]) for values in rows.values.values()) for i in found}
    column = forms.KEYS[rows.table][-1]
    told = "、".join(str(rows.numbers[i]) for i in found[:6])
    if len(contents) == 1:
        for i in found[1:]:
            rows.refuse(
                i, column, "DQ-16", f"“{key}”重复，与第{rows.numbers[found[0]]}行完全相同；只收第一行，请删去重复的"
            )
        return
    for i in found:
        rows.refuse(i, column, "DQ-16", f"“{key}”在第{told}行重复而内容不同，不知哪一行对；请核对后重报")


def _digits(text: str) -> str:
    return str(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % 10**DIGITS).zfill(DIGITS)
