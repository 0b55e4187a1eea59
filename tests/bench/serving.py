"""A real server for a bench, and what its process uses."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import wait_until_healthy
from yunnan import settings
from yunnan.data import contract, snapshots

PAGE = os.sysconf("SC_PAGE_SIZE")
PLAIN = Path(__file__).parent / "plain.py"


def ours(port: int) -> list[str]:
    """The arguments of Python that start the dashboard on this port."""
    return ["-m", "yunnan.server", "--port", str(port)]


def plain(port: int) -> list[str]:
    """The arguments of Python that start the plain page on this port, over the newest snapshot.

    With what Streamlit does unless it is told otherwise, which our own configuration in this folder tells it.
    """
    as_usual = ["--runner.postScriptGC", "true"]
    return ["-m", "streamlit", "run", str(PLAIN), "--server.port", str(port), *as_usual, "--", str(newest())]


def newest() -> Path:
    """The folder of the newest snapshot, which all benches are run on. Raises OtherContract: its pages say no more."""
    path = settings.snapshots_dir() / snapshots.published()[0]
    contract.refuse_other(path)
    return path


@contextmanager
def serving(command: list[str], port: int, **environment: str) -> Iterator[int]:
    """The process id of a server that answers on this port."""
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=settings.ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", process, Path(os.devnull))
            yield process.pid
        finally:
            process.terminate()


def cpu_ms(pid: int) -> float:
    """Processor time a process has used."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Memory a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6
