"""A watched folder: which files have arrived whole."""

from collections.abc import Iterator
from pathlib import Path

import watchfiles

from yunnan.ingest import files

LOOK = 500  # ms between two looks at a file that is still growing
IGNORED = (".", "~$")  # what programs keep beside a file that is open


def arrivals(folder: Path, feedback: str, stop=None) -> Iterator[list[Path]]:
    """Files of the folder, each once for every content it has had, as soon as two looks find it unchanged.

    Files that were there before come first. feedback is what our own workbooks end with; they are no returns.
    Ends at Ctrl+C, or when stop is set.
    """
    done: dict[Path, tuple[int, int]] = {}
    seen: dict[Path, tuple[int, int]] = {}
    for _ in _looks(folder, stop):
        now = {path: _mark(path) for path in _returns(folder, feedback)}
        ready = [path for path, mark in now.items() if mark and mark == seen.get(path) and mark != done.get(path)]
        seen = {path: mark for path, mark in now.items() if mark}
        if ready:
            done |= {path: seen[path] for path in ready}
            yield sorted(ready)


def _looks(folder: Path, stop) -> Iterator[object]:
    options = {"recursive": False, "rust_timeout": LOOK, "yield_on_timeout": True, "stop_event": stop}
    try:
        yield from watchfiles.watch(folder, **options)
    except KeyboardInterrupt:  # else watchfiles would say so itself, in English
        return


def _returns(folder: Path, feedback: str) -> list[Path]:
    return [
        path
        for path in folder.iterdir()
        if path.suffix.lower() in files.EXTENSIONS
        and not path.name.endswith(feedback)
        and not path.name.startswith(IGNORED)
    ]


def _mark(path: Path) -> tuple[int, int] | None:
    """Size and time of the file's last change; None for what is gone, empty or no file."""
    try:
        told = path.stat()
    except OSError:
        return None
    return (told.st_size, told.st_mtime_ns) if path.is_file() else None
