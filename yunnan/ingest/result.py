"""What became of one file: where it belongs, its rows, what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from yunnan.ingest import tables
from yunnan.ingest.notes import Notes, Unreadable
from yunnan.ingest.rows import Order, Rows
from yunnan.ingest.tables import Table
from yunnan.publication import staging


@dataclass(frozen=True)
class Result:
    """What became of one file, as far as it is read: each stage makes a new one of the last."""

    file: str
    sha256: str | None
    order: Order
    table: str | None = None
    sender: str | None = None
    period: str | None = None
    notes: Notes = field(default_factory=Notes)
    parts: tuple[Table, ...] = ()
    rows: Rows | None = None
    declared_rows: int | None = None
    declared_amount: Decimal | None = None
    is_refused: bool = False
    is_rest: bool = False  # the rows of a file of several quarters that are of none
    beside: Sequence[str] = ()  # what it takes the place of, and what it is added to

    def noted(self, notes: Notes) -> "Result":
        """The result with these notes after its own."""
        return replace(self, notes=self.notes.joined(notes))

    def refused(self, why: Unreadable) -> "Result":
        """The result, refused as a whole for this reason."""
        return replace(self.noted(Notes(refused=[why.note])), is_refused=True)

    @property
    def status(self) -> str:
        """'accepted', 'partly' or 'refused'."""
        if self.is_refused:
            return "refused"
        return "partly" if self.rows is not None and self.rows.wrong else "accepted"

    @property
    def is_backfill(self) -> bool:
        """Whether it is of a quarter from before returns were due: it cannot be late."""
        return self.table not in staging.OFFICE and self.order.dates.is_backfill(self.period)

    @property
    def is_unowed(self) -> bool:
        """Whether its sender owes no returns: it is taken in, and cannot be late."""
        is_quarterly = self.table is not None and self.table not in staging.OFFICE
        return is_quarterly and self.sender is not None and not self.order.dates.is_sender(self.sender)

    @property
    def accepted(self) -> list[int]:
        """The rows that go on."""
        return list(self.rows.good()) if self.rows is not None and not self.is_refused else []

    @property
    def rows_refused(self) -> int:
        """Rows of the return that do not go on; of a file refused whole all of them."""
        whole = sum(len(part.indexes) for part in self.parts)
        return whole if self.is_refused else len(self.rows.wrong) if self.rows is not None else 0

    @property
    def rows_in(self) -> int:
        """Lines below the headers, counted from the sheets themselves."""
        return sum(tables.count(part) for part in self.parts)
