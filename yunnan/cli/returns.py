"""Command line of returns: template | keys for who sends them, ingest | deadline for who receives them."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from yunnan import settings
from yunnan.cli import senders as sending
from yunnan.cli.terminal import err, out, say, stop
from yunnan.data import due_dates, snapshots
from yunnan.publication import data_nature, staging
from yunnan.words import disk_errors

app = typer.Typer()


@app.command()
def template(
    table: Annotated[
        str | None,
        typer.Option(help="报表或登记表：funds projects organizations ...；写错会列出全部"),
    ] = None,
    is_of_all: Annotated[bool, typer.Option("--all", help="一本工作簿，每种季度报表一张工作表")] = False,
    prefecture: Annotated[str | None, typer.Option(help="报送单位州市代码，如 533300；写了就印在模板里")] = None,
    period: Annotated[str | None, typer.Option(help="报告期，如 2020Q2；写了就印在模板里")] = None,
    file: Annotated[Path | None, typer.Option("--out", help="模板文件；默认放在当前文件夹")] = None,
) -> None:
    """写一份报送模板（.xlsx）：表头、下拉选项、填报说明、控制总数。"""
    from yunnan.ingest import commands, context  # their libraries serve only the returns
    from yunnan.ingest import template as form

    if is_of_all == (table is not None):
        stop("模板是哪一种：一种报表写 --table funds，全部季度报表写 --all，两样写一样")
    try:
        order = commands.order(period, prefecture, table, None, False)
        choices = context.choices(settings.DATA_DIR, form.day(order))
        written = form.write(order, file or Path(form.file_name(order)), choices)
    except (commands.Misused, due_dates.Unreadable, snapshots.Damaged, staging.Unreadable) as error:
        stop(str(error))
    except OSError as error:
        stop(f"模板写不下：{disk_errors.why(error)}；请核对 --out")
    out.print(f"模板已写到 {written}", highlight=False, soft_wrap=True, markup=False)


@app.command()
def keys(
    roster: Annotated[Path | None, typer.Argument(help="名册：.xlsx .xls .ods .csv，有一列身份证号")] = None,
    secret: Annotated[Path | None, typer.Option(help="省里统一的密钥文件，只有自己可读（chmod 600）")] = None,
    file: Annotated[Path | None, typer.Option("--out", help="写成的报表；默认是名册旁边的 受益_匿名.xlsx")] = None,
    new_secret: Annotated[Path | None, typer.Option(help="只写一把新的密钥到这个文件（权限600），已有的不覆盖")] = None,
) -> None:
    """在报送单位用：把名册里的身份证号换成匿名键，写成一份受益报表；姓名、证件号、电话、住址、账号都不带。"""
    from yunnan.ingest import anonymous_keys  # its libraries serve only the returns

    if new_secret:
        _new_secret(new_secret)
        return
    if not roster or not secret:
        stop("请写 python -m yunnan keys 名册.xlsx --secret 密钥文件；还没有密钥的先用 --new-secret 文件")
    try:
        held = anonymous_keys.secret_of(secret)
        made = anonymous_keys.write(roster, held, file or roster.with_name("受益_匿名.xlsx"))
    except anonymous_keys.NotPossible as error:
        stop(str(error))
    except Exception as error:  # its text may hold what stands in a cell
        stop(f"名册没有换成：本程序出错（{type(error).__name__}），什么也没有写；请把这句话告诉开发人员，不要发名册")
    say(f"已写成 {made.path}：{made.rows:,}行，{made.keys:,}个对象；密钥的校验码 {anonymous_keys.check_code(held)}")
    say(f"没有带的列：{'、'.join(made.left_out)}")
    if made.no_rows:
        say(f"不是记录、没有带的行：第{'、'.join(map(str, made.no_rows))}行")
    say("校验码与省里公布的不同，就是密钥不同，同一人会算成两人：请先核对再报。名册仍在原处，请妥善保管")


def _new_secret(file: Path) -> None:
    from yunnan.ingest import anonymous_keys

    try:
        anonymous_keys.new_secret(file)
    except anonymous_keys.NotPossible as error:
        stop(str(error))
    say(f"新的密钥在 {file}（权限600）；全省用同一把，由省里当面交给各州市，不用网络传")


@app.command()
def ingest(
    files: Annotated[list[Path] | None, typer.Argument(help="报表文件：.xlsx .xls .ods .csv .txt")] = None,
    period: Annotated[str | None, typer.Option(help="报告期，如 2020Q2；用报送模板填报的可以不写")] = None,
    periods: Annotated[
        str | None, typer.Option(help="一份文件里有几个季度，如 2023Q1..2023Q4：按各行的日期分成一期一份")
    ] = None,
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
    is_explained: Annotated[
        bool, typer.Option("--explain", help="只说明每一列读作什么、一次列出全部问题，什么也不收")
    ] = False,
    received_at: Annotated[datetime | None, typer.Option(hidden=True)] = None,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="练习：当作演示数据收，只在放演示数据的文件夹里")
    ] = False,
) -> None:
    """收报表：逐行检查，收下好的，退回坏的并说明原因。退出码：0全部接收 2部分行拒收 3有整份拒收的 1本程序出错。"""
    from yunnan.ingest import commands, profiles

    if not files and not watch:
        stop("没有写报表文件；请写 python -m yunnan ingest 文件... --period 2020Q2，或用 --watch 监视文件夹")
    if watch and covers_province:
        stop("--watch 不能与 --whole-province 合用：全省台账要逐份指明；请用 ingest 文件 --whole-province 单独收")
    if watch and part:
        stop("--watch 不能与 --part 合用：每一部分请用 python -m yunnan ingest 文件 --part 单独收")
    if watch and is_replacing:
        stop("--watch 不能与 --replace 合用：再次启动时旧文件会盖掉更正；请用 ingest 文件 --replace 单独收")
    if watch and is_explained:
        stop("--watch 不能与 --explain 合用：说明要逐份看；请用 ingest 文件 --explain")
    code = 0
    try:
        order = commands.order(
            period, prefecture, table, received_at, synthetic, part, is_replacing, covers_province, periods
        )
        data_nature.refuse_other(synthetic)
        if files and is_explained:
            code = commands.explain(files, order, out=out, err=err)
        elif files:
            code = commands.ingest(files, order, out=out, err=err, dry_run=dry_run, report=report)
        if watch:
            commands.watched(watch, order, out=out, err=err, dry_run=dry_run)
    except (
        commands.Misused, data_nature.Mixed, snapshots.Damaged, staging.Unreadable, due_dates.Unreadable,
        profiles.Faulty,
    ) as error:  # fmt: skip
        stop(str(error))
    except KeyboardInterrupt:
        if not watch:
            raise
        err.print("已停止")
    raise typer.Exit(code)


@app.command()
def deadline(
    due: Annotated[str | None, typer.Option(help="季报在季后次月几日几点前报到，如 10 18:00；不写则不改")] = None,
    first: Annotated[
        str | None, typer.Option(help="从哪个季度起应报，如 2026Q1；以前的是补报，不算迟；写 无 是每个季度都应报")
    ] = None,
    senders: Annotated[
        str | None, typer.Option(help="报送单位，如 怒江州,530100,省本级；其余的不应报；写 全部 是17个都报")
    ] = None,
) -> None:
    """报送期限：季报的截止时刻、起报期与报送单位，保存在数据文件夹里；不写选项则说明现在怎样。"""
    if due is not None and not due_dates.is_deadline(due):
        stop(f"截止时刻“{due}”不对，--due 应是{settings.DEADLINE_WORDS}")
    if first not in (None, "无") and not due_dates.QUARTER.fullmatch(first):
        stop(f"起报期“{first}”写法不对；--first 请写成如 2026Q1，每个季度都应报写 无")
    try:
        if due or first or senders:
            kept = _kept(is_whole=bool(due and first))
            begins = None if first == "无" else first or kept.first
            who = sending.read(senders) if senders else kept.senders
            file = due_dates.write(due_dates.DueDates(due or kept.deadline, begins, who))
            say(f"已写到 {file}；收报表与发布从现在起照它，已发布的快照不变")
        in_force = due_dates.read()
    except due_dates.Unreadable as error:
        stop(str(error))
    except OSError as error:
        stop(f"报送期限写不下：{disk_errors.why(error)}；请检查数据文件夹的空间与权限")
    for sentence in in_force.sentences:
        say(sentence)


def _kept(*, is_whole: bool) -> due_dates.DueDates:
    """What stays of the settings as they are. Raises Unreadable, but not where all that matters is typed anew."""
    try:
        return due_dates.stored()
    except due_dates.Unreadable:
        if is_whole:
            return due_dates.DueDates()
        raise
