"""The door to data/staging/: returns that were read, each a folder that appears whole and never changes.

data/staging/<batch_id>/batch.json + rows.parquet + issues.parquet + feedback.xlsx
A batch ends with the number of its receipt and, if it is a part of a return, the number of the part:
funds-533300-2020Q2-000012, funds-533300-2020Q2-000013-2.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from yunnan import settings
from yunnan.publication.periods import QUARTER, Quarter
from yunnan.words import disk_errors

FORMATS = (1, 2)  # 1: without the hash of the rows, and named by the file's hash
# What an office knows besides its quarterly returns: sent when it changes, due at no time.
OFFICE = (
    *("policies", "targets", "programmes", "county_poverty_annual", "code_lists", "stages"),
    *("office_figures", "place_traits", "pairings", "county_names", "indicator_spans"),
)
REFUSED_WHOLE = "整份拒收"
RECEIPT = re.compile(r"-(\d{6,9})(?:-(\d{1,3}))?")


class Unreadable(Exception):
    """A staged batch is not as ingest leaves it; the sentence names the folder."""


def receipt(batch_id: str) -> int:
    """The number of the receipt; 0 for batches from before receipts were numbered."""
    match = RECEIPT.search(batch_id, _start(batch_id))
    return int(match[1]) if match and match.end() == len(batch_id) else 0


def part(batch_id: str) -> int | None:
    """Which part of a return the batch is; None for a whole one."""
    match = RECEIPT.search(batch_id, _start(batch_id))
    return int(match[2]) if match and match.end() == len(batch_id) and match[2] else None


def _start(batch_id: str) -> int:
    """Where the period ends: table-533300-2020Q2, then the receipt."""
    return len("-".join(batch_id.split("-")[:3]))


def replaces(later: int | None, earlier: int | None) -> bool:
    """Whether a later receipt takes an earlier one's place: a whole one always, a part that of the same part.

    What came without a number counts as the first part.
    """
    return later is None or later == (earlier or 1)


@dataclass(frozen=True)
class Batch:
    """One return: its folder and the facts of batch.json."""

    path: Path
    facts: dict

    @property
    def id(self) -> str:
        """'funds-533300-2020Q2-0123456789ab'."""
        return self.path.name

    @property
    def key(self) -> tuple[str, str, str]:
        """What a newer return replaces: table, prefecture, period."""
        return self.facts["table_name"], self.facts["prefecture_code"], self.facts["report_period"]

    @property
    def file(self) -> str:
        """The sender's name of the file."""
        return self.facts["source_file"]

    @property
    def received_at(self) -> datetime:
        """When it was read, by the clock of settings.ZONE."""
        return settings.local(datetime.fromisoformat(self.facts["received_at"]))

    @property
    def part(self) -> int | None:
        """Which part of the return it is; None for a whole one."""
        return part(self.id)

    @property
    def order(self) -> tuple[int, datetime]:
        """Later receipts are greater, whatever the clock said."""
        return receipt(self.id), self.received_at

    @property
    def has_period(self) -> bool:
        """Whether it is known which period the return is of; without one it can only be a refused file."""
        return QUARTER.fullmatch(self.facts["report_period"] or "") is not None

    @property
    def last_day(self) -> date:
        """The last day of its period."""
        return Quarter(self.facts["report_period"]).end

    @property
    def begins(self) -> date:
        """The as-of date from which it counts: the end of its period, for the office's registers the beginning."""
        quarter = Quarter(self.facts["report_period"])
        return quarter.start if self.facts["table_name"] in OFFICE else quarter.end

    @property
    def has_rows(self) -> bool:
        """Whether the return counts; one of which nothing was accepted counts as not reported."""
        is_whole = self.facts["status"] != REFUSED_WHOLE
        return is_whole and bool(self.facts["rows_accepted"] or not self.facts["rows_refused"])

    @property
    def rows(self) -> Path | None:
        """The accepted rows; None if nothing of the file was accepted."""
        return self.path / "rows.parquet" if self.has_rows else None

    def verify(self) -> None:
        """The rows that were accepted are there as ingest left them. Raises Unreadable."""
        file = self.path / "rows.parquet"
        try:
            data = file.read_bytes()
        except OSError:
            raise _lost(self.path, "接收的行 rows.parquet 不见了或读不了") from None
        seal = self.facts.get("rows_sha256")
        if not _is_parquet(data) or (seal and hashlib.sha256(data).hexdigest() != seal):
            raise _lost(self.path, "接收的行 rows.parquet 与收下时不一致")

    @property
    def issues(self) -> Path | None:
        """What was wrong with it; None if nothing was. Raises Unreadable."""
        file = self.path / "issues.parquet"
        if not file.is_file():
            return None
        if not _is_parquet(file.read_bytes()):
            raise _lost(self.path, "的问题清单 issues.parquet 已损坏")
        return file

    @property
    def feedback(self) -> bytes | None:
        """The feedback workbook."""
        file = self.path / "feedback.xlsx"
        return file.read_bytes() if file.is_file() else None


def folder() -> Path:
    """Where returns wait for publication."""
    return settings.DATA_DIR / "staging"


def withdrawn_folder() -> Path:
    """Where a line lies for each return that was taken back."""
    return folder() / ".withdrawn"


def is_withdrawn(path: Path) -> bool:
    """Whether a staged return was taken back."""
    return (path.parent / ".withdrawn" / f"{path.name}.json").is_file()


def paths(staging_folder: Path | None = None) -> list[Path]:
    """The folders of all staged returns, or of those staged elsewhere. Raises Unreadable."""
    staging_folder = staging_folder or folder()
    try:
        return sorted(path for path in staging_folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        what = f"暂存文件夹 {staging_folder} 列不出来（{disk_errors.why(error)}），不知收到了哪些报表；请检查它的权限"
        raise Unreadable(what) from error


def batches() -> list[Batch]:
    """All staged returns in the order in which they were received. Raises Unreadable."""
    return sorted(map(read, paths()), key=lambda batch: (batch.order, batch.id))


def read(path: Path) -> Batch:
    """The batch in a folder. Raises Unreadable."""
    try:
        batch = Batch(path, json.loads((path / "batch.json").read_text(encoding="utf-8")))
        if _is_whole(batch):
            return batch
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise _lost(path, "无法读取")


def _is_whole(batch: Batch) -> bool:
    """All that publication needs is there. May raise whatever reading raises."""
    facts = batch.facts
    is_known = facts["format"] in FORMATS and facts["batch_id"] == batch.path.name and batch.received_at
    count = facts["rows_accepted"] + facts["rows_refused"]
    if not batch.has_rows:  # a refused file is only recorded; its table and period may be unknown
        return bool(is_known and facts["status"] and count >= 0)
    return bool(is_known and all(batch.key) and batch.last_day and datetime.fromisoformat(facts["due_date"]))


def _is_parquet(data: bytes) -> bool:
    """Whether a file begins and ends as such a file does: one cut off does not."""
    return len(data) > 8 and data.startswith(b"PAR1") and data.endswith(b"PAR1")


def _lost(path: Path, what: str) -> Unreadable:
    return Unreadable(f"暂存的批次 {path} {what}；请删除该文件夹，再对原报表运行一次 python -m yunnan ingest")
