"""A watched folder: which files have arrived whole."""

import os
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from yunnan.ingest import file_kinds

LOOK = 0.5  # seconds between two looks at the folder
QUIET, LONG = 10.0, 300.0  # seconds without a change: of a file that seems whole, of one that does not
IGNORED = (".", "~$")  # what programs keep beside a file that is open
PACKED = {"xlsx", "ods"}


class Mark(NamedTuple):
    """What changes when a file is written to."""

    size: int
    mtime_ns: int


class Writers(FileSystemEventHandler):
    """How large each file was when its writer closed it, or gave it its name."""

    def __init__(self) -> None:
        self.closed: dict[Path, int] = {}

    def on_closed(self, event: FileSystemEvent) -> None:
        self._is_done(event.src_path)

    def on_moved(self, event: FileSystemEvent) -> None:
        self._is_done(event.dest_path)

    def _is_done(self, name: str | bytes) -> None:
        path = Path(os.fsdecode(name))
        if mark := _mark(path):
            self.closed[path] = mark.size


def arrivals(folder: Path, feedback: str, stop: threading.Event | None = None) -> Iterator[list[Path]]:
    """Files of the folder, each once for every content it has had, as soon as it is whole: its writer has closed it,
    or it has long been left alone.

    Files that were there before come first. feedback is what our own workbooks end with; they are no returns.
    Ends at Ctrl+C, or when stop is set.
    """
    stop, writers, observer = stop or threading.Event(), Writers(), Observer()
    observer.schedule(writers, str(folder), recursive=False)
    observer.start()
    done: dict[Path, Mark] = {}
    seen: dict[Path, Mark] = {}
    left: dict[Path, float] = {}  # when each was left alone, by a monotonic clock: the system's may be set back
    grown: set[Path] = set()
    try:
        while not stop.wait(LOOK):
            now = {path: mark for path in _returns(folder, feedback) if (mark := _mark(path))}
            ticks = time.monotonic()
            left = {p: left[p] if mark == seen.get(p) else ticks - _age(p) for p, mark in now.items()}
            grown = {p for p in now if p in grown or (p in seen and seen[p].size != now[p].size)}
            steady = [path for path, mark in now.items() if mark == seen.get(path) and mark != done.get(path)]
            seen = now
            ready = [
                p for p in steady if ticks - left[p] >= patience(p, now[p].size == writers.closed.get(p), p in grown)
            ]
            if ready:
                done |= {path: seen[path] for path in ready}
                grown -= set(ready)
                yield sorted(ready)
    finally:
        observer.stop()
        observer.join()


def patience(path: Path, is_closed: bool, has_grown: bool) -> float:
    """Seconds a file must have been left alone: none if its writer has closed it and its end is there.

    What nobody is known to have closed may only have paused: a long time where it was seen to grow or has no end.
    """
    if is_complete(path):
        return 0 if is_closed else LONG if has_grown else QUIET
    return QUIET if is_closed else LONG


def is_complete(path: Path) -> bool:
    """Whether the end of the file is there: the list of a packed one, the last line's end of a text."""
    kind = file_kinds.EXTENSIONS[path.suffix.lower()]
    if kind in PACKED:
        return zipfile.is_zipfile(path)
    try:
        with path.open("rb") as file:
            file.seek(-min(4, os.fstat(file.fileno()).st_size), os.SEEK_END)
            return kind != "csv" or file.read().rstrip(b"\0\x1a").endswith((b"\n", b"\r"))
    except OSError:
        return False


def _returns(folder: Path, feedback: str) -> list[Path]:
    return [
        path
        for path in folder.iterdir()
        if path.suffix.lower() in file_kinds.EXTENSIONS
        and not path.name.endswith(feedback)
        and not path.name.startswith(IGNORED)
    ]


def _mark(path: Path) -> Mark | None:
    """The file's mark; None for what is gone, empty or no file."""
    try:
        file_status = path.stat()
    except OSError:
        return None
    return Mark(file_status.st_size, file_status.st_mtime_ns) if path.is_file() and file_status.st_size else None


def _age(path: Path) -> float:
    """Seconds since the file was last changed, by the clock of its disk, which no copying sets back; at least none."""
    try:
        return max(0.0, time.time() - path.stat().st_ctime)
    except OSError:
        return 0
