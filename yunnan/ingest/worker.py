"""The slim process that reads returns: one child per file, with limits on memory and time.

python -m yunnan.ingest.worker: the first line of stdin is what is known, each further line a job; each job is answered
by one line. A child that is killed, by its limits or by what it reads, costs its file and nothing else.
"""

import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import datetime
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType

from yunnan.data import due_dates
from yunnan.ingest import batch, explanation, feedback, file_kinds, forms, report, table_kinds
from yunnan.ingest.context import Context
from yunnan.ingest.notes import Unreadable
from yunnan.ingest.result import Result
from yunnan.ingest.rows import Order
from yunnan.ingest.sections import Sections, read
from yunnan.publication import staging
from yunnan.words import disk_errors

SMALL = 5_000_000  # bytes of a file
MEMORY = (800_000_000, 1_500_000_000)  # bytes a child may take for a small file, for a large one
SECONDS = (25, 240)
FIRST = 12  # sentences of a file that the terminal shows


class WithoutPandas(MetaPathFinder):
    """As if pandas were not installed: every child would load it for its first array, since pyarrow looks for it."""

    def find_spec(self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


def main() -> None:
    """Serve until stdin ends."""
    sys.meta_path.insert(0, WithoutPandas())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets Ctrl+C too, and ends us by closing our stdin
    context = _context_of(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        job = json.loads(line)
        answer = _forked(job, context)
        if "died" in answer and not job["only_table"]:
            answer = _forked(job | {"refused": answer["died"]}, context)
        context.add(answer.pop("codes", {}))
        sys.stdout.write(json.dumps(answer, ensure_ascii=True) + "\n")
        sys.stdout.flush()


def work(job: dict, context: Context) -> dict:
    """Do one job: read the file, write what was asked for, and return the outcome."""
    order = _order_of(job["order"])
    path = Path(job["path"])
    if job["only_table"]:
        return {"table": table_kinds.table(path, context)}
    if job["is_explained"]:
        why = job.get("refused")
        lines, status = ([why], "refused") if why else explanation.lines(path, order, context)
        return {"lines": lines, "status": status}
    if job.get("refused"):
        result = Result(file_kinds.label(path), file_kinds.fingerprint(path), order)
        sections = Sections([result.refused(Unreadable("DQ-33", job["refused"]))])
    else:
        sections = read(path, order, context)
    codes: dict[str, list] = {}
    for result in sections.returns:
        for table, rows in table_kinds.codes(result).items():
            codes.setdefault(table, []).extend(rows)
    received = [_received_one(job, result, context, len(sections.returns) > 1) for result in sections.returns]
    results, answers = zip(*received, strict=True)
    if job["report"]:
        Path(job["report"]).write_bytes(report.written([report.file_report(result) for result in results]))
    whole = {"summary": sections.summary and f"{sections.summary}；共接收{_accepted(results)}", "codes": codes}
    return (answers[0] if len(answers) == 1 else {"returns": answers}) | whole


def _accepted(results: Sequence[Result]) -> str:
    """What became of the rows of all returns, those included that were refused beside what stands."""
    accepted, refused = sum(len(one.accepted) for one in results), sum(one.rows_refused for one in results)
    return f"{accepted:,}行，拒收{refused:,}行"


def _received_one(job: dict, result: Result, context: Context, is_one_of_several: bool) -> tuple[Result, dict]:
    """Stage one return and write its workbook as the job says; the result beside what stands, and its answer."""
    name, is_new = None, False
    if job["staging"] and result.sha256:
        result, name, is_new = batch.stage(result, Path(job["staging"]), context, dry_run=job["dry_run"])
    answer = _summary(result) | {
        "batch": name,
        "is_new": is_new,
        "beside": result.beside,
    }
    if job["feedback"]:
        mark = (result.period or "未分期") if job["order"]["periods"] else forms.TABLES.get(result.table or "", "")
        answer["unwritten"] = _beside(_marked(Path(job["feedback"]), mark if is_one_of_several else ""), result)
    return result, answer


def _marked(path: Path, mark: str) -> Path:
    """The path of a workbook beside its file, told apart by the table or quarter where one file has several."""
    stem, dot, rest = path.name.rpartition(".反馈")
    return path.with_name(f"{stem}.{mark}{dot}{rest}") if mark else path


def _beside(path: Path, result: Result) -> str:
    """Write the workbook beside the return, which is staged already; why that could not be done."""
    try:
        with path.open("wb") as file:
            feedback.write(file, result)
    except OSError as error:
        return disk_errors.why(error)
    return ""


def _summary(result: Result) -> dict:
    notes = result.notes
    return {
        "file": result.file,
        "status": result.status,
        "table": result.table,
        "sender": result.sender,
        "period": result.period,
        "is_backfill": result.is_backfill,
        "is_unowed": result.is_unowed,
        "is_rest": result.is_rest,
        "rows_in": result.rows_in,
        "accepted": len(result.accepted),
        "rows_refused": result.rows_refused,
        "dropped": len(notes.dropped),
        "warnings": len(notes.warnings),
        "normalised": len(notes.normalised),
        "refused": len(notes.refused),
        "first": [(n.sheet, n.row, n.column, n.rule, n.message) for n in notes.refused[:FIRST]],
        "first_warnings": [(n.sheet, n.row, n.column, n.rule, n.message) for n in notes.warnings[:FIRST]],
    }


def _forked(job: dict, context: Context) -> dict:
    """The answer of a child of our own; {'died': a sentence} when it did not live to give one."""
    is_large = _size(job["path"]) > SMALL
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _child(job, context, theirs, is_large)
    os.close(theirs)
    deadline = time.monotonic() + SECONDS[is_large]
    reply = _received(ours, deadline)
    if reply is None:
        os.kill(child, signal.SIGKILL)
    os.close(ours)
    _, status = os.waitpid(child, 0)
    if reply:
        return json.loads(reply)
    if reply is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        return {"died": f"读取超过{SECONDS[is_large]}秒，已停止；请重新保存，或拆成几份再报"}
    return {"died": "读取时内存超过上限，或文件已损坏，已停止；请清除表格外的空白格式，或拆成几份再报"}


def _child(job: dict, context: Context, pipe: int, is_large: bool) -> None:
    """Never returns. Whatever happens, nothing of the file's content is printed."""
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        _limit(is_large)
        answer = work(job, context)
    except MemoryError:
        os._exit(1)
    except staging.Unreadable as error:
        answer = {"file": file_kinds.label(Path(job["path"])), "error": str(error)}
    except OSError as error:
        answer = {
            "file": file_kinds.label(Path(job["path"])),
            "error": f"写不下结果：{disk_errors.why(error)}；请检查数据文件夹的空间与权限",
        }
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        code_line = f"{Path(last.filename).name} 第{last.lineno}行"
        answer = {
            "file": file_kinds.label(Path(job["path"])),
            "error": f"程序内部错误（{type(error).__name__}，{code_line}）；请把文件名告诉维护人员",
        }
    except BaseException:  # a panic of the reader's own language
        os._exit(1)
    data = json.dumps(answer, ensure_ascii=True).encode()
    while data:
        data = data[os.write(pipe, data) :]
    os._exit(0)


def _limit(is_large: bool) -> None:
    """Memory beyond what the libraries have mapped already, processor time, no core file."""
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    most = pages * resource.getpagesize() + MEMORY[is_large]
    _lower(resource.RLIMIT_AS, most, most)
    _lower(resource.RLIMIT_CPU, SECONDS[is_large], SECONDS[is_large] + 5)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _lower(kind: int, soft: int, hard: int) -> None:
    """Set a limit, never above the one that is set already."""
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(kind, (soft, hard))


def _received(pipe: int, deadline: float) -> bytes | None:
    """All that comes through the pipe until it is closed; None when the time is up before."""
    received = b""
    while (left := deadline - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            part = os.read(pipe, 65_536)
            if not part:
                return received
            received += part
    return None


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _order_of(fields: dict) -> Order:
    moment, dates = datetime.fromisoformat(fields["received_at"]), due_dates.from_facts(fields["dates"])
    return Order(**fields | {"received_at": moment, "dates": dates, "periods": tuple(fields["periods"])})


def _context_of(fields: dict) -> Context:
    sets = {name: set(fields[name]) for name in ("organizations", "projects", "documents")}
    stats = {(prefecture, period, item): value for prefecture, period, item, value in fields["stats"]}
    balances = [tuple(row) for row in fields["balances"]]
    receipts = [tuple(row) for row in fields["receipts"]]
    return Context(
        has_snapshot=fields["has_snapshot"],
        **sets,
        words=fields["words"],
        county_names=fields["county_names"],
        spans=fields["spans"],
        counted={(name, code): what for name, code, what in fields["counted"]},
        stages={stage: (first, last, quarter) for stage, (first, last, quarter) in fields["stages"].items()},
        by_credit_code=fields["by_credit_code"],
        by_name=fields["by_name"],
        profiles=fields["profiles"],
        balances=balances,
        stats=stats,
        receipts=receipts,
        last_receipt=fields["last_receipt"],
    )


if __name__ == "__main__":
    main()
