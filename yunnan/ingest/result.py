"""What became of one file: where it belongs, its rows, what is wrong with them."""

from dataclasses import dataclass, field
from decimal import Decimal

from yunnan.ingest import tables
from yunnan.ingest.notes import Notes
from yunnan.ingest.rows import Order, Rows
from yunnan.ingest.tables import Table


@dataclass
class Result:
    """What became of one file."""

    file: str
    sha256: str | None
    order: Order
    table: str | None = None
    sender: str | None = None
    period: str | None = None
    notes: Notes = field(default_factory=Notes)
    parts: list[Table] = field(default_factory=list)
    rows: Rows | None = None
    declared_rows: int | None = None
    declared_amount: Decimal | None = None
    is_refused: bool = False
    beside: list[str] = field(default_factory=list)  # what it takes the place of, and what it is added to

    @property
    def status(self) -> str:
        """'accepted', 'partly' or 'refused'."""
        if self.is_refused:
            return "refused"
        return "partly" if self.rows is not None and self.rows.wrong else "accepted"

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
