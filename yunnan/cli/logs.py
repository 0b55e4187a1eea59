"""Command line of the logs: python -m yunnan verify-log | prune-log."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from yunnan import settings
from yunnan.access import audit_log, key_files, log_chain, sealed_log
from yunnan.access.log_chain import Chain, Head
from yunnan.cli.terminal import say, stop

app = typer.Typer()
UNSEALED = "△ 没有设密钥（YUNNAN_LOG_KEYS）：能写这个文件夹的人可以把日志整个重写；请与服务日志核对（--heads）"


@app.command(name="verify-log")
def verify_log(
    folder: Annotated[Path | None, typer.Argument(help="日志文件夹；默认 data/log")] = None,
    head: Annotated[str, typer.Option(help="另处记下的末条，写成 条号:指纹 或只写指纹，须在导出日志里")] = "",
    heads: Annotated[
        Path | None, typer.Option(help="服务日志（journalctl -u yunnan 的输出）的文件，- 是标准输入；逐条核对")
    ] = None,
) -> None:
    """核验导出日志与访问日志：逐行核对指纹与前后衔接，被改动、删除、插入、截短、整个换掉的都会指出。"""
    log_folder = folder or audit_log.folder()
    try:
        journal = _journal(heads) if heads else []
        logs = [audit_log.chain(name, log_folder) for name in (audit_log.EXPORTS, audit_log.ACCESS)]
        verdicts = [_verdict(one, _heads(one.name, head, journal)) for one in logs]
    except (OSError, key_files.NoKeys) as error:
        stop(f"日志无法读取：{error}")
    if verdicts == [None, None]:
        say(f"{log_folder} 中没有导出日志：还没有导出过，或整个文件夹被换掉了")
        return
    if not logs[0].keys:
        say(UNSEALED)
    raise typer.Exit(0 if all(verdict in (True, None) for verdict in verdicts) else 1)


@app.command(name="prune-log")
def prune_log(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说明，不清理")] = False,
    even_faulty: Annotated[bool, typer.Option("--even-faulty", help="核验不符的日志也清理")] = False,
) -> None:
    """清理过了保存期的日志（按月整份）：导出日志默认留36个月，访问日志12个月；清理本身也记一行。"""
    for name, title in audit_log.TITLES.items():
        try:
            one, oldest = audit_log.chain(name), audit_log.oldest(name, settings.today())
            gone = sealed_log.outdated(one, oldest)
            if gone and not dry_run and not even_faulty and (faults := one.check().faults):
                stop(f"{title}有 {len(faults)} 处不符，没有清理；先运行 verify-log 查明，仍要清理的加 --even-faulty")
            gone = gone if dry_run else sealed_log.drop(one, oldest)
        except (OSError, ValueError, key_files.NoKeys, sealed_log.CannotLog) as error:
            stop(str(error))
        done = "、".join(file.name for file in gone) or "没有过期的"
        say(f"{title}（留{audit_log.months(name)}个月）{'将清理' if dry_run else '已清理'}：{done}")


def _verdict(one: Chain, heads: list[Head]) -> bool | None:
    """Whether the log is whole; None without a log. Prints each fault and remark."""
    checked = one.check(heads)
    files = one.files()
    if not files and not checked.faults:
        return None
    for fault in checked.faults:
        say(f"✗ {fault}")
    for remark in checked.remarks:
        say(f"△ {remark}")
    summary = f"{one.folder}：{audit_log.TITLES[one.name]} {len(files)} 个文件，{checked.good:,} 行完好"
    say(f"✗ {summary}，{len(checked.faults)} 处不符" if checked.faults else f"✓ {summary}")
    return not checked.faults


def _journal(file: Path) -> list[tuple[str, Head]]:
    """The heads in a journal, each with the name of its log."""
    if str(file) == "-":
        return log_chain.heads(sys.stdin)
    with file.open(encoding="utf-8", errors="replace") as lines:
        return log_chain.heads(lines)


def _heads(name: str, head: str, journal: list[tuple[str, Head]]) -> list[Head]:
    """What was kept elsewhere of this log."""
    heads = [kept for log, kept in journal if log == name]
    if head and name == audit_log.EXPORTS:
        number, _, fingerprint = head.rpartition(":")
        if number and not number.isdecimal():
            stop(f"--head 的值“{head[:80]}”不对：写成 条号:指纹，如 57:3f2a…，或只写64位的指纹")
        heads.append((int(number) if number else None, fingerprint.strip().lower()))
    return heads
