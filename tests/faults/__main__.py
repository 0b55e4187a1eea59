"""python -m tests.faults FOLDER: run the trials over the snapshot and the staged return in FOLDER, print what was seen.

A trial is a fork of this warm process, in which the rows are already loaded, computed and checked: what is tried is
everything from the lock to the last sync. Other trials fork before anything is read and go the whole way.
"""

import errno
import fcntl
import hashlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb

from tests.faults.layer import Layer
from tests.staged import ASOF
from yunnan import settings
from yunnan.data import due_dates, snapshot_folders
from yunnan.publication import durable, merge, publish

settings.THREADS = 1  # a process with other threads must not be forked
FACTS = {"published_at": "2018-05-01T09:00:00", "is_synthetic": True, "note": "试验"}
FAILED, WRONG = 3, 4  # exit codes: refused in a sentence; not as promised


class Trials:
    """The folder under trial, and what happened to it."""

    def __init__(self, data: Path) -> None:
        settings.DATA_DIR = data
        self.data, self.folder = data, data / "snapshots"
        self.asof, self.first = str(ASOF), f"{ASOF}.r1"
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self.staged = _hashes(data / "staging")
        self.db = duckdb.connect(config={"threads": 1})
        with duckdb.connect(config={"threads": 1}) as merging:
            merge._merged(merging, merge._base(self.folder, ASOF), ASOF, due_dates.read())
            tables = {table: merging.sql(f"from {table}").to_arrow_table() for table in merge.TABLES}
        publish.prepare(self.db, tables, ASOF)
        self.whole: dict[str, str] = {}  # the files of the new snapshot as they must be

    def put_out(self, wait: float = 60) -> None:
        """Publish what is ready, as intake does once its rows are checked."""
        with durable.locked(self.folder, wait):
            name = f"{self.asof}.r{1 + snapshot_folders.last_revision(self.asof, self.folder)}"
            publish.write_out(
                self.db,
                self.folder / name,
                {"id": name, "asof": self.asof, "revision": int(name.partition(".r")[2]), **FACTS},
                {"batch": b"PK"},
            )

    def fork(self, work: Callable[[], None], kill_after: float | None = None) -> int:
        """Do it in a child; its exit code, negative for a signal. It may be killed after so many seconds."""
        child = os.fork()
        if not child:
            code = WRONG
            try:
                work()
                code = 0
            except durable.NotWritten:
                code = FAILED
            except BaseException as error:
                print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            os._exit(code)
        if kill_after is not None:
            select.select([ended := os.pidfd_open(child)], [], [], kill_after)  # until then, or until it has ended
            os.kill(child, signal.SIGKILL)
            os.close(ended)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def judge(self, what: str, again: Callable[[], None]) -> None:
        """After a trial: old or new whole and nothing else is there; the next publication succeeds; no row is lost."""
        self.counts[what] += 1
        self.look(what)
        if code := self.fork(again):
            self.faults.append(f"{what}: the next publication ended with {code}")
        self.look(f"{what}, next", new=True)
        left = {path.name for path in self.folder.iterdir()} - {".lock", *snapshot_folders.published()}
        if left:
            self.faults.append(f"{what}: left over {left}")
        if _hashes(self.data / "staging") != self.staged:
            self.faults.append(f"{what}: staged returns have changed")
        self.reset()

    def look(self, what: str, new: bool = False) -> None:
        """Every snapshot there is is whole; every new one is the new one, file by file."""
        names = snapshot_folders.published()
        if new and len(names) < 2:
            self.faults.append(f"{what}: nothing was published")
        for name in names:
            faults = list(snapshot_folders.damage(self.folder / name))
            files = {k: v for k, v in _hashes(self.folder / name).items() if k != "manifest.json"}
            if faults or (self.whole and name != self.first and files != self.whole):
                self.faults.append(f"{what}: {name} is torn {faults}")

    def reset(self) -> None:
        """Back to the one snapshot of the beginning, as pruning would; it waits for a reader to close the folder."""
        for name in set(snapshot_folders.published()) - {self.first}:
            handle = os.open(self.folder / name, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(handle, fcntl.LOCK_EX)
            durable.remove(self.folder / name)
            os.close(handle)

    def learn(self) -> int:
        """A publication without a fault: how many operations it takes, and what the new snapshot must be."""
        seen = self.data / "operations"

        def counted() -> None:
            layer = Layer(self.data, None, None)
            self.put_out()
            layer.is_on = False
            seen.write_text(str(layer.seen))

        if code := self.fork(counted):
            raise SystemExit(f"a publication without a fault ended with {code}")
        (name, _) = snapshot_folders.published()
        self.whole = {k: v for k, v in _hashes(self.folder / name).items() if k != "manifest.json"}
        self.reset()
        return int(seen.read_text())

    def every_operation(self, operations: int) -> None:
        """Fail at operation 1, 2, 3 ... by kill -9; by EIO and by a full disk in turn, at every other operation."""
        for at in range(1, operations + 1):
            self.fail("kill at an operation", at, "kill", {-signal.SIGKILL})
        for at in range(1, operations + 1, 2):
            how = errno.EIO if at % 4 == 1 else errno.ENOSPC
            self.fail("error at an operation", at, how, {0, FAILED})

    def fail(self, what: str, at: int, how: int | str, expected: set[int]) -> None:
        if (code := self.fork(lambda: self.failing(at, how))) not in expected:
            self.faults.append(f"operation {at}, {how}: ended with {code}")
        self.judge(what, self.put_out)

    def publish_all(self) -> None:
        """The whole way, from the staged return; that it has gone in already is no fault."""
        try:
            merge.publish_staged(ASOF)
        except publish.Refused:
            if len(snapshot_folders.published()) < 2:
                raise

    def failing(self, at: int, how: int | str) -> None:
        layer = Layer(self.data, at, how)
        try:
            self.put_out()
        except OSError:
            return  # before anything was made: the lock, the sweep
        finally:
            layer.is_on = False

    def every_size(self, sizes: list[int]) -> None:
        """Files may not grow beyond a size: DuckDB's own writes fail too."""
        for size in sizes:
            code = self.fork(lambda size=size: self.limited(size))
            if code not in (0, FAILED):
                self.faults.append(f"files up to {size} bytes: ended with {code}")
            self.judge("limit of file size", self.put_out)

    def limited(self, size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        self.put_out()

    def any_moment(self, moments: list[float], work: Callable[[], None], what: str) -> None:
        """kill -9 in the middle of whatever it does."""
        for moment in moments:
            self.fork(work, kill_after=moment)
            self.judge(what, work)

    def several_at_once(self, rounds: int, publishers: int) -> None:
        """Who comes second waits; each has a snapshot of its own in the end."""
        for _ in range(rounds):
            children = []
            for _ in range(publishers):
                if not (child := os.fork()):
                    os._exit(self.fork(self.put_out))
                children.append(child)
            codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
            self.counts["publishers at once"] += publishers
            self.look("publishers at once", new=True)
            if any(codes) or len(snapshot_folders.published()) != 1 + publishers:
                self.faults.append(f"publishers at once: {codes}, {snapshot_folders.published()}")
            self.reset()


def _hashes(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def read_on(folder: Path) -> None:
    """A reader beside all this: every snapshot it finds is whole as long as it holds its lease. Ends with its input."""
    settings.DATA_DIR = folder
    reads, torn = 0, []
    while not (reads and select.select([sys.stdin], [], [], 0.1)[0]):
        for name in snapshot_folders.published():
            try:
                lease = snapshot_folders.lease(settings.snapshots_dir() / name)
            except snapshot_folders.NoSnapshot:
                continue  # taken away since it was listed
            reads += 1
            try:
                torn += [f"{name} {what}" for what in snapshot_folders.damage(settings.snapshots_dir() / name)]
            except snapshot_folders.Damaged as error:
                torn.append(str(error))
            os.close(lease)
    print(json.dumps({"reads": reads, "torn": torn}))


def main(data: Path) -> None:
    reader = subprocess.Popen(
        [sys.executable, "-m", "tests.faults", str(data), "read"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    trials = Trials(data)
    operations = trials.learn()
    began = time.monotonic()
    trials.fork(trials.put_out)
    took = time.monotonic() - began
    trials.reset()
    trials.every_operation(operations)
    largest = max(file.stat().st_size for file in (trials.folder / f"{ASOF}.r1").glob("*.parquet"))
    trials.every_size([largest * part // 24 for part in range(25)])
    trials.any_moment([took * part / 40 for part in range(40)], trials.put_out, "kill at a moment")
    trials.several_at_once(4, 3)
    trials.whole = {}
    trials.any_moment([0.2 * part for part in range(10)], trials.publish_all, "kill of a whole publication")
    told, _ = reader.communicate()
    print(json.dumps({"operations": operations, "trials": trials.counts, "faults": trials.faults, **json.loads(told)}))


if __name__ == "__main__":
    read_on(Path(sys.argv[1])) if sys.argv[2:] == ["read"] else main(Path(sys.argv[1]))
