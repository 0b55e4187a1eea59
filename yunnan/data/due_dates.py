"""When returns are due, from which quarter and from whom: settings of the data folder, kept by each snapshot as made.

DATA_DIR/deadline.json, written by python -m yunnan deadline; YUNNAN_DEADLINE goes before the day and hour in it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

from yunnan import settings
from yunnan.words import geography

if TYPE_CHECKING:  # the worker that reads returns has no use for it, and it is a fifth of the worker's start
    import duckdb

FILE = "deadline.json"
USUAL = "10 18:00"
QUARTER = re.compile(r"20[0-9]{2}Q[1-4]")


class Unreadable(Exception):
    """The settings of the data folder cannot be read; the sentence says the way out."""


@dataclass(frozen=True)
class DueDates:
    """The day of the month after a quarter and the hour by which returns are due, the first quarter, and from whom."""

    deadline: str = USUAL
    first: str | None = None  # None: every quarter is due
    senders: tuple[str, ...] = ()  # codes of the places that owe returns; none: all 17

    def is_backfill(self, period: str | None) -> bool:
        """Whether returns of a period such as 2023Q1 were never due: they are 补报, and cannot be late."""
        return bool(period and self.first and period < self.first)

    def is_sender(self, place: str | None) -> bool:
        """Whether a prefecture, or the province itself, owes returns."""
        return not self.senders or place in self.senders

    @property
    def sentences(self) -> list[str]:
        """In words: by when returns are due, and from which quarter."""
        day, hour = self.deadline.split()
        whence = "（由 YUNNAN_DEADLINE 定，在文件所写之前）" if settings.DEADLINE else ""
        begins = f"从 {self.first} 起应报，以前的季度是补报，迟报不适用" if self.first else "每个季度都应报"
        sentences = [f"季报在季后次月{int(day)}日{hour}前报到{whence}", begins]
        if self.senders:
            names = [name for code, name in everyone().items() if code in self.senders]
            sentences.append(
                f"报送单位{len(names)}个：{'、'.join(names)}；其余的不应报，没有报来的不算未报送，报来的照收、不算迟"
            )
        return sentences

    @property
    def facts(self) -> dict[str, dict]:
        """What a snapshot's manifest keeps of this; nothing where it is as usual."""
        return {} if self == DueDates() else {"due_dates": _written(self)}


def read() -> DueDates:
    """What holds in the data folder now. Raises Unreadable."""
    in_force = stored()
    return replace(in_force, deadline=settings.DEADLINE or in_force.deadline)


def stored() -> DueDates:
    """What the file of the data folder says, the usual where there is none. Raises Unreadable."""
    file = settings.DATA_DIR / FILE
    try:
        return _fitting(json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return DueDates()
    except (OSError, ValueError, TypeError, AttributeError):
        way = '请用 python -m yunnan deadline --due "10 18:00" --first 2026Q1 --senders 全部 重写，各写实际的'
        raise Unreadable(f"报送期限的设置 {file} 读不了或改坏了；{way}") from None


def write(dates: DueDates, folder: Path | None = None) -> Path:
    """Keep them in the data folder, or in another; the file. Raises OSError."""
    file = (folder or settings.DATA_DIR) / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    making = file.with_suffix(".making")
    making.write_text(json.dumps(_written(dates), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    making.replace(file)
    return file


def is_deadline(text: str) -> bool:
    """Whether a text is a day of the month and an hour, '10 18:00'."""
    return re.fullmatch(settings.DEADLINE_FORM, text, re.ASCII) is not None


def everyone() -> dict[str, str]:
    """Code and name of all who may owe returns: the 16 prefectures, and the province itself."""
    return {place.code: place.name_zh for place in geography.prefectures()} | {geography.PROVINCE: "省本级"}


def from_facts(facts: Mapping) -> DueDates:
    """The settings as a manifest, or a job of the worker, has them."""
    return DueDates(**{**facts, "senders": tuple(facts.get("senders", ()))})


def _written(dates: DueDates) -> dict:
    """Without a word of senders where all owe returns."""
    return {key: value for key, value in asdict(dates).items() if key != "senders" or value}


def settle(connection: "duckdb.DuckDBPyConnection", manifest: Mapping) -> None:
    """Tell the macros of queries/views.sql what a snapshot's manifest says of due dates."""
    dates = from_facts(manifest.get("due_dates", {}))
    day, hour = dates.deadline.split()
    clock = time.fromisoformat(hour)
    connection.execute(
        "update office.deadline"
        " set first_due = $first, days_after = $days, minutes_after = $minutes, senders = $senders",
        {
            "first": dates.first,
            "days": int(day),
            "minutes": 60 * clock.hour + clock.minute,
            "senders": list(dates.senders) or None,
        },
    )


def is_fitting(facts: object) -> bool:
    """Whether it is such a setting, as a manifest keeps it."""
    try:
        return isinstance(facts, dict) and bool(_fitting(facts))
    except (ValueError, TypeError, AttributeError):
        return False


def _fitting(facts: dict) -> DueDates:
    """Raises ValueError for what is no such setting."""
    dates = from_facts(facts) if facts.keys() - {"senders"} == {"deadline", "first"} else None
    is_whole = dates and is_deadline(dates.deadline) and (dates.first is None or QUARTER.fullmatch(dates.first))
    if dates and is_whole and set(dates.senders) <= everyone().keys():
        return dates
    raise ValueError
