"""Command line of who takes away: python -m yunnan brief."""

import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from yunnan.access import viewer
from yunnan.cli.terminal import say, stop
from yunnan.data import figure_codes, snapshots
from yunnan.drawing.briefing import rendering, request
from yunnan.words.wording import BEGIN

app = typer.Typer()


@app.command()
def brief(
    out: Annotated[Path, typer.Option(help="写入的文件夹，没有则建立")],
    place: Annotated[str, typer.Option(help="地区的代码或名称；530000 为全省")] = figure_codes.PROVINCE,
    period: Annotated[str, typer.Option(help="报告期，如 2019、2020H1；默认最近一个完整年度")] = "",
    pillar: Annotated[str, typer.Option(help="P1 至 P4；不写为四个支柱")] = "",
    asof: Annotated[str, typer.Option(help="快照编号；默认最新")] = "",
    agenda: Annotated[str, typer.Option(help="议程名（data/agendas 中的文件名）；生成它的幻灯片，不看其他选项")] = "",
    slides: Annotated[bool, typer.Option("--slides", help="生成幻灯片，不生成 Word 简报")] = False,
) -> None:
    """生成 Word 简报或幻灯片，供定时任务放入文件夹；同名文件被整份替换。"""
    params = {"place": place, "period": period, "pillar": pillar, "asof": asof}
    kind = "pptx" if slides or agenda else "docx"
    try:
        one = _wanted(agenda, {name: value for name, value in params.items() if value})
        file = out / one.file_name(kind)
        _write(file, rendering.rendered(one, kind, date.today()))
    except (request.CannotBrief, snapshots.NoSnapshot, snapshots.Damaged) as error:
        published = "、".join(snapshots.published())
        stop(f"{error}。已发布的快照：{published}" if published else f"{error}；{BEGIN}")
    except OSError:
        stop(f"文件夹 {out} 不能写入，没有生成；请检查它的权限与磁盘空间")
    say(str(file))


def _wanted(agenda: str, params: dict[str, str]) -> request.Brief | request.Meeting:
    if agenda:
        return request.meeting({request.MEETING: agenda}, viewer.WHOLE_PROVINCE)
    return request.brief(None, params, viewer.WHOLE_PROVINCE)


def _write(file: Path, data: bytes) -> None:
    """Write beside the file, then rename: a job that fetches it meanwhile must never get half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".brief-", delete=False) as part:
        try:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
            os.chmod(part.name, 0o644)
            os.replace(part.name, file)
        except OSError:
            os.unlink(part.name)
            raise
