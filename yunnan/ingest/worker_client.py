"""The way from the command line's process to the worker: jobs go out, answers come back."""

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

from yunnan import settings
from yunnan.ingest.context import Context
from yunnan.ingest.file_kinds import label
from yunnan.ingest.rows import Order


@dataclass(frozen=True)
class Job:
    """One file and what is to be written of it; a path that is None is not written."""

    path: Path
    order: Order
    staging: Path | None = None
    dry_run: bool = False  # compared with what is staged, but not staged
    feedback: Path | None = None
    report: Path | None = None
    only_table: bool = False  # say which table it holds, and write nothing
    is_explained: bool = False  # say what would become of it, and write nothing


class Worker:
    """A running worker; close it by leaving the with statement."""

    def __init__(self, context: Context):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "yunnan.ingest.worker"],
            cwd=settings.ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._send(_context_fields(context))

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._process.stdin
        assert self._process.stdout
        if error is not None:
            self._process.kill()
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def ask(self, job: Job) -> dict:
        """What became of the file: counts, first sentences, batch; or {'file', 'error'} for our own failure."""
        order = asdict(job.order) | {"received_at": job.order.received_at.isoformat()}
        paths = {name: _text(getattr(job, name)) for name in ("path", "staging", "feedback", "report")}
        assert self._process.stdout
        try:
            flags = {name: getattr(job, name) for name in ("dry_run", "only_table", "is_explained")}
            self._send(paths | {"order": order} | flags)
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        return json.loads(line) if line else {"file": label(job.path), "error": "读取进程意外退出；请重新运行"}

    def table(self, path: Path, order: Order) -> str | None:
        """Which table a file seems to hold; None where that is not clear."""
        return order.table or self.ask(Job(path, order, only_table=True)).get("table")

    def _send(self, message: dict) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(message, ensure_ascii=True) + "\n")
        self._process.stdin.flush()


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path.absolute())


def _context_fields(context: Context) -> dict:
    return {
        "has_snapshot": context.has_snapshot,
        "organizations": sorted(context.organizations),
        "projects": sorted(context.projects),
        "documents": sorted(context.documents),
        "words": context.words,
        "county_names": context.county_names,
        "spans": context.spans,
        "counted": [[*key, what] for key, what in context.counted.items()],
        "stages": context.stages,
        "by_credit_code": context.by_credit_code,
        "by_name": context.by_name,
        "profiles": context.profiles,
        "balances": context.balances,
        "receipts": context.receipts,
        "last_receipt": context.last_receipt,
        "stats": [(*key, value) for key, value in context.stats.items()],
    }
