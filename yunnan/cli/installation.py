"""Command line of who keeps the installation: python -m yunnan init | migrate | backup | restore."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from yunnan import settings
from yunnan.access import audit_log
from yunnan.access.log_chain import Chain
from yunnan.cli import senders as sending
from yunnan.cli.terminal import UNSURE, progress, say, stop
from yunnan.data import agendas, contract, due_dates, snapshot_folders
from yunnan.data.due_dates import DueDates
from yunnan.publication import backup as keeping
from yunnan.publication import data_nature, durable, own_folder, staging, withdrawals
from yunnan.publication import migrate as migrating
from yunnan.publication import restore as restoring
from yunnan.publication.publish import Refused
from yunnan.words.geography import PROVINCE

app = typer.Typer()
NOT_DONE = (
    *(Refused, data_nature.Mixed, snapshot_folders.NoSnapshot, snapshot_folders.Damaged, staging.Unreadable),
    *(durable.Busy, durable.NotWritten),
)


@app.command()
def init(
    first: Annotated[str, typer.Option(help="从哪个季度起应报，如 2026Q1；以前的是补报，不算迟")],
    due: Annotated[str, typer.Option(help="季报在季后次月几日几点前报到")] = due_dates.USUAL,
    senders: Annotated[
        str, typer.Option(help="报送单位，如 怒江州,530100,省本级；其余的不应报；不写是16个州市与省本级都报")
    ] = sending.ALL,
    stage: Annotated[
        str | None, typer.Option("--with", help="放一份随程序的登记表备用，如 脱贫攻坚：只放着，不收")
    ] = None,
) -> None:
    """建立自己的数据文件夹（YUNNAN_DATA_DIR 所指的，空的或还没有的）：记号、报送期限；演示数据从此进不来。"""
    from yunnan.ingest import forms, shipped_registers  # whose libraries serve only the returns

    if not due_dates.QUARTER.fullmatch(first):
        stop(f"起报期“{first}”写法不对，没有建立；--first 请写成如 2026Q1")
    if not due_dates.is_deadline(due):
        stop(f"截止时刻“{due}”不对，没有建立；--due 应是{settings.DEADLINE_WORDS}")
    if stage not in (None, shipped_registers.STAGE):
        stop(f"没有名为“{stage}”的登记表，没有建立；--with 可写 {shipped_registers.STAGE}，不写就不放")
    offered = Path(shipped_registers.FOLDER) / (stage or "")
    files = {str(offered / name): data for name, data in shipped_registers.files().items()} if stage else {}
    dates = DueDates(due, first, sending.read(senders))
    try:
        folder = own_folder.make(own_folder.Plan(dates, files))
    except (own_folder.NotPossible, snapshot_folders.Damaged, snapshot_folders.Unlisted, staging.Unreadable) as error:
        stop(str(error))
    say(f"已建立 {folder}：只放{data_nature.OWN}，记号是 {data_nature.MARK}，演示数据不能放进来")
    for sentence in dates.sentences:
        say(sentence)
    if stage:
        say(f"{stage}的登记表{len(files)}份放在 {folder / offered}，第一行写明来源；没有收，要用的核对以后再 ingest")
    say("下一步：")
    one = next((code for code in dates.senders if code != PROVINCE), "533300")
    example = f"--prefecture {one} --period {first}"
    for number, step in enumerate(
        (
            f"报登记表（{'、'.join(forms.TABLES[table] for table in staging.OFFICE)}）：先要模板，如 "
            "python -m yunnan template --table targets --prefecture 530000",
            f"把季度报表的模板发给州市：python -m yunnan template --all {example}",
            f"收：python -m yunnan ingest 报表.xlsx --period {first}",
            "看会变什么，再发布：python -m yunnan publish --as-of 截至日 --preview",
            "打开看板：make run（同一个 YUNNAN_DATA_DIR）；从头到第一次会议见 docs/start.md",
        ),
        1,
    ):
        say(f"  {number}. {step}")


@app.command()
def migrate(
    snapshot: Annotated[str, typer.Argument(help="快照编号，如 2019-12-31.r2；该截至日最新的一版")],
) -> None:
    """升级以后：把旧版数据约定的快照迁移到现在的约定，写成同一截至日的下一个修订版；旧的一份原样保留。"""
    try:
        with progress(f"迁移 {snapshot}", "已迁移") as step:
            new = migrating.migrate(snapshot, say=step)
    except NOT_DONE as error:
        stop(str(error))
    except OSError as error:
        stop(f"{durable.disk_says(error)}：{error.filename}，没有迁移，已有的快照不受影响")
    version = new.origin["contract_version"]
    say(f"{snapshot}（第{version}版数据约定）→ {new.path.name}（第{contract.version()}版）")
    for table, count in new.origin["changed"].items():
        say(f"约定改了含义，随之改写：表 {table} {count:,}行")
    say("其余公布的行逐行相同；指标、人数保护按现在的约定重新计算")
    say(f"快照 {new.path.name} 已发布" if new.is_durable else f"快照 {new.path.name} {UNSURE}")


@app.command()
def backup(
    to: Annotated[Path, typer.Argument(help="备份写成的文件，如 2026-03-31.tar；已有的不覆盖")],
) -> None:
    """备份全部：快照、暂存的报表、收据、撤回与关闭、日志、议程、人员文件；密钥不在里面，请另外存放。"""
    logs = [Chain(audit_log.folder(), name) for name in audit_log.TITLES]
    parts = [keeping.Log(partial(_files, log), log.lock) for log in logs if log.folder.is_dir()]
    try:
        with progress(f"备份 {to}", "已备份"):
            written = keeping.write(to, parts)
    except (
        *(keeping.NotPossible, staging.Unreadable, snapshot_folders.Unlisted, agendas.Unlisted),
        *(durable.Busy, durable.NotWritten),
    ) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{durable.disk_says(error)}：{error.filename}，没有备份；请检查数据文件夹的权限")
    say(f"{written.path}：{len(written.sums):,}个文件，{written.nature}；每个文件的指纹在它的 {keeping.MANIFEST} 里")
    say(f"备份的指纹（SHA-256）{written.sha256}；请另外记下，恢复前用 sha256sum 核对")
    for name in written.left_out:
        say(f"没有放进去：{name}")
    say("密钥（签名、日志、登录、匿名键）不在备份里，请与备份分开存放；备份里有受益记录，请像密钥一样保管")
    audit_log.note("backup", withdrawals.person(), file=to.name, sha256=written.sha256)
    for fault in written.faults:
        say(f"✗ {fault}：备份里的也是这样，请用更早的备份恢复它")
    if written.faults:
        raise typer.Exit(1)


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="备份文件")],
) -> None:
    """把备份恢复成 YUNNAN_DATA_DIR 所指的文件夹（空的或还没有的）；先逐个文件核对指纹，不符的什么也不放。"""
    try:
        with progress(f"恢复 {source}", "已恢复"):
            restored = restoring.restore(source, settings.DATA_DIR)
    except keeping.NotPossible as error:
        stop(str(error))
    folder = restored.path
    say(f"已恢复到 {folder}：{restored.files:,}个文件，{restored.nature}，{restored.at} 备份；指纹全部相符")
    if (folder / "agendas").is_dir() and (folder / "agendas").absolute() != settings.AGENDAS_DIR.absolute():
        say(f"议程在 {folder / 'agendas'}：请把 YUNNAN_AGENDAS_DIR 指到它，或移到原来的地方")
    if (folder / keeping.PEOPLE).is_file():
        say(f"人员文件在 {folder / keeping.PEOPLE}：请移到原来的地方（如 /etc/yunnan），YUNNAN_PEOPLE 指到它")
    say("密钥不在备份里，请从另外存放的地方放回；再运行 python -m yunnan verify 与 python -m yunnan verify-log 核验")


def _files(log: Chain) -> dict[str, Path]:
    """The files of a log and its marks, by their names in the archive."""
    marks = [mark for mark in map(log.mark, ("end", "start")) if mark.is_file()]
    return {f"log/{path.name}": path for path in [*log.files(), *marks]}
