"""Every test reads one tiny province, small enough to add up in your head, published by the real publish()."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from playwright.sync_api import Browser, sync_playwright

from yunnan import demo, settings, snapshots
from yunnan.publish import publish

# A worker of several tells its tests how wide the terminal is; the command line would keep that width for good.
os.environ.pop("COLUMNS", None)

TINY = Path(__file__).parent / "snapshot"
ASOF = date(2020, 6, 30)


def read_tiny() -> dict[str, pa.Table]:
    """The hand-made source tables as text; publication casts them."""
    with duckdb.connect() as db:
        return {
            file.stem: db.sql(f"from read_csv('{file}', all_varchar = true)").to_arrow_table()
            for file in sorted(TINY.glob("*.csv"))
        }


def publish_tiny(folder: Path, *, asof: date = ASOF, revision: int = 1, **changed: pa.Table) -> Path:
    """The tiny province, some tables replaced, published under data/snapshots of folder."""
    return publish(
        read_tiny() | changed,
        asof=asof,
        revision=revision,
        published_at=datetime(2020, 7, 15, 9),
        synthetic=True,
        note="手工小样",
        folder=folder / "snapshots",
    )


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    publish_tiny(folder)
    return folder


@pytest.fixture(scope="session")
def thin_data(tmp_path_factory) -> Path:
    """The smallest province, published, for tests that publish more upon it."""
    from tests import staged  # which builds on this module

    folder = tmp_path_factory.mktemp("thin")
    staged.thin(folder)
    return folder


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory) -> Path:
    """The newest snapshot of the demo, published."""
    folder = tmp_path_factory.mktemp("demo")
    *_, newest = demo.snapshots()
    publish(
        newest.tables,
        asof=newest.asof,
        revision=newest.revision,
        published_at=newest.published_at,
        synthetic=True,
        note=newest.note,
        folder=folder / "snapshots",
    )
    return folder


@pytest.fixture
def snapshot(tiny_data, monkeypatch) -> snapshots.Snapshot:
    monkeypatch.setattr(settings, "DATA_DIR", tiny_data)
    return snapshots.find(snapshots.published()[0])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: a second one in the same process is refused."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
            # A proxy where nobody listens: what is not asked of this machine fails at once.
            proxy={"server": "http://127.0.0.1:9", "bypass": "127.0.0.1,localhost"},
        )
        yield chromium
        chromium.close()
