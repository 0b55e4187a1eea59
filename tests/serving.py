"""The dashboard in a process of its own, for a test: started, waited for, ended."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from yunnan import settings

PATIENCE = 60  # seconds; CI machines are busy
LOOK = 0.1  # seconds between two looks at a server that is starting


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(
    log: Path, *options: str, port: int = 0, base: str = "", **environment: str
) -> Iterator[tuple[str, subprocess.Popen]]:
    """The address of a server that answers and its process, which is ended; what it says goes to the end of log."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}{'/' if base else ''}{base}"
    process = started(log, port, *options, **environment)
    try:
        wait_until_healthy(address, process, log)
        yield address, process
    finally:
        process.kill()
        process.wait()


def started(log: Path, port: int, *options: str, **environment: str) -> subprocess.Popen:
    """The process of a server that has just been started."""
    command = [sys.executable, "-m", "yunnan.server", "--host", "127.0.0.1", "--port", str(port), *options]
    with log.open("a") as out:
        return subprocess.Popen(command, cwd=settings.ROOT, env=os.environ | environment, stdout=out, stderr=out)


def wait_until_healthy(address: str, process: subprocess.Popen, log: Path) -> None:
    """Returns when the server answers; fails with what it said when it has ended or is too late."""
    deadline = time.monotonic() + PATIENCE
    with httpx.Client(trust_env=False) as client:  # one: to make it costs more than to ask
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(httpx.TransportError):
                if client.get(f"{address}/_stcore/health").text == "ok":
                    return
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOK)
    raise AssertionError(f"no answer from {address}:\n{log.read_text(encoding='utf-8')}")
