"""A layer between a child process and the disk that lets one operation fail; installed for the child's short life."""

import os
import signal
import sys
from pathlib import Path

WATCHED = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "fcntl.flock", "os.scandir"}
DIED_UNSYNCED = 77  # exit code of a child that gave a folder its name before all of it was on the disk


class Layer:
    """Counts operations on files below a folder; the one numbered `at` fails, by signal or by errno."""

    def __init__(self, folder: Path, at: int | None, how: int | str | None) -> None:
        self.folder, self.at, self.how = str(folder), at, how
        self.seen, self.synced, self.is_on = 0, set(), True
        self.fsync = os.fsync
        os.fsync = self.sync  # type: ignore[assignment]
        sys.addaudithook(self.hear)

    def hear(self, event: str, args: tuple) -> None:
        """One operation, before it is done."""
        if not self.is_on or event not in WATCHED:
            return
        named = [str(arg) for arg in args if isinstance(arg, str | os.PathLike)]
        if event != "fcntl.flock" and not any(name.startswith(self.folder) for name in named):
            return
        self.count()
        if event == "os.rename" and ".building." in named[0]:
            self.all_synced(Path(named[0]))

    def sync(self, handle: int) -> None:
        """os.fsync, counted and remembered."""
        self.count()
        self.fsync(handle)
        self.synced.add(os.fstat(handle).st_ino)

    def count(self) -> None:
        """Fail if it is this one's turn."""
        if not self.is_on:
            return
        self.seen += 1
        if self.seen == self.at:
            if self.how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            self.is_on = self.how == "power"
            raise OSError(self.how, os.strerror(int(self.how or 0)))

    def all_synced(self, made: Path) -> None:
        """A name given to what a power failure could still take away is the worst of all outcomes."""
        if {path.stat().st_ino for path in [made, *made.rglob("*")]} - self.synced:
            os._exit(DIED_UNSYNCED)
