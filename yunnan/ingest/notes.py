"""The remarks on a return: one note a cell, row, sheet or file."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
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
    """Remarks in the order of reading: filled by the stage that makes them, then joined to the result's."""

    refused: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    changes: list[Note] = field(default_factory=list)
    dropped: list[Note] = field(default_factory=list)
    _more: Counter[tuple] = field(default_factory=Counter)

    def changed(self, note: Note) -> None:
        """List a change; after LISTED cells only the number of each column is kept."""
        if note.row is None or len(self.changes) < LISTED:
            self.changes.append(note)
        else:
            self._more[note.sheet, note.column] += 1

    @property
    def normalised(self) -> list[Note]:
        """The changes, and how many of each column were not listed one by one."""
        more = [
            Note(sheet, None, column, None, f"另有{count:,}格也作了同类换算，不逐格列出")
            for (sheet, column), count in self._more.items()
        ]
        return self.changes + more

    def joined(self, later: "Notes") -> "Notes":
        """These notes and then the later ones, in notes of their own."""
        refused, warnings = self.refused + later.refused, self.warnings + later.warnings
        notes = Notes(refused, warnings, list(self.changes), self.dropped + later.dropped, Counter(self._more))
        for note in later.changes:
            notes.changed(note)
        notes._more.update(later._more)
        return notes

    def on(self, lines: Collection[tuple[str | None, int | None]]) -> "Notes":
        """Those on these lines: sheet and row."""
        return self._kept(lambda note: (note.sheet, note.row) in lines)

    def besides(self, lines: Collection[tuple[str | None, int | None]]) -> "Notes":
        """Those on no such line, with what was only counted."""
        return replace(self._kept(lambda note: (note.sheet, note.row) not in lines), _more=Counter(self._more))

    def _kept(self, is_kept: Callable[[Note], bool]) -> "Notes":
        kinds = (self.refused, self.warnings, self.changes, self.dropped)
        refused, warnings, changes, dropped = (list(filter(is_kept, notes)) for notes in kinds)
        return Notes(refused, warnings, changes, dropped)
