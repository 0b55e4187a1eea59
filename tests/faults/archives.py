"""python -m tests.faults.archives FOLDER: backups and restorations of FOLDER/data, killed or refused by the disk."""

import errno
import hashlib
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.faults.layer import Layer
from yunnan import settings
from yunnan.publication import backup, restore

REFUSED = 3
HOW = ("kill", errno.ENOSPC, errno.EIO)


def fork(work: Callable[[], object], folder: Path, at: int | None, how: int | str | None, seen: Path) -> int:
    """Do it in a child with this fault; how the child ended. Without a fault it leaves the number of operations."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    layer, code = Layer(folder, at, how), 4
    try:
        work()
        code = 0
    except (backup.NotPossible, OSError):  # of a lock, which the command line says
        code = REFUSED
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
    layer.is_on = False
    if at is None:
        seen.write_text(str(layer.seen))
    os._exit(code)


def tree(path: Path) -> dict[str, str]:
    """What lies at a path: file -> hash; empty where nothing lies."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return {str(one.relative_to(path)): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}


def tried(work: Callable[[], object], result: Path, whole: Callable[[], bool], clear: Callable[[], None]) -> dict:
    """Each fault at many operations: the result is whole or not there, and the next time it is whole."""
    seen, faults, trials = result.parent / "operations", [], 0
    folder = result.parent
    if code := fork(work, folder, None, None, seen):
        raise SystemExit(f"without a fault it ended with {code}")
    operations = int(seen.read_text())
    seen.unlink()
    for n, at in enumerate(range(1, operations + 1, max(1, operations // 30))):
        how = HOW[n % 3]
        clear()
        code = fork(work, folder, at, how, seen)
        trials += 1
        if code not in ({-signal.SIGKILL} if how == "kill" else {0, REFUSED}):
            faults.append(f"{how} at {at}: ended with {code}")
        if result.exists() and not whole():
            faults.append(f"{how} at {at}: half of it is there")
        if not result.exists():
            work()
        left = sorted(path.name for path in folder.iterdir() if path != result)
        if not whole() or left:
            faults.append(f"{how} at {at}: afterwards {left}")
    for size in (0, 1_000, 8_000):
        clear()
        trials += 1
        code = fork(lambda size=size: limited(work, size), folder, 0, None, seen)
        if code != REFUSED or list(folder.iterdir()):
            faults.append(f"files up to {size} bytes: ended with {code}, left {list(folder.iterdir())}")
    clear()
    work()
    return {"operations": operations, "trials": trials, "faults": faults}


def limited(work: Callable[[], object], size: int) -> None:
    """Files may not grow beyond a size: as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    work()


def main(data: Path) -> None:
    settings.DATA_DIR = data
    kept, placed = data.parent / "kept" / "one.tar", data.parent / "placed" / "data"
    kept.parent.mkdir()
    placed.parent.mkdir()
    whole = set(tree(data / "snapshots")) - {".lock"}

    def is_whole() -> bool:
        return set(tree(placed / "snapshots")) == whole

    def is_kept() -> bool:
        check = data.parent / "check"
        restore.restore(kept, check)
        is_there = set(tree(check / "snapshots")) == whole
        shutil.rmtree(check)
        return is_there

    def clear() -> None:
        shutil.rmtree(placed, ignore_errors=True)

    saw = {"backup": tried(lambda: backup.write(kept), kept, is_kept, lambda: kept.unlink(missing_ok=True))}
    saw["restore"] = tried(lambda: restore.restore(kept, placed), placed, is_whole, clear)
    print(json.dumps(saw))


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "data")
