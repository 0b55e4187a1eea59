"""A real server for a bench, and what its process uses."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from yunnan import settings

PAGE = os.sysconf("SC_PAGE_SIZE")


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
            deadline = time.monotonic() + 60
            while not _answers(port):
                assert time.monotonic() < deadline, f"{command} does not start"
            yield process.pid
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/_stcore/health").status_code == 200
    except httpx.HTTPError:
        return False


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_ms(pid: int) -> float:
    """Processor time a process has used."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Memory a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6
