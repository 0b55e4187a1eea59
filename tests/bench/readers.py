"""Many readers at once, without browsers: how long until the server has answered whole, beside a plain page.

Each changes the period, the place or the page every five seconds on average. What is chosen on the first screen of 总览
asks no server; it is counted apart and not among the answers. One process serves, this one asks, both on one machine.
"""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlencode

from rich.console import Console
from rich.table import Table

from tests.bench.bars import Reading, p50, p95, tally
from tests.bench.serving import memory_mb, newest, ours, plain, serving
from tests.bench.session import Session, connected
from tests.serving import free_port
from yunnan.front.address import menu
from yunnan.words import geography

PAUSE, WARM, SECONDS = 5.0, 30.0, 60.0  # seconds between two choices; before it counts; in which it counts
P95_BARS = {50: 100.0, 100: 250.0}  # ms, by the number of readers; for another number that of the next larger
ERRORS_BAR, MEMORY_BAR = 0, 900.0  # MB a process
PERIODS = ["2018", "2018H1", "2018H2", "2019", "2019H1", "2019H2", "2019Q3", "2020H1"]
PREFECTURES = [place.code for place in geography.prefectures()]
COUNTIES = [county.code for code in PREFECTURES for county in geography.counties(code)]


@dataclass
class Answers:
    """What all readers together have got: ms of each answer that counts, errors, choices that asked nobody."""

    ms: list[float] = field(default_factory=list)
    errors: int = 0
    local: int = 0
    counts: bool = False  # whether the warm-up is over

    def add(self, ms: float, is_good: bool) -> None:
        """An answer; one that came during the warm-up is not added, an error always is."""
        self.errors += not is_good
        if self.counts:
            self.ms.append(ms)


class Mixed:
    """A reader who looks through the whole menu."""

    def __init__(self, asof: str, answers: Answers) -> None:
        self.asof, self.answers = asof, answers
        self.page, self.period, self.place = menu.page_at(""), "2019", geography.PROVINCE

    async def turn(self, session: Session, chance: random.Random) -> None:
        """Another period, place or page, and the answer to it."""
        what = chance.choice(("period", "place", "page"))
        if what == "page" or (what == "period" and not self.page.has_period and self.page.url != "overview"):
            self._open(chance.choice(list(menu.PAGES.values())), chance)
        elif what == "period":
            self.period = chance.choice(PERIODS)
        elif self.page.place == menu.STAYS or self.page.url == "overview":
            self.place = chance.choice(PREFECTURES)
        else:
            self._open(menu.page_at(chance.choice(("prefecture", "county"))), chance)
        if what != "page" and self.page.url == "overview":
            self.answers.local += self.answers.counts
            return
        await self.show(session)

    def _open(self, page: menu.Page, chance: random.Random) -> None:
        self.page = page
        if page.url in ("prefecture", "county"):
            self.place = chance.choice(PREFECTURES if page.url == "prefecture" else COUNTIES)

    async def show(self, session: Session) -> None:
        """The page as it is chosen now."""
        query = urlencode({"asof": self.asof, "period": self.period, "place": self.place})
        answer = await session.page(self.page.url.replace("overview", ""), query)
        self.answers.add(answer.ms, answer.is_good)


class Plain:
    """A reader of the plain page, which does the same work whatever is chosen."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    async def turn(self, session: Session, _: random.Random) -> None:
        """The page once more, and the answer to it."""
        await self.show(session)

    async def show(self, session: Session) -> None:
        """The page."""
        answer = await session.page("")
        self.answers.add(answer.ms, answer.is_good)


Maker = Callable[[Answers], Mixed | Plain]


async def read(port: int, reader: Mixed | Plain, chance: random.Random, is_over: asyncio.Event) -> None:
    """One reader from the first page until all are to leave; whatever breaks is counted and the reader comes again."""
    while not is_over.is_set():
        try:
            async with connected(port) as session:
                await reader.show(session)
                while not is_over.is_set():
                    await asyncio.sleep(chance.expovariate(1 / PAUSE))
                    await reader.turn(session, chance)
        except Exception:
            reader.answers.errors += 1
            await asyncio.sleep(PAUSE)


async def crowd(port: int, count: int, make: Maker, warm: float, seconds: float) -> Answers:
    """The answers that so many readers at once have got in so many seconds after a warm-up."""
    answers, is_over = Answers(), asyncio.Event()
    readers = [asyncio.create_task(read(port, make(answers), random.Random(n), is_over)) for n in range(count)]
    await asyncio.sleep(warm)
    answers.counts = True
    await asyncio.sleep(seconds)
    is_over.set()
    await asyncio.gather(*readers)
    return answers


def measured(command: Callable[[int], list[str]], count: int, make: Maker) -> tuple[Answers, float]:
    """What so many readers get from a server just started, and the MB that it holds at the end."""
    port = free_port()
    with serving(command(port), port, MALLOC_ARENA_MAX="2") as pid:  # as in the unit
        answers = asyncio.run(crowd(port, count, make, WARM, SECONDS))
        return answers, memory_mb(pid)


def p95_bar(count: int) -> float:
    """The most milliseconds that one in twenty of so many readers' answers may be above."""
    return next((bar for readers, bar in sorted(P95_BARS.items()) if count <= readers), max(P95_BARS.values()))


def main(*counts: int) -> None:
    """Measures so many readers at once (50 and 100 unless others are named), and prints both pages and the bars."""
    table = Table(
        "同时的人数", "答了", "p50 毫秒", "p95 毫秒", "上限", "出错，0", f"兆字节，≤{MEMORY_BAR:.0f}",
        "不问服务器的选择",
        title=f"{newest().name}，每人平均{PAUSE:.0f}秒换一次报告期、地区或页面，量{SECONDS:.0f}秒",
    )  # fmt: skip
    readings: list[Reading] = []
    for count in counts or P95_BARS:
        answers, memory = measured(ours, count, partial(Mixed, newest().name))
        row = p95(answers.ms), answers.errors, memory
        bars = p95_bar(count), ERRORS_BAR, MEMORY_BAR
        speed, errors, size = own = [Reading(value, bar) for value, bar in zip(row, bars, strict=True)]
        readings += own
        middle = f"{p50(answers.ms):.0f}"
        table.add_row(
            f"{count}，本看板", str(len(answers.ms)), middle, str(speed), f"{speed.bar:.0f}", str(errors), str(size),
            str(answers.local),
        )  # fmt: skip
        base, memory = measured(plain, count, Plain)
        table.add_row(
            f"{count}，普通写法", str(len(base.ms)), f"{p50(base.ms):.0f}", f"{p95(base.ms):.0f}", "",
            str(base.errors), f"{memory:.0f}", "",
        )  # fmt: skip
    Console(width=130).print(table, tally(readings))
