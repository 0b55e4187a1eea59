"""Command line: python -m yunnan template, ingest, publish, prune, demo, verify, snapshots, query, brief, sign ..."""

import sys
import time
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

import typer
from rich.table import Table

from yunnan import settings
from yunnan.access import signed_links
from yunnan.cli import briefings, installation, logs, publishing, returns, targets
from yunnan.cli.terminal import err, out, tabulate
from yunnan.cli.terminal import stop as _stop
from yunnan.data import contract, queries, snapshots
from yunnan.data.view import code_of
from yunnan.drawing.exports import csv
from yunnan.publication import verify
from yunnan.words.wording import BEGIN

MISUSE = typer.BadParameter.__mro__[1]  # typer's own name for all of these is not public
PLACES = {"place", "prefecture", "prefectures", "county"}  # parameters of queries that are codes of places
INTERRUPTED = 130  # the exit code of Ctrl+C
STOPPED = ("KeyboardInterrupt", "Abort", "InterruptException")  # Ctrl+C as Python, typer and DuckDB call it
WRONG = {
    "NoSuchOption": "没有选项 {}",
    "BadParameter": "{} 的值不对",
    "MissingParameter": "缺少 {}",
}

app = typer.Typer(add_completion=False, no_args_is_help=True, help="云南模式看板：快照的生成、核验与查询")
app.add_typer(returns.app)
app.add_typer(targets.app)
app.add_typer(publishing.app)
app.add_typer(installation.app)
app.add_typer(briefings.app)
app.add_typer(logs.app)


@app.command(name="snapshots")
def list_snapshots() -> None:
    """列出已发布的快照。"""
    snapshot_ids = snapshots.published()
    if not snapshot_ids:
        _stop(f"{settings.snapshots_dir()} 中没有快照；{BEGIN}")
    titles = (
        "快照",
        "数据截至",
        "版本",
        "性质",
        "发布时间",
        "资金笔数",
        "受益记录",
        "报表",
        "问题",
        "反馈",
        "约定",
        "说明",
    )
    table = Table(*titles)
    for name in snapshot_ids:
        try:
            manifest = snapshots.Snapshot(settings.snapshots_dir() / name).manifest
        except snapshots.Damaged as error:
            err.print(str(error), highlight=False, soft_wrap=True)
            continue
        rows = {t: f"{facts['rows']:,}" for t, facts in manifest["tables"].items()}
        number = manifest["contract_version"]
        table.add_row(
            name,
            manifest["asof"],
            str(manifest["revision"]),
            "演示" if manifest["is_synthetic"] else "正式",
            manifest["published_at"],
            rows["funds"],
            rows["beneficiaries"],
            rows.get("returns_received", "—"),
            rows.get("quality_issues", "—"),
            str(len(manifest.get("feedback", {}))),
            f"第{number}版" + ("" if number == contract.version() else "，不能打开"),
            manifest["note"],
        )
    tabulate(table)


@app.command(name="verify")
def verify_snapshot(
    snapshot: Annotated[str | None, typer.Argument(help="快照编号，如 2019-12-31.r2；不写则核验全部")] = None,
) -> None:
    """核验快照：文件指纹、数据约定、检查规则、文献公布数。"""
    snapshot_ids = [snapshot] if snapshot else snapshots.published()
    if not snapshot_ids:
        _stop(f"{settings.snapshots_dir()} 中没有快照；{BEGIN}")
    failed = False
    for name in snapshot_ids:
        for finding in verify.findings(settings.snapshots_dir() / name):
            failed |= finding.is_fault
            out.print(
                f"{name}  {'✗' if finding.is_fault else finding.mark} {finding.text}", highlight=False, soft_wrap=True
            )
    raise typer.Exit(1 if failed else 0)


@app.command()
def query(
    name: Annotated[str, typer.Argument(help="查询名，如 funds/by_source；写 list 列出全部")],
    params: Annotated[list[str] | None, typer.Argument(help="参数，写成 名=值；多个值用逗号分开")] = None,
    asof: Annotated[str | None, typer.Option(help="快照编号；默认最新")] = None,
    format: Annotated[str, typer.Option(help="table 或 csv")] = "table",
) -> None:
    """运行一个命名查询并打印结果。"""
    if name == "list":
        for query_name in queries.names():
            out.print(f"{query_name}  {queries.load(query_name).doc}", highlight=False, soft_wrap=True)
        return
    if format not in ("table", "csv"):
        _stop(f"没有名为 {format} 的格式；--format 可写 table 或 csv")
    snapshot = _snapshot(asof)
    table = snapshot.table(name, **_given(snapshot, name, params or []))
    if format == "csv":
        sys.stdout.buffer.write(csv.to_csv(table, asof=snapshot.asof, nature=snapshot.nature))
        return
    grid = Table(*map(str, table.columns))
    for row in table.itertuples(index=False):
        grid.add_row(*map(str, row))
    tabulate(grid)
    out.print(f"{len(table):,} 行；快照 {snapshot.id}")


@app.command()
def sign(
    page: Annotated[str, typer.Option(help="页面，如 prefecture；不写是总览")] = "",
    place: Annotated[str, typer.Option(help="地区的代码或名称，如 533300")] = "",
    period: Annotated[str, typer.Option(help="报告期，如 2019")] = "",
    asof: Annotated[str, typer.Option(help="快照编号，如 2019-12-31.r2；不写则总是最新的")] = "",
    tile: Annotated[str, typer.Option(help="只要一块，如 card:P1-08、map:P1-08、ranking:P1-08、table:P1-08")] = "",
    param: Annotated[list[str] | None, typer.Option(help="其他参数，写成 名=值，可多次")] = None,
    days: Annotated[int, typer.Option(min=1, max=signed_links.LONGEST_DAYS, help="有效天数")] = 30,
    base: Annotated[str, typer.Option(help="看板的网址，如 https://portal.example/yn")] = "http://127.0.0.1:8501",
) -> None:
    """签发一个嵌入链接：页面与所写的参数都锁定，到期失效。"""
    pages = {file.stem for file in settings.ROOT.glob("pages/*/*.py")} - {"overview"}
    if page and page not in pages:
        _stop(f"没有名为 {page} 的页面；页面有 {'、'.join(sorted(pages))}，不写是总览")
    params = {"asof": asof, "period": period, "place": place, "tile": tile}
    params |= dict(one.partition("=")[::2] for one in param or [])
    chosen = {name: value for name, value in params.items() if value}
    if clash := set(chosen) & signed_links.SEAL:
        _stop(f"参数 {min(clash)} 由签名自己写，请去掉")
    if "place" in chosen and snapshots.published():  # before the first nobody can say which places there are
        chosen["place"] = _code(_snapshot(chosen.get("asof")), chosen["place"])
    try:
        signed = signed_links.sign(page, chosen, time.time() + 86_400 * days)
    except signed_links.NoKeys as error:
        _stop(str(error))
    out.print(f"{base.rstrip('/')}/{page}?{urlencode({'embed': 'true', **signed})}", highlight=False, soft_wrap=True)


def _snapshot(asof: str | None) -> snapshots.Snapshot:
    snapshot_ids = snapshots.published()
    if not snapshot_ids:
        _stop(f"{settings.snapshots_dir()} 中没有快照；{BEGIN}")
    try:
        return snapshots.find(asof or snapshot_ids[0])
    except (snapshots.NoSnapshot, snapshots.Damaged) as error:
        _stop(f"{error}。已发布的快照：{'、'.join(snapshot_ids)}")


def _code(snapshot: snapshots.Snapshot, text: str) -> str:
    """The code of a place that is typed as pages understand it. Stops with a sentence where there is none."""
    code = code_of(snapshot, text)
    if code is None:
        _stop(f"快照 {snapshot.id} 没有名称或代码为“{text}”的地区；请写全称或6位代码，如 怒江州、533300")
    return code


def _given(snapshot: snapshots.Snapshot, name: str, params: list[str]) -> dict[str, object]:
    """The parameters the query declares, each by its declared kind. Stops with a sentence when they do not fit."""
    if name not in queries.names():
        _stop(f"没有名为 {name} 的查询；python -m yunnan query list 列出全部")
    wanted = queries.load(name).params
    given = dict(p.partition("=")[::2] for p in params)
    if missing := set(wanted) - set(given):
        _stop(f"查询 {name} 还需要：{'；'.join(f'{k}=（{wanted[k]}）' for k in sorted(missing))}")
    if excess := set(given) - set(wanted):
        _stop(f"查询 {name} 没有参数 {'、'.join(sorted(excess))}；它的参数是 {'、'.join(wanted) or '（无）'}")
    values = {key: _value(key, wanted[key], text) for key, text in given.items()}
    return {key: _coded(snapshot, value) if key in PLACES else value for key, value in values.items()}


def _coded(snapshot: snapshots.Snapshot, value: object) -> object:
    """A place or a list of places by their codes."""
    return [_code(snapshot, one) for one in value] if isinstance(value, list) else _code(snapshot, str(value))


def _value(name: str, kind: str, text: str) -> object:
    if "[]" in kind:
        return [part for part in text.split(",") if part]
    try:
        if kind.startswith("rows"):
            return int(text)
        return date.fromisoformat(text) if kind.startswith("date") else text
    except ValueError:
        _stop(f"参数 {name} 的值“{text}”不对：日期写成 2019-12-31，行数写成整数")


def run() -> None:
    """The entry point. A mistyped command prints one sentence and exits 1; 2 and 3 are kept for refused returns."""
    for fault in settings.FAULTS:
        err.print(f"没有运行：{fault}。", markup=False, highlight=False, soft_wrap=True)
    if settings.FAULTS:
        raise SystemExit(1)
    try:
        code = app(standalone_mode=False)
    except snapshots.Unlisted as error:
        err.print(str(error), markup=False, highlight=False, soft_wrap=True)
        raise SystemExit(1) from None
    except (Exception, KeyboardInterrupt) as error:
        if type(error).__name__ in STOPPED:
            _stopped()
        if not isinstance(error, MISUSE):
            raise
        if not sys.argv[1:]:
            app(["--help"])
        option = getattr(error, "option_name", "") or getattr(getattr(error, "param", None), "opts", [""])[0]
        what = WRONG.get(type(error).__name__, "命令写得不对").format(option)
        err.print(f"{what}；python -m yunnan {' '.join(sys.argv[1:2])} --help 说明怎样写", markup=False, soft_wrap=True)
        raise SystemExit(1) from None
    if code == INTERRUPTED:  # typer's code for Ctrl+C
        _stopped()
    raise SystemExit(code if isinstance(code, int) else 0)


def _stopped() -> None:
    err.print("已停止：没有做完的不算数，已有的数据不受影响。", highlight=False)
    raise SystemExit(INTERRUPTED) from None
