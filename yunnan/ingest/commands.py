"""What `python -m yunnan ingest` does: files one after another, a short summary of each, an exit code for all."""

import signal
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from yunnan import settings
from yunnan.data import due_dates
from yunnan.ingest import context, forms, places, table_kinds, watched_folder
from yunnan.ingest.cells import is_blank
from yunnan.ingest.file_kinds import beside, label, readable
from yunnan.ingest.rows import Order
from yunnan.ingest.worker_client import Job, Worker
from yunnan.publication.periods import QUARTER, Quarter
from yunnan.words import disk_errors

CODES = {"accepted": 0, "partly": 2, "refused": 3}
WORDS = {"accepted": "全部接收", "partly": "部分接收", "refused": "整份拒收"}
COLOURS = {"accepted": "green", "partly": "yellow", "refused": "red"}
FEEDBACK = ".反馈.xlsx"  # what the workbooks beside the files of a watched folder end with


class Misused(Exception):
    """The command cannot be done as typed; the sentence says why."""


def order(
    period: str | None,
    prefecture: str | None,
    table: str | None,
    received_at: datetime | None,
    synthetic: bool,
    part: int | None = None,
    is_replacing: bool = False,
    covers_province: bool = False,
    periods: str | None = None,
) -> Order:
    """The order as typed. Raises Misused, due_dates.Unreadable."""
    if period is not None and not QUARTER.fullmatch(period):
        raise Misused(f"报告期“{period}”写法不对；请写成如 2020Q2")
    if period is not None and Quarter(period).start > settings.today():
        raise Misused(f"报告期 {period} 还没有开始；请核对 --period")
    quarters = _quarters(periods) if periods is not None else ()
    if quarters and period is not None:
        raise Misused("--period 与 --periods 不能合用；一期的写 --period，几期的写 --periods 2023Q1..2023Q4")
    if table is not None and table not in forms.TABLES:
        raise Misused(f"没有名为 {table} 的报表；--table 可写 {'、'.join(forms.TABLES)}")
    code = None if is_blank(prefecture) else places.prefecture(prefecture)
    if code and not code.value:
        raise Misused(f"州市“{prefecture}”不在区划目录；--prefecture 请写6位代码，如 533300")
    now = settings.local(received_at or settings.now()).replace(microsecond=0)
    sender = str(code.value) if code else None
    dates = due_dates.read()
    return Order(period, sender, table, now, synthetic, part, covers_province, is_replacing, quarters, dates)


def _quarters(text: str) -> tuple[str, ...]:
    """The quarters from one to another, as typed. Raises Misused."""
    first, _, last = text.partition("..")
    if not QUARTER.fullmatch(first) or not QUARTER.fullmatch(last) or last < first:
        raise Misused(f"报告期的范围“{text}”写法不对；请写成如 2023Q1..2023Q4，前一个不晚于后一个")
    if Quarter(last).start > settings.today():
        raise Misused(f"报告期 {last} 还没有开始；请核对 --periods")
    years = range(int(first[:4]), int(last[:4]) + 1)
    return tuple(name for year in years for n in "1234" if first <= (name := f"{year}Q{n}") <= last)


def ingest(files: list[Path], order: Order, *, out: Console, err: Console, dry_run: bool, report: Path | None) -> int:
    """Read the files, stage them unless it is a dry run; returns the exit code."""
    staging = settings.DATA_DIR / "staging"
    code = 0
    with tempfile.TemporaryDirectory() as folder, Worker(context.newest(settings.DATA_DIR)) as worker:
        parts = [Path(folder) / f"{number}.json" for number in range(len(files))]
        for number in _registers_first(files, order, worker):
            with err.status(escape(f"正在读 {label(files[number])}")):
                one = replace(order, part=order.part + number) if order.part else order
                report_file = parts[number] if report else None
                answer = worker.ask(Job(files[number], one, staging=staging, dry_run=dry_run, report=report_file))
            code = worse(code, say_all(answer, out, err, staging))
        reports = [part.read_bytes() for part in parts if part.exists()]
    if report:
        _write(report, reports)
    if len(files) > 1:
        out.print(f"共 {len(files)} 份", soft_wrap=True)
    return code


def explain(files: list[Path], order: Order, *, out: Console, err: Console) -> int:
    """Print what would become of each file, receiving nothing; the exit code as ingest would have it."""
    code = 0
    with Worker(context.newest(settings.DATA_DIR)) as worker:
        for file in files:
            answer = worker.ask(Job(file, order, is_explained=True))
            if "error" in answer:
                err.print(f"{answer['file']}：{answer['error']}", highlight=False, soft_wrap=True, markup=False)
                code = worse(code, 1)
                continue
            for line in [label(file), *answer["lines"]]:
                out.print(line, highlight=False, soft_wrap=True, markup=False)
            code = worse(code, CODES[answer["status"]])
    return code


def _registers_first(files: list[Path], order: Order, worker: Worker) -> list[int]:
    """The places of the files in the order of reading: organizations, projects, then what cites them."""
    if len(files) == 1:
        return [0]
    tables = [table_kinds.place(worker.table(file, order)) for file in files]
    return sorted(range(len(files)), key=tables.__getitem__)


def say_all(answer: dict, out: Console, err: Console, staging: Path) -> int:
    """Print what became of the returns of one file, and of the whole where there are several; its exit code."""
    code = 0
    for one in answer.get("returns", [answer]):
        code = worse(code, say(one, out, err, staging))
    if answer.get("summary"):
        out.print(f"  {answer['summary']}", highlight=False, soft_wrap=True, markup=False)
    return code


def say(answer: dict, out: Console, err: Console, staging: Path) -> int:
    """Print what became of one return; its exit code."""
    if "error" in answer:
        err.print(f"{answer['file']}：{answer['error']}", highlight=False, soft_wrap=True, markup=False)
        return 1
    status = answer["status"]
    read = f"读到{answer['rows_in']:,}行"
    rest = f"接收{answer['accepted']:,}，拒收{answer['rows_refused']:,}，剔除{answer['dropped']:,}"
    notes = f"警告{answer['warnings']:,}处，换算{answer['normalised']:,}处"
    verdict = "不知是哪一期的行，没有收" if answer["is_rest"] else WORDS[status]
    out.print(f"{answer['file']}  {verdict}", style=COLOURS[status], highlight=False, soft_wrap=True, markup=False)
    parts = [_what(answer), f"{read}，{rest}", notes]
    out.print("  " + "；".join(part for part in parts if part), highlight=False, soft_wrap=True, markup=False)
    for kind, mark, total in (("first", "✗", answer["refused"]), ("first_warnings", "△", answer["warnings"])):
        for line in answer[kind]:
            out.print(f"  {mark} {_located_message(*line)}", highlight=False, soft_wrap=True, markup=False)
        if total > len(answer[kind]):
            out.print(f"    另有{total - len(answer[kind]):,}处，见反馈工作簿", highlight=False, soft_wrap=True)
    for line in answer.get("beside", []):
        out.print(f"  △ {line}", highlight=False, soft_wrap=True, markup=False)
    if answer.get("batch"):
        again = "" if answer["is_new"] else "（此前已收下同一份，没有改动）"
        book = staging / answer["batch"] / "feedback.xlsx"
        out.print(f"  批次 {answer['batch']}{again}；反馈工作簿 {book}", highlight=False, soft_wrap=True, markup=False)
    if answer.get("unwritten"):
        why = f"  反馈工作簿没有放到旁边（{answer['unwritten']}），在上面的批次里有一份；请检查文件夹的空间与权限"
        err.print(why, highlight=False, soft_wrap=True, markup=False)
    return CODES["partly" if answer["is_rest"] else status]


def worse(one: int, other: int) -> int:
    """The exit code of several files: our own failure before a refused file before refused rows."""
    ranks = (0, 2, 3, 1)
    return max(one, other, key=ranks.index)


def watched(folder: Path, order: Order, *, out: Console, err: Console, dry_run: bool) -> None:
    """Read each file that arrives in the folder until Ctrl+C; its feedback workbook lies beside it."""
    if not folder.is_dir():
        raise Misused(f"没有文件夹 {readable(str(folder))}；请先建立，再用 --watch 监视")
    name = readable(str(folder))
    for stop in (signal.SIGINT, signal.SIGTERM):  # under nohup the first is inherited as ignored: it would never end
        signal.signal(stop, signal.default_int_handler)
    out.print(f"正在监视 {name}，按 Ctrl+C 停止", soft_wrap=True, highlight=False, markup=False)
    try:
        for files in watched_folder.arrivals(folder, FEEDBACK):
            _arrived(files, order, out=out, err=err, dry_run=dry_run)
    except OSError as error:
        raise Misused(f"文件夹 {name} 不能再监视：{disk_errors.why(error)}；请核对文件夹与权限，再启动一次") from error


def _arrived(files: list[Path], order: Order, *, out: Console, err: Console, dry_run: bool) -> None:
    """Read the files that have arrived together."""
    staging = settings.DATA_DIR / "staging"
    with Worker(context.newest(settings.DATA_DIR)) as worker:
        for number in _registers_first(files, order, worker):
            file, now = files[number], replace(order, received_at=settings.now())
            job = Job(file, now, staging=staging, dry_run=dry_run, feedback=beside(file, FEEDBACK))
            say_all(worker.ask(job), out, err, staging)


def _what(answer: dict) -> str:
    names = places.names("prefecture") | {places.PROVINCE: "省本级"}
    parts = (names.get(answer["sender"] or "", ""), forms.TABLES.get(answer["table"] or "", ""), answer["period"] or "")
    late = "（补报，迟报不适用）" if answer["is_backfill"] else "（不应报的单位，照收，不算迟）" * answer["is_unowed"]
    return " ".join(part for part in parts if part) + late


def _located_message(sheet: str | None, row: int | None, column: str | None, rule: str | None, message: str) -> str:
    place = "".join([f"“{sheet}”" if sheet else "", f"第{row}行" if row else "", f"“{column}”" if column else ""])
    return f"{place + '：' if place else ''}{message}{f'（{rule}）' if rule else ''}"


def _write(report: Path, reports: list[bytes]) -> None:
    bare = [part.removeprefix(b"[").removesuffix(b"]") for part in reports]  # a file of several returns is a list
    data = reports[0] if len(reports) == 1 else b"[" + b",\n".join(bare) + b"]"
    try:
        report.write_bytes(data + b"\n")
    except OSError as error:
        raise Misused(
            f"报告写不进 {readable(str(report))}：{disk_errors.why(error)}；请核对 --report 的路径"
        ) from error
