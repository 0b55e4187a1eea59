"""The remarks on a return: one note a cell, row, sheet or file."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Note(NamedTuple):
    """One remark. sheet, row, column are None where it concerns more than one of them."""

    sheet: str | None
    row: int | None
    column: str | None
    rule: str | None
    message: str
    before: str | None = None  # as the sender wrote it, masked
    after: str | None = None  # as it was read


class Unreadable(Exception):
    """The whole file is refused; the sentence says why and what to do."""

    def __init__(self, rule: str, message: str, sheet: str | None = None, row: int | None = None, column: str = ""):
        super().__init__(message)
        self.note = Note(sheet, row, column or None, rule, message)


LISTED = 2_000  # changes listed cell by cell; beyond, each column's are counted


@dataclass
class Notes:
    """All remarks on one return, in the order of reading."""

    refused: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    normalised: list[Note] = field(default_factory=list)
    dropped: list[Note] = field(default_factory=list)
    hints: list[Note] = field(default_factory=list)
    _more: dict[tuple, int] = field(default_factory=dict)

    def changed(self, note: Note) -> None:
        """List a change; after LISTED cells only the number of each column is kept."""
        if note.row is None or len(self.normalised) < LISTED:
            self.normalised.append(note)
        else:
            self._more[note.sheet, note.column] = self._more.get((note.sheet, note.column), 0) + 1

    def close(self) -> None:
        """Say how many changes of each column were not listed one by one."""
        for (sheet, column), count in self._more.items():
            self.normalised.append(Note(sheet, None, column, None, f"另有{count:,}格也作了同类换算，不逐格列出"))
        self._more.clear()
