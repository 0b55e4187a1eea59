"""What stands already of the sender, table and period of a return, and what only a person may decide then."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from yunnan.ingest.context import Context
from yunnan.ingest.result import Result
from yunnan.publication import staging


class Receipt(NamedTuple):
    """A return that was received before."""

    batch_id: str
    file: str
    sha256: str | None
    received_at: str
    outcome: tuple | None = None  # what was made of it, if it is still staged

    @property
    def part(self) -> int | None:
        return staging.part(self.batch_id)


def outcome(facts: dict) -> tuple:
    """What is the same when the same file is judged in the same way."""
    names = ("rows_sha256", "status", "rows_accepted", "rows_refused", "report_period")
    return (*(facts.get(name) for name in names), bool(facts.get("covers_province")))


def last(folder: Path, context: Context) -> int:
    """The number of the last receipt. Raises staging.Unreadable."""
    counter = folder / ".receipts"
    text = counter.read_text().strip() if counter.exists() else ""
    counted = int(text) if text.isdecimal() else 0  # empty after a power failure: the batches' own numbers stand in
    return max([counted, context.last_receipt, *(staging.receipt(path.name) for path in staging.paths(folder))])


def count(folder: Path, number: int) -> None:
    """Keep the number of the last receipt, which outlives what is pruned."""
    (folder / ".receipts").write_text(f"{number}\n")


def standing(result: Result, folder: Path, context: Context) -> list[Receipt]:
    """What counts now of the return's sender, table and period: a whole return, or its parts. Raises Unreadable."""
    received = [*_published(result, folder, context), *_staged(result, folder)]
    receipt_by_id: dict[str, Receipt] = {one.batch_id: one for one in received}
    stands: list[Receipt] = []
    for one in sorted(receipt_by_id.values(), key=lambda one: (staging.receipt(one.batch_id), one.received_at)):
        stands = [other for other in stands if not staging.replaces(one.part, other.part)] + [one]
    return stands


def replaced(result: Result, stands: list[Receipt]) -> list[Receipt]:
    """What gives way to the return."""
    return [one for one in stands if staging.replaces(result.order.part, one.part)]


def beside(result: Result, gone: list[Receipt], stands: list[Receipt]) -> list[str]:
    """Sentences on which receipts the return replaces and which it is added to; none on the same file sent again."""
    others = [one for one in gone if one.sha256 != result.sha256]
    kept = [one for one in stands if one not in gone]
    sentences = [f"代替 {'、'.join(map(_named, others))}"] if others else []
    if kept and result.order.is_replacing:
        way = "已并到这次几份里的，请改报一整份，用 --replace 而不写 --part"
        sentences.append(f"与 {'、'.join(map(_named, kept))} 合起来算；{way}")
    return sentences


def question(result: Result, stands: list[Receipt]) -> str | None:
    """Why somebody must decide whether the return replaces another or is a part of it; None if nobody need."""
    order, places = result.order, replaced(result, stands)
    again = next((one for one in stands if one not in places and one.sha256 == result.sha256), None)
    if again:
        return f"与已收下的第{again.part or 1}部分（批次 {again.batch_id}）是同一个文件，没有再收；请核对 --part"
    is_same_file = [one.sha256 for one in places] == [result.sha256]
    if not places or order.is_replacing or is_same_file:
        return None
    files = "、".join(map(_named, places))
    more = f"--part {1 + max(one.part or 1 for one in stands)}"
    if order.part:
        return f"第{order.part}部分已收下 {files}，这一份没有收；重报请加 --replace，另一部分请改用 {more}"
    return (
        f"同一单位同一报告期的这种报表已收下 {files}，这一份没有收，已收下的不受影响；"
        f"代替它请加 --replace，是它以外的另一部分请加 {more}"
    )


def _named(one: Receipt) -> str:
    return f"{one.file}（批次 {one.batch_id}，{one.received_at[:16].replace('T', ' ')}收到）"


def _published(result: Result, folder: Path, context: Context) -> Iterator[Receipt]:
    for batch, table, prefecture, period, file, sha256, received_at in context.receipts:
        is_same = (table, prefecture, period) == (result.table, result.sender, result.period)
        if is_same and not staging.is_withdrawn(folder / batch):
            yield Receipt(batch, file, sha256, received_at)


def _staged(result: Result, folder: Path) -> Iterator[Receipt]:
    wanted = f"{result.table}-{result.sender}-{result.period}-"
    for path in staging.paths(folder):
        batch = staging.read(path) if path.name.startswith(wanted) else None
        if batch and batch.has_rows and not staging.is_withdrawn(path):
            sha256, received_at = batch.facts["source_sha256"], batch.received_at.isoformat()
            yield Receipt(batch.id, batch.file, sha256, received_at, outcome(batch.facts))
