"""Command line of who publishes: python -m yunnan publish | prune | demo."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import typer
from rich.console import Console

from yunnan import settings
from yunnan.access import audit_log
from yunnan.cli.terminal import UNSURE, discreet, err, out, progress, say, stop
from yunnan.data import due_dates, snapshot_folders
from yunnan.publication import data_nature, durable, merge, staging, withdrawals
from yunnan.publication import prune as pruning
from yunnan.publication.publish import Refused
from yunnan.words.wording import DEMO

app = typer.Typer()


@app.command()
def publish(
    as_of: Annotated[str, typer.Option(help="截至日，如 2020-06-30")],
    note: Annotated[str, typer.Option(help="说明，随快照保存")] = "",
    wait: Annotated[float, typer.Option(min=0, help="另一次发布正在进行时，最多等几秒")] = durable.WAIT,
    is_preview: Annotated[
        bool, typer.Option("--preview", help="只看会变什么：逐项指标、逐个地区列出，什么也不发布")
    ] = False,
) -> None:
    """上一个快照加上已接收的报表，检查、计算后发布为新的快照。"""
    asof = _day(as_of)
    discreet(note, "--note")
    try:
        if is_preview:
            _preview(asof)
            return
        with progress(f"截至 {asof}") as step:
            outcome = merge.publish_staged(asof, note=note, wait=wait, say=step)
    except (
        Refused,
        data_nature.Mixed,
        snapshot_folders.Damaged,
        staging.Unreadable,
        due_dates.Unreadable,
        durable.Busy,
        durable.NotWritten,
    ) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{durable.disk_says(error)}：{error.filename or settings.snapshots_dir()}，没有发布，已有的快照不受影响")
    for sentence in _outcome_lines(outcome):
        say(sentence)


def _preview(asof: date) -> None:
    """Print what publication would change, and publish nothing. Raises as merge.previewed does."""
    from yunnan.cli import preview  # its libraries are large, and only this needs them

    with progress(f"截至 {asof}", "已算好") as step, merge.previewed(asof, step) as outcome:
        step("比较")
        *sentences, _ = _outcome_lines(outcome)
        for sentence in sentences:
            say(sentence)
        for sentence in preview.sentences(outcome, asof):
            say(sentence)
    say(f"以上是预览，{outcome.path.name} 没有发布；发布请去掉 --preview")


def _day(text: str) -> date:
    """A day that has come. Stops with a sentence for any other text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        stop(f"截至日“{text}”不对；请写成 2020-06-30")
    if day > settings.today():
        stop(f"截至日 {day} 还没有到，没有发布；请写已经过去的日子")
    return day


def _outcome_lines(outcome: merge.Outcome) -> Iterator[str]:
    """What was taken, replaced, recorded as refused, left waiting, and the result."""
    yield f"底本 {outcome.base}" if outcome.base else "没有底本：只由收到的报表组成"
    for batch in outcome.taken:
        older = outcome.replaced.get(batch.id)
        part = f"第{batch.part}部分，" if batch.part else ""
        yield f"收入 {batch.file}（{part}{batch.facts['rows_accepted']:,}行）" + (f"，代替 {older}" if older else "")
    yield from outcome.remarks
    for file, why in outcome.taken_back.items():
        yield f"撤回 {file}：{why}"
    if outcome.has_new_dates:
        yield "报送期限、起报期或报送单位与底本不同，按现在的算"
    for batch in outcome.refused:
        yield f"只登记 {batch.file}：没有接收任何一行，等于未报送"
    for batch in outcome.unknown:
        yield f"没有登记 {batch.file}：整份拒收，不知是哪一期的报表"
    for batch, why in outcome.waiting:
        yield f"留待 {batch.file}：{why}"
    yield f"快照 {outcome.path.name} 已发布" if outcome.is_durable else f"快照 {outcome.path.name} {UNSURE}"


@app.command()
def staged() -> None:
    """列出收下的报表：待发布、已由后来的代替、已在快照里、已登记未收入、已撤回。"""
    try:
        gone, batches = withdrawals.withdrawn(), staging.batches()
        held = {batch: name for name in reversed(snapshot_folders.published()) for batch in _held(name)}
    except (snapshot_folders.Damaged, staging.Unreadable) as error:
        stop(str(error))
    if not batches:
        stop(f"{staging.folder()} 里没有报表；收报表用 python -m yunnan ingest 文件")
    for batch in batches:
        if batch.id in gone:
            state = f"已撤回：{gone[batch.id]}" + (f"；{held[batch.id]} 里还有" if batch.id in held else "")
        elif batch.id in held:
            state = f"已在 {held[batch.id]}"
        elif later := next((one for one in batches if one.id not in gone and _takes_the_place_of(one, batch)), None):
            state = f"由 {later.id} 代替，不再发布"
        else:
            state = "待发布" if batch.has_rows else "没有接收任何一行"
        received = f"接收{batch.facts['rows_accepted']:,}行  {batch.received_at:%Y-%m-%d %H:%M}收到"
        say(f"{batch.id}  {batch.file}  {received}  {state}")


def _takes_the_place_of(later: staging.Batch, batch: staging.Batch) -> bool:
    """Whether a later return of the same sender, table and period will be published instead of this one."""
    is_later = later.key == batch.key and later.order > batch.order
    return is_later and later.has_rows and staging.replaces(later.part, batch.part)


def _held(snapshot: str) -> list[str]:
    """The returns whose rows a snapshot has. Raises Damaged."""
    import pyarrow.parquet as pq

    file = settings.snapshots_dir() / snapshot / "snapshot_manifest.parquet"
    try:
        return pq.read_table(file, columns=["batch_id"])["batch_id"].to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise snapshot_folders.Damaged(snapshot, "的收表登记 snapshot_manifest.parquet 读不了") from error


@app.command()
def withdraw(
    batch: Annotated[str, typer.Argument(help="批次，如 funds-533300-2020Q2-000012；python -m yunnan staged 列出")],
    why: Annotated[str, typer.Option(help="原因，随变动账与日志保存")],
) -> None:
    """撤回一份收下的报表：没有发布的不再进入快照，已发布的从下一份快照里去掉；原样保留，不删。"""
    _take_back(withdrawals.withdraw, batch, why)


@app.command()
def retract(
    snapshot: Annotated[str, typer.Argument(help="快照编号，如 2019-12-31.r2；只能是该截至日最新的修订版")],
    why: Annotated[str, typer.Option(help="原因，打开它的链接的人会看到")],
) -> None:
    """关闭一份发布错了的快照：看的人看到前一版，写明它的链接说明原因；文件夹原样保留。"""
    _take_back(withdrawals.retract, snapshot, why)


def _take_back(act: Callable[[str, str], str], name: str, why: str) -> None:
    """Take a return or a snapshot back, say what follows, and write who did it why into the log of access."""
    discreet(why, "--why")
    try:
        say(act(name, why))
    except (
        withdrawals.NotPossible, snapshot_folders.Damaged, staging.Unreadable, durable.Busy, durable.NotWritten
    ) as error:  # fmt: skip
        stop(str(error))
    except OSError as error:
        stop(f"{durable.disk_says(error)}：{error.filename}，没有撤回")
    audit_log.note(act.__name__, withdrawals.person(), taken_back=name, why=why)


@app.command()
def prune(
    keep: Annotated[int, typer.Option(min=1, help="最新的几个快照一律保留")] = pruning.KEEP,
    all_ages: Annotated[bool, typer.Option("--all-ages", help="发布不满180天的也可以清理")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说明，不清理")] = False,
) -> None:
    """清理旧快照与已发布的暂存报表；正在使用的、每个截至日的最新版、最新的几个与新近发布的都保留。"""
    young = "" if all_ages else "、发布不满180天的"
    say(f"保留：每个截至日的最新版、最新的{keep}个{young}、正在使用的；其余清理。暂存的报表进入所属的最新快照后清理")
    try:
        fates = pruning.prune(keep=keep, all_ages=all_ages, dry_run=dry_run)
    except (snapshot_folders.Damaged, staging.Unreadable, durable.Busy) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{durable.disk_says(error)}：{error.filename}，没有清理完；再运行一次即可")
    for fate in fates:
        done = "将清理" if dry_run else "已清理"
        say(f"{done if fate.goes else '保留'} {fate.name}：{fate.why}")
    gone = sum(fate.goes for fate in fates)
    say(f"共{'将清理' if dry_run else '清理'} {gone} 个，保留 {len(fates) - gone} 个")


@app.command()
def demo(
    scale: Annotated[int, typer.Option(min=1, max=100, help="记录数放大倍数；大于1时只生成最新一期，用于压力测试")] = 1,
    into: Annotated[
        Path | None, typer.Option(help="快照文件夹；默认 data/snapshots，并收一批演示报表发布修订版")
    ] = None,
    is_removing: Annotated[
        bool, typer.Option("--remove", help="删去演示的快照、暂存报表与报表文件，不动真实数据")
    ] = False,
) -> None:
    """生成并发布演示快照（合成数据，固定种子）；放有真实数据的文件夹里不生成。"""
    if is_removing:
        _remove()
        return
    try:
        data_nature.refuse_other(True, into)
        if not into:
            data_nature.mark(data_nature.INVENTED)
    except (data_nature.Mixed, snapshot_folders.Damaged, staging.Unreadable) as error:
        stop(f"没有生成演示：{error}")
    except OSError as error:
        stop(f"没有生成演示：{durable.disk_says(error)}：{settings.DATA_DIR}；请检查它的空间与权限")
    import demo as generator  # numpy-heavy, and only this command needs it
    from yunnan.publication.publish import publish

    folder = into or settings.snapshots_dir()
    for one in generator.snapshots(scale):
        name = f"{one.asof}.r{one.revision}"
        if (folder / name).exists():
            out.print(f"{name} 已存在，保留不动{_anew(folder / name)}", soft_wrap=True)
            continue
        with progress(name) as step:
            publish(
                one.tables,
                asof=one.asof,
                revision=one.revision,
                published_at=one.published_at,
                synthetic=True,
                note=one.note,
                folder=folder,
                say=step,
            )
    if scale == 1 and not into:
        _revise(one.tables)
    out.print(f"演示快照在 {folder}。{DEMO}", soft_wrap=True)


def _anew(snapshot: Path) -> str:
    """How a demo snapshot that cannot be opened is made anew; '' for one that can. Raises Damaged."""
    from yunnan.data import contract

    if not contract.difference(snapshot):
        return ""
    return "；它用的是另一版数据约定，打不开：重新生成请先 python -m yunnan demo --remove，再 python -m yunnan demo"


def _remove() -> None:
    """Remove the demonstration data; one sentence for each snapshot, return or folder."""
    try:
        sentences = list(data_nature.remove())
    except (snapshot_folders.Damaged, staging.Unreadable, durable.Busy) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{durable.disk_says(error)}：{error.filename}，没有删完；再运行一次即可")
    for sentence in sentences or [f"{settings.DATA_DIR} 里没有演示数据，什么也没有删"]:
        say(sentence)
    if any(sentence.startswith("保留") for sentence in sentences):
        raise typer.Exit(1)


def _revise(tables: dict[str, pa.Table]) -> None:
    """The returns that came after the last of the demo's snapshots, read and published as any others."""
    import demo as generator
    from demo import sent
    from yunnan.ingest import commands

    asof, _, _, _ = generator.STORY[-1]
    if (settings.snapshots_dir() / f"{asof}.r2").exists():
        out.print(f"{asof}.r2 已存在，保留不动{_anew(settings.snapshots_dir() / f'{asof}.r2')}", soft_wrap=True)
        return
    folder = data_nature.letters() / sent.PERIOD
    folder.mkdir(parents=True, exist_ok=True)
    post: dict[datetime, list[Path]] = {}
    for letter in sent.all_letters(tables):
        post.setdefault(letter.received_at, []).append(letter.save(folder))
    for received_at, files in sorted(post.items()):
        order = commands.order(sent.PERIOD, None, None, received_at, True, is_replacing=True)
        commands.ingest(files, order, out=Console(quiet=True), err=err, dry_run=False, report=None)
    with progress(f"{asof}.r2") as step:
        note = f"{sent.NOTE}。{generator.NOTE}"
        outcome = merge.publish_staged(asof, note=note, published_at=sent.PUBLISHED_AT, say=step)
    taken, refused = len(outcome.taken), len(outcome.refused)
    say(f"演示报表在 {folder}：收入 {taken} 份，整份拒收 {refused} 份，发布为 {outcome.path.name}")
