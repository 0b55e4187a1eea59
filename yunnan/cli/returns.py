"""Command line of who receives returns: python -m yunnan template | ingest."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from yunnan.cli.terminal import err, out, stop
from yunnan.data import snapshots
from yunnan.publication import data_nature, staging
from yunnan.words import disk_errors

app = typer.Typer()


@app.command()
def template(
    table: Annotated[
        str,
        typer.Option(help="报表或登记表：funds projects organizations ...；写错会列出全部"),
    ],
    prefecture: Annotated[str | None, typer.Option(help="报送单位州市代码，如 533300；写了就印在模板里")] = None,
    period: Annotated[str | None, typer.Option(help="报告期，如 2020Q2；写了就印在模板里")] = None,
    file: Annotated[Path | None, typer.Option("--out", help="模板文件；默认放在当前文件夹")] = None,
) -> None:
    """写一份报送模板（.xlsx）：表头、下拉选项、填报说明、控制总数。"""
    from yunnan.ingest import commands  # its libraries serve only the returns
    from yunnan.ingest import template as form

    try:
        order = commands.order(period, prefecture, table, None, False)
        written = form.write(order, file or Path(form.file_name(order)))
    except (commands.Misused, OSError) as error:
        stop(
            str(error) if isinstance(error, commands.Misused) else f"模板写不下：{disk_errors.why(error)}；请核对 --out"
        )
    out.print(f"模板已写到 {written}", highlight=False, soft_wrap=True, markup=False)


@app.command()
def ingest(
    files: Annotated[list[Path] | None, typer.Argument(help="报表文件：.xlsx .xls .ods .csv .txt")] = None,
    period: Annotated[str | None, typer.Option(help="报告期，如 2020Q2；用报送模板填报的可以不写")] = None,
    prefecture: Annotated[str | None, typer.Option(help="报送单位州市代码，如 533300")] = None,
    table: Annotated[str | None, typer.Option(help="报表种类；不写则由表头认出")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不收下")] = False,
    report: Annotated[Path | None, typer.Option(help="把结果另存为 JSON")] = None,
    part: Annotated[
        int | None, typer.Option(min=1, max=99, help="这一份是一期报表的第几部分；几份文件依次编号；各部分合起来算")
    ] = None,
    is_replacing: Annotated[
        bool, typer.Option("--replace", help="代替已收下的同一单位同一报告期的同一报表；与 --part 合用只代替那一部分")
    ] = False,
    covers_province: Annotated[
        bool, typer.Option("--whole-province", help="全省台账：省里报的这一份包括各州市的全部，各州市都算已报")
    ] = False,
    watch: Annotated[Path | None, typer.Option(help="监视文件夹，来一份收一份，反馈工作簿放在旁边")] = None,
    received_at: Annotated[datetime | None, typer.Option(hidden=True)] = None,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="练习：当作演示数据收，只在放演示数据的文件夹里")
    ] = False,
) -> None:
    """收报表：逐行检查，收下好的，退回坏的并说明原因。退出码：0全部接收 2部分行拒收 3有整份拒收的 1本程序出错。"""
    from yunnan.ingest import commands

    if not files and not watch:
        stop("没有写报表文件；请写 python -m yunnan ingest 文件... --period 2020Q2，或用 --watch 监视文件夹")
    if watch and covers_province:
        stop("--watch 不能与 --whole-province 合用：全省台账要逐份指明；请用 ingest 文件 --whole-province 单独收")
    if watch and part:
        stop("--watch 不能与 --part 合用：每一部分请用 python -m yunnan ingest 文件 --part 单独收")
    if watch and is_replacing:
        stop("--watch 不能与 --replace 合用：再次启动时旧文件会盖掉更正；请用 ingest 文件 --replace 单独收")
    code = 0
    try:
        order = commands.order(period, prefecture, table, received_at, synthetic, part, is_replacing, covers_province)
        data_nature.refuse_other(synthetic)
        if files:
            code = commands.ingest(files, order, out=out, err=err, dry_run=dry_run, report=report)
        if watch:
            commands.watched(watch, order, out=out, err=err, dry_run=dry_run)
    except (commands.Misused, data_nature.Mixed, snapshots.Damaged, staging.Unreadable) as error:
        stop(str(error))
    except KeyboardInterrupt:
        if not watch:
            raise
        err.print("已停止")
    raise typer.Exit(code)
