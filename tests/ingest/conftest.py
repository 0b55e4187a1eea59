"""The corpus of returns written once, those for LibreOffice converted in one run, all read by one worker."""

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.ingest.corpus import CASES, Case
from yunnan import settings
from yunnan.ingest import context
from yunnan.ingest.rows import Order
from yunnan.ingest.worker_client import Job, Worker

RECEIVED = datetime(2020, 7, 8, 9)


@pytest.fixture(scope="session")
def files(tmp_path_factory) -> Path:
    """A folder with the file of each case."""
    folder = tmp_path_factory.mktemp("corpus")
    sources = {case: case.write(folder / case.folder) for case in CASES}
    for kind in ("xls", "ods", "xlsx"):
        wanted = [path for case, path in sources.items() if case.converted == kind]
        if wanted:
            convert(wanted, kind, folder / "converted")
    return folder


def convert(paths: list[Path], kind: str, into: Path) -> None:
    """Have LibreOffice open these files and write them in its own way, all in one run."""
    profile = f"-env:UserInstallation=file://{into}.profile"
    names = [str(path) for path in paths]
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(into), *names]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="session")
def worker(tiny_data) -> Iterator[Worker]:
    """A worker that knows the tiny province."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", tiny_data)
        told = context.newest(tiny_data)
    with Worker(told) as running:
        yield running


@pytest.fixture
def ask(worker, tmp_path) -> Callable[..., tuple[dict, dict]]:
    """Read a file as the command line does: what is said of it, and its report."""

    def asked(path: Path, *, period: str | None = "2020Q2", **given) -> tuple[dict, dict]:
        report = tmp_path / "report.json"
        order = Order(period, given.get("prefecture"), given.get("table"), RECEIVED, True)
        paths = {name: given.get(name) for name in ("staging", "feedback")}
        answer = worker.ask(Job(path, order, report=report, **paths))
        return answer, json.loads(report.read_bytes()) if report.exists() else {}

    return asked


@pytest.fixture
def path_of(files) -> Callable[[Case], Path]:
    """Where the file of a case lies."""
    return lambda case: files / ("converted" if case.converted else case.folder) / case.file
