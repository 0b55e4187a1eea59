"""Every test reads one tiny province, small enough to add up in your head, published by the real publish()."""

import gc
import os
import shutil
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import anyio
import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright
from streamlit.components.v2 import manifest_scanner

import demo
from yunnan import settings
from yunnan.data import snapshots
from yunnan.drawing import table_files
from yunnan.publication.publish import publish

# A worker of several tells its tests how wide the terminal is; the command line would keep that width for good.
os.environ.pop("COLUMNS", None)

# AppTest looks through all installed packages at every run; they stay what they are.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

TINY = Path(__file__).parent / "snapshot"
ASOF = date(2020, 6, 30)


# Workers take whole files in this order: the long ones first, so that none is left alone with one at the end, and
# between them some that do not wait for the demo to be made.
LONG = (
    "test_states",
    "test_command",
    "test_scan",
    "test_pages",
    "test_scope",
    "test_faults",
    "test_intake",
    "test_height",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files of long tests first."""
    place = {f"{name}.py": n for n, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


def pytest_collection_finish() -> None:
    """What is loaded by now stays loaded: the garbage collector need not walk through it hundreds of times."""
    gc.collect()
    gc.freeze()


def awaited(asking: Callable[..., Awaitable]):
    """What a coroutine function returns; in a thread of its own, since a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(copy_context().run, anyio.run, asking).result()


def read_tiny() -> dict[str, pa.Table]:
    """The hand-made source tables as text; publication casts them."""
    return dict(_tiny_tables())


@cache
def _tiny_tables() -> dict[str, pa.Table]:
    with duckdb.connect() as db:
        return {
            file.stem: db.sql(f"from read_csv('{file}', all_varchar = true)").to_arrow_table()
            for file in sorted(TINY.glob("*.csv"))
        }


def reference(table: str) -> pa.Table:
    """A table of data/reference as text."""
    with duckdb.connect() as db:
        return db.sql(f"from read_csv('{settings.REFERENCE_DIR / table}.csv', all_varchar = true)").to_arrow_table()


def publish_tiny(
    folder: Path, *, asof: date = ASOF, revision: int = 1, synthetic: bool = True, **changed: pa.Table
) -> Path:
    """The tiny province, some tables replaced, published under data/snapshots of folder."""
    return publish(
        read_tiny() | changed,
        asof=asof,
        revision=revision,
        published_at=datetime(2020, 7, 15, 9),
        synthetic=synthetic,
        note="手工小样",
        folder=folder / "snapshots",
    )


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that one worker makes and all workers of this run read: nobody writes into it afterwards."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"{name}-for-all"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            making = folder.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            make(making)
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory) -> Path:
    return made_once(tmp_path_factory, "tiny", publish_tiny)


@pytest.fixture(scope="session")
def official_data(tmp_path_factory) -> Path:
    """The tiny province, published as official: an office's own returns may be received beside it."""
    return made_once(tmp_path_factory, "official", partial(publish_tiny, synthetic=False))


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory) -> Path:
    """A snapshot of the end of 2018 without a single row."""
    nothing = {name: rows.slice(0, 0) for name, rows in read_tiny().items()}
    return made_once(tmp_path_factory, "empty", partial(publish_tiny, asof=date(2018, 12, 31), **nothing))


@pytest.fixture(scope="session")
def thin_data(tmp_path_factory) -> Path:
    """The smallest province, published, for tests that publish more upon it."""
    from tests import staged  # which builds on this module

    return made_once(tmp_path_factory, "thin", staged.thin)


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory) -> Path:
    """The newest snapshot of the demo, published."""
    return made_once(tmp_path_factory, "demo", publish_demo)


def publish_demo(folder: Path) -> None:
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


@pytest.fixture
def snapshot(tiny_data, monkeypatch) -> snapshots.Snapshot:
    monkeypatch.setattr(settings, "DATA_DIR", tiny_data)
    return snapshots.find(snapshots.published()[0])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: a second one in the same process is refused."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell",
            # All tabs of a reader in one process: each new one would read and compile the page's scripts anew.
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--process-per-site"],
            # A proxy where nobody listens: what is not asked of this machine fails at once.
            proxy={"server": "http://127.0.0.1:9", "bypass": "127.0.0.1,localhost"},
        )
        yield chromium
        chromium.close()


def agreeing(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables with a manifest whose returns of events hold the rows that are there under their file."""
    manifest = tables["snapshot_manifest"].to_pandas().set_index(["table_name", "source_file"], drop=False)
    for table in ("funds", "beneficiaries", "activities"):
        rows = tables[table].to_pandas()
        counted = rows.groupby("source_file").size()
        of_table = manifest.table_name == table
        held = manifest.source_file.map(counted).fillna(0).astype(int)[of_table]
        manifest.loc[of_table, "rows_ok"] = held.astype(str)
        manifest.loc[of_table, "rows_in"] = (held + manifest.rows_reject[of_table].astype(int)).astype(str)
        if table == "funds":
            sums = rows.amount_yuan.map(Decimal).groupby(rows.source_file).sum()
            manifest.loc[of_table, "sum_amount_ok"] = manifest.source_file[of_table].map(sums).fillna(0).astype(str)
    told = pa.Table.from_pandas(manifest, preserve_index=False).cast(tables["snapshot_manifest"].schema)
    return tables | {"snapshot_manifest": told}


def revised_tiny() -> dict[str, pa.Table]:
    """The tiny province as it is sent a second time; in 万 of money received:

    corrected F000026 of 大理 2019Q3 from 7 to 9; added late F000101 of 大理 2020Q1, 3; withdrawn F000037 of 德宏
    2020Q1, 2; the return of 德宏 for 2020Q2, which had not come, with F000102, 5. One of 昭通's people of 2019Q1 is
    gone. 玉溪 has sent all six tables for 2018Q1, without a row.
    """
    tables = {name: rows.to_pandas() for name, rows in read_tiny().items()}
    funds = tables["funds"].set_index("fund_id", drop=False)
    late, new = funds.loc["F000031"].copy(), funds.loc["F000037"].copy()
    late[["fund_id", "event_date", "amount_yuan", "source_row"]] = "F000101", "2020-02-01", "30000.00", "4"
    new[["fund_id", "report_period", "event_date", "amount_yuan", "source_file"]] = (
        "F000102", "2020Q2", "2020-05-05", "50000.00", "资金_德宏_2020Q2_2.xlsx"
    )  # fmt: skip
    funds.loc["F000026", "amount_yuan"] = "90000.00"
    tables["funds"] = pd.concat([funds.drop("F000037"), pd.DataFrame([late, new])])
    people = tables["beneficiaries"]
    tables["beneficiaries"] = people[people.record_id != "B000011"]
    sent = [("funds", "2020Q2", "533100", "资金_德宏_2020Q2_2.xlsx", "2020-07-15 08:00:00")]
    others = ("organizations", "projects", "beneficiaries", "activities", "reported_stats")
    sent += [(table, "2018Q1", "530400", f"{table}_玉溪_2018Q1.xlsx", "2018-04-11 09:00:00") for table in others]
    for table, period, sender, file, received in sent:
        _send(tables, table, period, sender, file, received)
    schema = {name: rows.schema for name, rows in read_tiny().items()}
    told = {name: pa.Table.from_pandas(rows, preserve_index=False).cast(schema[name]) for name, rows in tables.items()}
    return agreeing(told)


def _send(tables: dict[str, pd.DataFrame], table: str, period: str, sender: str, file: str, received: str) -> None:
    """Add a return without a problem to the manifest and to what was received."""
    manifest, received_files = tables["snapshot_manifest"], tables["returns_received"]
    due = manifest[manifest.report_period == period].due_date.iloc[0]
    one = {
        "batch_id": f"{table}-{sender}-{period}", "table_name": table, "report_period": period,
        "prefecture_code": sender, "source_file": file, "source_sha256": sha256(file.encode()).hexdigest(),
        "received_at": received, "is_synthetic": "true",
    }  # fmt: skip
    none = dict.fromkeys(("rows_in", "rows_ok", "rows_warn", "rows_reject"), "0")
    row = pd.DataFrame([one | none | {"revision": "0", "due_date": due}])
    tables["snapshot_manifest"] = pd.concat([manifest, row])
    none = dict.fromkeys(("rows_in", "rows_accepted", "rows_refused", "rows_dropped", "warnings"), "0")
    row = pd.DataFrame([one | none | {"status": "全部接收", "has_feedback": "false"}])
    tables["returns_received"] = pd.concat([received_files, row])


def known_on(day: date) -> dict[str, pa.Table]:
    """The tiny province as far as it was known on a day at a quarter's end."""
    dated = {
        "funds": "event_date", "beneficiaries": "service_date", "activities": "activity_date",
        "organizations": "registered_date", "projects": "posted_date",
    }  # fmt: skip
    last = f"{day.year}Q{day.month // 3}"
    found = {}
    for name, rows in read_tiny().items():
        column = dated.get(name, "report_period" if "report_period" in rows.column_names else None)
        limit = last if column == "report_period" else str(day)
        found[name] = rows.filter(pc.less_equal(rows[column], limit)) if column else rows
    organizations, projects = (found[name].to_pandas() for name in ("organizations", "projects"))
    later = organizations.party_cover_date > str(day)
    organizations.loc[later, ["party_cover_date", "party_work_date", "branch_standardized_date"]] = None
    organizations.loc[later, "party_cover_mode"] = "未覆盖"
    projects.loc[projects.actual_end_date > str(day), ["actual_end_date", "status"]] = None, "实施中"
    for name, rows in (("organizations", organizations), ("projects", projects)):
        found[name] = pa.Table.from_pandas(rows, preserve_index=False).cast(found[name].schema)
    for name, key, of in (
        ("project_locations", "project_id", "projects"),
        ("quality_issues", "batch_id", "returns_received"),
    ):
        there = found[of][key].combine_chunks()
        found[name] = found[name].filter(pc.is_in(found[name][key], there))
    return found


@pytest.fixture(scope="session")
def revised_data(tiny_data, tmp_path_factory) -> Path:
    """The tiny province (2020-06-30.r1), sent a second time (r2), and as it was known at the end of 2019."""

    def publish_again(folder: Path) -> None:
        shutil.copytree(tiny_data, folder, dirs_exist_ok=True)
        publish_tiny(folder, revision=2, **revised_tiny())
        publish_tiny(folder, asof=date(2019, 12, 31), **known_on(date(2019, 12, 31)))

    return made_once(tmp_path_factory, "revised", publish_again)


def behind_a_portal(monkeypatch: pytest.MonkeyPatch, folder: Path, people: str) -> None:
    """It matters who looks: of these people, and a proxy of 10.1.0.0/16 says so."""
    (folder / "people.toml").write_text(people, encoding="utf-8")
    monkeypatch.setattr(settings, "PEOPLE", str(folder / "people.toml"))
    monkeypatch.setattr(settings, "IDENTITY", "header")
    monkeypatch.setattr(settings, "PROXIES", ["10.1.0.0/16"])


@pytest.fixture
def files(monkeypatch) -> dict[str, bytes]:
    """What the links under tables give, by file name."""
    kept: dict[str, bytes] = {}
    keep = table_files.keep

    def noting(file: str, drawn: pd.DataFrame, **facts: object) -> str:
        key = keep(file, drawn, **facts)
        kept[file] = table_files.find(key).data
        return key

    monkeypatch.setattr(table_files, "keep", noting)
    return kept


@pytest.fixture
def office_data(tmp_path, monkeypatch) -> Path:
    """An office's own data folder, with nothing in it."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def office_send(office_data, tmp_path):
    """office.send, of files written beside that folder: receives a file of these rows and returns its report."""
    from tests import office  # which needs the command line

    return partial(office.send, tmp_path)
