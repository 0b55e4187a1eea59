"""The door to data/staging/: returns that were read, each a folder that appears whole and never changes.

data/staging/<batch_id>/batch.json + rows.parquet + issues.parquet + feedback.xlsx
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from yunnan import settings

FORMAT = 1
REFUSED_WHOLE = "整份拒收"


class Unreadable(Exception):
    """A staged batch is not as ingest leaves it; the sentence names the folder."""


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
        """When it was read; a later one of the same key replaces an earlier."""
        return datetime.fromisoformat(self.facts["received_at"])

    @property
    def last_day(self) -> date:
        """The last day of its period."""
        year, quarter = int(self.facts["report_period"][:4]), int(self.facts["report_period"][5])
        return date(year, quarter * 3, 31 if quarter in (1, 4) else 30)

    @property
    def rows(self) -> Path | None:
        """The accepted rows; None if nothing of the file was accepted, which counts as not reported."""
        whole = self.facts["status"] != REFUSED_WHOLE and (
            self.facts["rows_accepted"] or not self.facts["rows_refused"]
        )
        file = self.path / "rows.parquet"
        return file if whole and file.is_file() else None

    @property
    def issues(self) -> Path | None:
        """What was wrong with it; None if nothing was."""
        file = self.path / "issues.parquet"
        return file if file.is_file() else None

    @property
    def feedback(self) -> bytes | None:
        """The feedback workbook."""
        file = self.path / "feedback.xlsx"
        return file.read_bytes() if file.is_file() else None


def folder() -> Path:
    """Where returns wait for publication."""
    return settings.DATA_DIR / "staging"


def batches() -> list[Batch]:
    """All staged returns in the order in which they were received. Raises Unreadable."""
    found = [_read(file.parent) for file in folder().glob("[!.]*/batch.json")]
    return sorted(found, key=lambda batch: (batch.received_at, batch.id))


def _read(path: Path) -> Batch:
    try:
        facts = json.loads((path / "batch.json").read_text(encoding="utf-8"))
        batch = Batch(path, facts)
        is_known = facts["format"] == FORMAT and facts["batch_id"] == path.name and batch.key and batch.last_day
        due = datetime.fromisoformat(facts["due_date"])
        if (
            is_known
            and batch.received_at
            and due
            and facts["status"]
            and facts["rows_accepted"] + facts["rows_refused"] >= 0
        ):
            return batch
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise Unreadable(f"暂存的批次 {path} 无法读取；请删除该文件夹，再对原报表运行一次 python -m yunnan ingest")
