"""Command line of who keeps the installation: python -m yunnan migrate."""

from typing import Annotated

import typer

from yunnan.cli.terminal import UNSURE, progress, say, stop
from yunnan.data import contract, snapshot_folders
from yunnan.publication import data_nature, durable, staging
from yunnan.publication import migrate as migrating
from yunnan.publication.publish import Refused

app = typer.Typer()
NOT_DONE = (
    *(Refused, data_nature.Mixed, snapshot_folders.NoSnapshot, snapshot_folders.Damaged, staging.Unreadable),
    *(durable.Busy, durable.NotWritten),
)


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
