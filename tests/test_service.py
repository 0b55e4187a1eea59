"""The shipped systemd unit: nothing wrong in it, its command starts and stops in its time and writes where it may."""

import configparser
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.serving import free_port
from yunnan import settings
from yunnan.data import engine
from yunnan.server import seats

UNIT = settings.ROOT / "deploy" / "yunnan.service"
INSTALLED, STATE = "/opt/yunnan", "/var/lib/yunnan"
NEEDED = (
    "dashboard.py",
    ".streamlit",
    "data/reference",
    "data/agendas",
    "geo",
    "pages",
    "queries",
    "static",
    "yunnan",
    "demo",
)
PATIENCE = 60  # seconds; CI machines are busy
ENOUGH = 20  # of 100: the exposure that systemd-analyze finds may not be more


def unit(text: str) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(strict=False, interpolation=None)  # a key may stand twice
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser["Service"]


@pytest.fixture(scope="module")
def text(tmp_path_factory) -> str:
    """The unit as shipped, for an installation and data in a folder of their own."""
    folder = tmp_path_factory.mktemp("service")
    for name in NEEDED:
        source, target = settings.ROOT / name, folder / "opt" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, target)
    (folder / "opt" / ".venv").symlink_to(sys.prefix)
    (folder / "state").mkdir()
    return UNIT.read_text(encoding="utf-8").replace(INSTALLED, f"{folder}/opt").replace(STATE, f"{folder}/state")


def analyzed(file: Path, text: str, *told: str) -> subprocess.CompletedProcess:
    file.write_text(text, encoding="utf-8")
    return subprocess.run(["systemd-analyze", *told, str(file)], capture_output=True, text=True)


def test_systemd_finds_nothing_wrong(tmp_path, text):
    done = analyzed(tmp_path / "yunnan.service", text, "verify", "--man=no")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "wrong", [("ProtectSystem=strict", "ProtectSytem=strict"), ("Type=exec", "Type=excellent"), ("/python ", "/pyton ")]
)
def test_systemd_would_find_what_is_wrong(tmp_path, text, wrong):
    assert wrong[0] in text
    assert analyzed(tmp_path / "yunnan.service", text.replace(*wrong), "verify", "--man=no").stderr


def test_the_service_is_shut_in_as_far_as_it_can_be(tmp_path, text):
    told = ("security", "--offline=true", "--no-pager", f"--threshold={ENOUGH}")
    assert analyzed(tmp_path / "yunnan.service", text, *told).returncode == 0
    assert analyzed(tmp_path / "yunnan.service", text.replace("CapabilityBoundingSet=", ""), *told).returncode != 0


@pytest.fixture
def running(text, demo_data) -> Iterator[tuple[subprocess.Popen, str, Path]]:
    """The unit's own command with nothing but the unit's own environment, its address, and its data."""
    service, port = unit(text), str(free_port())
    told = dict(pair.split("=", 1) for pair in shlex.split(service["Environment"]))
    data = Path(told["YUNNAN_DATA_DIR"])
    shutil.copytree(demo_data, data, dirs_exist_ok=True)
    command = [port if word == "8501" else word for word in shlex.split(service["ExecStart"])]
    assert port in command
    with (data.parent / "journal").open("w") as journal:
        process = subprocess.Popen(
            command,
            cwd=service["WorkingDirectory"],
            env={"PATH": "/usr/local/bin:/usr/bin:/bin"} | told,
            stdout=journal,
            stderr=journal,
        )
    yield process, f"http://127.0.0.1:{port}/yn", data
    process.kill()
    process.wait()


def test_it_starts_writes_only_its_own_data_and_stops_in_time_whoever_is_asleep(text, running):
    process, address, data = running
    installed = files(data.parent / "opt")
    with httpx.Client(transport=httpx.HTTPTransport(retries=10), trust_env=False, timeout=PATIENCE) as client:
        ready = client.get(f"{address}/readyz")
        assert (ready.status_code, ready.json()["ready"]) == (200, True)
        for path in ("/export/projects.xlsx", "/brief/prefecture.docx?place=533300&period=2019"):
            assert client.get(address + path).status_code == 200, path
    assert files(data.parent / "opt") == installed
    assert data / "log" in {path.parent for path in files(data)}

    asleep = stalled(address, "/export/funds.csv")
    process.send_signal(signal.SIGTERM)
    assert process.wait(int(unit(text)["TimeoutStopSec"])) == 0
    asleep.close()
    assert "看板已停止。" in (data.parent / "journal").read_text(encoding="utf-8")
    (log,) = (data / "log").glob("*.jsonl")
    last = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    assert (last["view"], last["event"]) == ("funds", "broken")


def files(folder: Path) -> dict[Path, int]:
    """When each file was last written; without Python's own bytecode, which it goes without where it may not write."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path: path.stat().st_mtime_ns for path in found}


def stalled(address: str, path: str) -> socket.socket:
    """A reader who has taken the beginning of a file and takes no more."""
    host, port, base = re.fullmatch(r"http://([^:]+):(\d+)(/\w+)", address).groups()  # type: ignore[union-attr]
    reader = socket.create_connection((host, int(port)))
    reader.sendall(f"GET {base}{path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    assert reader.recv(12) == b"HTTP/1.1 200"
    return reader


OPEN_TO_EVERYBODY = """if True:
    import os, sys
    from pathlib import Path
    from tests.sixteen import CODES
    from yunnan import settings
    from yunnan.data import snapshots
    settings.DATA_DIR = Path(sys.argv[1])
    scopes = [None, *(frozenset({code}) for code in CODES)]
    newer, older = (settings.snapshots_dir() / name for name in snapshots.published())
    wanted = [*((newer, scope) for scope in scopes), *((older, scope) for scope in scopes[:9])]
    opened = [snapshots._open(*one, time) for one in wanted for time in (snapshots.RUN_TIME, snapshots.EXPORT_TIME)]
    for path, scope in wanted[:3]:
        snapshots.Snapshot(path, scope).read_anew()
        next(snapshots.Snapshot(path, scope).rows("frame/places", ["place"]))
    del opened
    assert snapshots._held.cache_info().currsize == snapshots.MOST_OPEN
    print(len(os.listdir("/proc/self/task")))
"""
POOL = 40  # threads in which the web server makes files


def test_the_unit_allows_all_threads_that_every_prefecture_and_the_province_take(text, tiny_data, tmp_path):
    whole = tiny_data / "snapshots" / "2020-06-30.r1"
    for revision in (1, 2):
        shutil.copytree(whole, tmp_path / "snapshots" / f"2020-06-30.r{revision}")
    told = subprocess.run(
        [sys.executable, "-c", OPEN_TO_EVERYBODY, tmp_path], cwd=settings.ROOT, capture_output=True, text=True,
        env=os.environ | {"YUNNAN_THREADS": str(engine.MOST_THREADS)},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    drawn = int(settings.SEATS) + seats.SLACK  # the pages of all readers, at the same moment
    assert int(told.stdout) + POOL + drawn < int(unit(text)["TasksMax"])
    assert drawn * seats.EACH + seats.OWN < int(unit(text)["LimitNOFILE"])
