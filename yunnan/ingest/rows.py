"""The rows of one return, column by column, with what was found wrong; and the order that it is read under."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from yunnan.data.due_dates import DueDates
from yunnan.ingest import forms
from yunnan.ingest.context import Context
from yunnan.ingest.notes import Note, Notes
from yunnan.ingest.personal import masked
from yunnan.ingest.profiles import Profile
from yunnan.ingest.tables import Table
from yunnan.publication.periods import Quarter


@dataclass(frozen=True)
class Order:
    """What the command line says about a file: its period, sender and table, if it says so."""

    period: str | None = None
    prefecture: str | None = None
    table: str | None = None
    received_at: datetime = datetime(2000, 1, 1)
    is_synthetic: bool = False
    part: int | None = None  # which part of a return, if it is not a whole one
    covers_province: bool = False  # the province's list is one of every prefecture too
    is_replacing: bool = False  # what stands of the same sender, table and period gives way
    periods: tuple[str, ...] = ()  # the quarters of a file that holds several; period is None then
    dates: DueDates = field(default_factory=DueDates)  # by when returns are due, and from which quarter


@dataclass
class Rows:
    """The rows of all sheets together. values[column][i], sheets[i], numbers[i] belong to row i.

    Only the stage that makes it changes it: reading fills it cell by cell, then the rules fill gaps and judge.
    """

    table: str
    quarter: Quarter
    sender: str | None
    context: Context
    parts: Sequence[Table]
    notes: Notes = field(default_factory=Notes)  # on these rows alone
    sheets: list[str | None] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    values: dict[str, list] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)  # column -> its header as the sender wrote it
    secrets: set[tuple[str | None, int, str]] = field(default_factory=set)  # cells whose content must never be repeated
    wrong: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)
    quarters: tuple[Quarter, ...] = ()  # what a column 报告期 may name; none: the return's quarter and the one before

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def profile(self) -> Profile | None:
        """What the columns are, where the return is an original; None for our own forms."""
        return next((part.sheet.profile for part in self.parts if part.sheet.profile), None)

    def column(self, name: str) -> list:
        """One column by row; nothing but null where the return has no such column."""
        return self.values.get(name) or [None] * len(self)

    def good(self) -> Iterator[int]:
        """The rows that have not been refused."""
        return (i for i in range(len(self)) if i not in self.wrong)

    def refuse(self, i: int, column: str, rule: str, message: str, before: str | None = None) -> None:
        """Refuse row i for a reason found in a column; before is the cell as it was sent."""
        self.wrong.add(i)
        quoted = masked(before) if before else None
        self.notes.refused.append(Note(self.sheets[i], self.numbers[i], self.head(column), rule, message, quoted))

    def warn(self, i: int, column: str, rule: str, message: str, before: str | None = None) -> None:
        """Accept row i with a doubt."""
        self.doubtful.add(i)
        quoted = masked(before) if before else None
        self.notes.warnings.append(Note(self.sheets[i], self.numbers[i], self.head(column), rule, message, quoted))

    def change(self, i: int, column: str, message: str, before: str = "", after: object = None) -> None:
        """List what was changed in reading row i."""
        masked_after = None if after is None else masked(str(after))
        cell = (self.sheets[i], self.numbers[i], self.head(column))
        self.notes.changed(Note(*cell, None, message, masked(before), masked_after))

    def head(self, column: str) -> str:
        """A column as the sender calls it, else as the form does."""
        contract_column = forms.columns(self.table).get(column)
        return self.heads.get(column) or (contract_column.label if contract_column else column)
