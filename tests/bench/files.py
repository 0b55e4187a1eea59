"""A file of a million rows: our streaming route beside DuckDB's own COPY, its memory, and other readers meanwhile."""

import hashlib
import json
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import httpx
from rich.console import Console
from rich.table import Table

from tests.bench.bars import p95
from tests.bench.serving import memory_mb, newest, ours, serving
from tests.bench.tab import Tab, chromium
from tests.serving import free_port
from yunnan import settings
from yunnan.data import queries, record_selection, snapshots

ROWS = 1_000_000
ROUNDS = 3
RELOADS = 8
BEAT = 0.05  # seconds between two looks at the server


def enlarged(source: Path, folder: Path) -> Path:
    """A copy of a snapshot with its fund rows so many times over that they are a million, each with its own number."""
    target = folder / "snapshots" / source.name
    shutil.copytree(source, target, copy_function=shutil.copyfile)
    rows = json.loads((source / "manifest.json").read_text(encoding="utf-8"))["tables"]["funds"]["rows"]
    with duckdb.connect() as db:
        db.execute(
            f"copy (select * replace ('F' || lpad((n * 100000 + substr(fund_id, 2)::int)::varchar, 9, '0') as fund_id)"
            f" from '{source}/funds.parquet', range({-(-ROWS // rows)}) as t (n)"
            " order by report_period, prefecture_code, county_code, fund_id)"
            f" to '{target}/funds.parquet' (format parquet, compression zstd)"
        )
        ((rows,),) = db.execute(f"select count(*) from '{target}/funds.parquet'").fetchall()
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    told = (target / "funds.parquet").read_bytes()
    manifest["tables"]["funds"] = {"rows": rows, "bytes": len(told), "sha256": hashlib.sha256(told).hexdigest()}
    (target / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return target


def plain_copy(snapshot: Path) -> Callable[[Path], float]:
    """Seconds that DuckDB itself takes to write the same columns in the same order into a file."""
    db = duckdb.connect(config={"threads": settings.THREADS, "memory_limit": settings.MEMORY_LIMIT})
    db.execute("create schema whole")
    for file in snapshot.glob("*.parquet"):
        db.execute(f"create view whole.{file.stem} as from '{file}'")
        db.execute(f"create view {file.stem} as from whole.{file.stem}")
    db.execute(queries.load("views").sql)
    asked = record_selection.Selection("funds", column_set=record_selection.ALL)
    sql = queries.load(asked.query).sql
    for name, value in sorted(asked.params.items(), reverse=True):
        sql = sql.replace(f"${name}", f"'{value}'" if isinstance(value, str) else "[]")

    def write(file: Path) -> float:
        start = time.perf_counter()
        db.execute(f"copy (select {', '.join(asked.columns)} from ({sql})) to '{file}' (header)")
        return time.perf_counter() - start

    return write


def fetched(address: str) -> tuple[float, int]:
    """Seconds until the last byte of a file has come, and its bytes; they are thrown away as they come."""
    start, size = time.perf_counter(), 0
    with httpx.stream("GET", address, timeout=600) as answer:
        assert answer.status_code == 200
        for piece in answer.iter_raw():
            size += len(piece)
    return time.perf_counter() - start, size


@contextmanager
def watching(look: Callable[[], float]) -> Iterator[list[float]]:
    """What is seen at each beat until the end."""
    seen, done = [look()], threading.Event()

    def go_on() -> None:
        while not done.wait(BEAT):
            seen.append(look())

    watcher = threading.Thread(target=go_on)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


@contextmanager
def busy(address: str) -> Iterator[None]:
    """One reader after another takes the file, all the while."""
    done = threading.Event()

    def go_on() -> None:
        while not done.is_set():
            with httpx.stream("GET", address, timeout=600) as answer:
                for _ in answer.iter_raw():
                    if done.is_set():
                        break

    reader = threading.Thread(target=go_on)
    reader.start()
    try:
        yield
    finally:
        done.set()
        reader.join()


def health(port: int) -> float:
    """Milliseconds until the server says that it is well."""
    start = time.perf_counter()
    httpx.get(f"http://127.0.0.1:{port}/_stcore/health", timeout=60)
    return (time.perf_counter() - start) * 1000


def reruns(tab: Tab) -> list[float]:
    """Milliseconds from another reader's choice of a period until its answer is painted."""
    return [tab.pick("报告期", ("2018年", "2019年")[n % 2]).ms for n in range(RELOADS)][2:]


def rounds(folder: Path, port: int, pid: int, snapshot: Path) -> dict[str, float]:
    """Seconds of both ways in turns, and the most memory the server took above what showing the list had taken."""
    write, address = plain_copy(snapshot), f"http://127.0.0.1:{port}/export/funds.csv?columns=all"
    fetched(f"{address}&search=F000000001")  # opened, checked and planned once
    copied, sent, size = [], [], 0
    before = memory_mb(pid)
    with watching(lambda: memory_mb(pid)) as memory:
        for _ in range(ROUNDS):
            copied.append(write(folder / "copy.csv"))
            took, size = fetched(address)
            sent.append(took)
    return {
        "sent": statistics.median(sent),
        "copy": statistics.median(copied),
        "memory": max(memory) - before,
        "sent_mb": size / 1e6,
        "copy_mb": (folder / "copy.csv").stat().st_size / 1e6,
    }


def others(tab: Tab, port: int) -> dict[str, list[float]]:
    """What another reader waits, with nobody else there and while a file of a million rows is sent."""
    tab.load("scorecard?period=2019")
    with watching(lambda: health(port)) as idle:
        idle_clicks = reruns(tab)
    with busy(f"http://127.0.0.1:{port}/export/funds.csv?columns=all"), watching(lambda: health(port)) as meanwhile:
        busy_clicks = reruns(tab)
    return {"idle": idle, "busy": meanwhile, "idle_clicks": idle_clicks, "busy_clicks": busy_clicks}


def main() -> None:
    """Measures and prints ratios."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        snapshot = enlarged(newest(), Path(folder))
        with (
            serving(ours(port), port, YUNNAN_DATA_DIR=folder) as pid,
            Tab(browser, port, pid) as tab,
        ):
            tab.page.goto(f"http://127.0.0.1:{port}/funds?columns=all")  # as a reader does who then takes the file
            tab.page.get_by_role("link", name="下载 CSV（将导出").wait_for()
            found = rounds(Path(folder), port, pid, snapshot)
            waited = others(tab, port)
        rows = snapshots.Snapshot(snapshot).manifest["tables"]["funds"]["rows"]
    _tell(f"{newest().name}，资金全字段，{rows:,}行", found, waited)


def _tell(title: str, found: dict[str, float], waited: dict[str, list[float]]) -> None:
    told = Table("一百万行", "本看板", "对照", "比", title=title)

    def line(what: str, ours: float, other: float) -> None:
        told.add_row(what, f"{ours:.2f}", f"{other:.2f}", f"{ours / other:.2f}")

    line("CSV 到最后一个字节，秒（对照：COPY）", found["sent"], found["copy"])
    line("文件大小，兆字节（对照：COPY）", found["sent_mb"], found["copy_mb"])
    told.add_row("服务器多用的内存，兆字节", f"{found['memory']:.0f}", "", "")
    line("别人的健康检查，中位毫秒（对照：空闲）", *(statistics.median(waited[when]) for when in ("busy", "idle")))
    line("别人的健康检查，p95 毫秒（对照：空闲）", *(p95(waited[when]) for when in ("busy", "idle")))
    line(
        "别人点击到画出，中位毫秒（对照：空闲）", *(statistics.median(waited[f"{w}_clicks"]) for w in ("busy", "idle"))
    )
    Console(width=120).print(told)
