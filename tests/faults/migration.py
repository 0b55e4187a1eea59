"""python -m tests.faults.migration FOLDER: a migration of the snapshot in FOLDER, killed or refused by the disk."""

import errno
import json
import signal
import sys
from collections import Counter
from pathlib import Path

import duckdb

from tests.faults.__main__ import FAILED, Trials
from yunnan import settings
from yunnan.data import snapshot_folders
from yunnan.publication import migrate

settings.THREADS = 1  # a process with other threads must not be forked


class Migrations(Trials):
    """The only snapshot in the folder, ready to be written in the present contract."""

    def __init__(self, data: Path) -> None:
        settings.DATA_DIR = data
        self.data, self.folder = data, data / "snapshots"
        (self.first,) = snapshot_folders.published()
        self.asof = snapshot_folders.day(self.first)
        self.counts, self.faults, self.staged, self.whole = Counter(), [], {}, {}
        self.db = duckdb.connect(config={"threads": 1})
        path = self.folder / self.first
        migrate.prepared(self.db, path, migrate.steps_from(path))


if __name__ == "__main__":
    trials = Migrations(Path(sys.argv[1]))
    operations = trials.learn()
    for at in range(1, operations + 1, 12):
        trials.fail("kill at an operation", at, "kill", {-signal.SIGKILL})
        trials.fail("full disk at an operation", at, errno.ENOSPC, {0, FAILED})
    print(json.dumps({"operations": operations, "trials": trials.counts, "faults": trials.faults}))
