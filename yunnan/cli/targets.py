"""Command line of the targets of a year: python -m yunnan targets."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from yunnan import settings
from yunnan.cli.terminal import say, stop
from yunnan.data import due_dates, snapshots, target_split
from yunnan.ingest.standing_targets import TABLE, Targets, of_folder, standing
from yunnan.publication import staging
from yunnan.publication.periods import Quarter, quarter_of
from yunnan.words import disk_errors, geography
from yunnan.words.stage_words import UNNAMED, Stage

app = typer.Typer()


@app.command()
def targets(
    propose: Annotated[Path, typer.Option("--propose", help="拆分写成的工作簿，如 目标拆分.xlsx；已有的不覆盖")],
    year: Annotated[int | None, typer.Option(min=2000, max=2099, help="哪一年的；默认是有全省目标的最新一年")] = None,
    source: Annotated[
        Path | None, typer.Option("--from", help="全省目标的文件（目标模板的表头）；默认用登记过的")
    ] = None,
) -> None:
    """把全省的年度目标按上一年的实际数拆到各州市，写成可以改、改好再收的目标表；规则印在这里和表里，什么也不收。"""
    from yunnan.ingest import context
    from yunnan.ingest import template as form  # its libraries serve only the returns
    from yunnan.ingest.rows import Order

    if propose.suffix.lower() != ".xlsx":
        stop(f"拆分写成工作簿，{propose.name} 不是 .xlsx 的名称；请用 --propose 目标拆分.xlsx 这样的名称")
    if propose.exists():
        stop(f"已有 {propose}，没有覆盖；请用 --propose 另取一个名称")
    try:
        register = standing()
        given = _of_file(source) if source else register
        own = given.of_province(year)
        if not own:
            what = f"{year}年" if year else ""
            searched = str(source) if source else "登记表里"
            stop(f"{searched}没有全省{what}的年度目标，没有拆；请先收全省的目标：python -m yunnan ingest 目标.xlsx")
        bases, base_year = _bases(own[0].year)
        dates = due_dates.read()
        places = {place.code: place.name_zh for place in geography.prefectures() if dates.is_sender(place.code)}
        made = target_split.propose(own, places, bases, base_year, _stage())
        period = _period(given, own[0].year)
        order = Order(period, geography.PROVINCE, TABLE)
        words = target_split.rule(base_year)
        if made.rows:
            choices = context.choices(settings.DATA_DIR, form.day(order))
            form.write(order, propose, choices, made.rows, words)
    except (snapshots.Damaged, staging.Unreadable, due_dates.Unreadable) as error:
        stop(str(error))
    except OSError as error:
        stop(f"拆分写不下：{disk_errors.why(error)}；请核对 --propose")
    for sentence in [*words, *made.sentences]:
        say(sentence)
    if not made.rows:
        stop("没有一项能拆，没有写文件；原因在上面")
    if count := register.count_of_prefectures(own[0].year):
        say(f"登记表里已有州市{own[0].year}年的目标{count}行：收下以后，同一指标同一州市的以后收的为准")
    parts = [staging.part(batch) or 1 for batch, *key in register.returns if key == [geography.PROVINCE, period]]
    more = f" --part {1 + max(parts, default=1)}" if parts or source else ""
    say(f"已写到 {propose}：{len(made.rows)}行；改好以后 python -m yunnan ingest {propose} --period {period}{more}")


def _of_file(file: Path) -> Targets:
    """The targets of a file, read as ingest reads it and not kept. Stops with a sentence where a row cannot be read."""
    from yunnan.ingest import commands, context
    from yunnan.ingest.worker_client import Job, Worker

    try:
        order = commands.order(None, geography.PROVINCE, TABLE, None, False)
    except commands.Misused as error:
        stop(str(error))
    with tempfile.TemporaryDirectory() as folder, Worker(context.newest(settings.DATA_DIR)) as worker:
        answer = worker.ask(Job(file, order, staging=Path(folder)))
        if "error" in answer:
            stop(f"{answer['file']}：{answer['error']}")
        if answer.get("rows_refused") or answer.get("status") != "accepted":
            first = next((message for *_, message in answer.get("first", [])), "整份不能收")
            way = f"请用 python -m yunnan ingest {file} --explain 看全部，改好再拆"
            stop(f"{file} 有不能收的行，没有拆：{first.rstrip('。')}；{way}")
        return of_folder(Path(folder))


def _stage() -> Stage:
    """The stage of the newest snapshot, whose words the sentences are in."""
    published = snapshots.published()
    return snapshots.find(published[0]).stage if published else UNNAMED


def _bases(year: int) -> tuple[dict, int | None]:
    """What the newest snapshot knows of the last full year before, by indicator and prefecture; and that year."""
    published = snapshots.published()
    if not published:
        return {}, None
    table = snapshots.find(published[0]).table("intake/target_bases", target_year=str(year))
    return target_split.bases(table.itertuples(index=False))


def _period(given: Targets, year: int) -> str:
    """The quarter from which the split counts: that of the province's rows, else the year's first if it has begun."""
    periods = [period for _, _, period in given.returns if period]
    first, current = Quarter(f"{year}Q1"), quarter_of(settings.today())
    return max(periods) if periods else min(first, current, key=lambda quarter: quarter.start).name
