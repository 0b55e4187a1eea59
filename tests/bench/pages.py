"""Every page of the menu in a real browser, its clicks between clicks on the plain page; beside what is promised.

A choice is made of each of its options in turn: the first time counts as asked by nobody before (in this run), from the
second time on it counts as seen before. First loads are those of an empty browser from a server that has answered the
same page once.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import fmean
from typing import NamedTuple

from playwright.sync_api import Browser, Error
from rich.console import Console
from rich.table import Table

from tests.bench.bars import Reading, p50, p95, tally
from tests.bench.serving import newest, ours, plain, serving
from tests.bench.tab import Cost, Tab, chromium
from tests.serving import free_port
from yunnan.front.address import menu

CLICKS = 20  # of each choice, seen before; half as many on the plain page between them
MOST_OPTIONS = 5  # of a box, of the parts or of the first screen's lists that are chosen in turn
PLACES = {"prefecture": "533300", "county": "533323"}  # the place without which a page has nothing to show
PLAIN_BOX, PERIOD_BOX, PLACE_BOX = "报告期", "报告期", "地区"
# What may be chosen on the first screen of 总览, and where the buttons for it are.
ON_FIRST_SCREEN = {
    "指标": ".cockpit .measures [role=radio]",
    "报告期": ".cockpit .strip [role=radio]:visible",
    "地区": ".cockpit .map .shape",
}
PART_BUTTONS = ".cockpit .strip .doors button, .st-key-parts [role=radio]"
# Bars: a choice on the first screen; a choice that the server answers; a first load.
LOCAL_MS, LOCAL_SENT, LOCAL_CPU = 60, 0, 5  # CPU: a server that does nothing still looks at its sockets and files
RATIO_P50, RATIO_P95, CPU, CPU_OVERVIEW, KB, COLD_CPU = 0.35, 0.5, 35, 20, 40, 200
RATIO_LOAD, PACKED_MB, NODES, SCREENS = 0.6, 3.5, 3_500, 3


class Choice(NamedTuple):
    """What a reader may choose on a page: its name, its options (by index), how one is clicked, whether that asks no
    server, and the index that is chosen at first, -1 for none.
    """

    name: str
    options: int
    click: Callable[[int], Cost]
    is_local: bool = False
    at_first: int = 0


@dataclass
class Costs:
    """The costs of a choice: asked for the first time, seen before, and those of the plain page in between."""

    cold: list[Cost] = field(default_factory=list)
    warm: list[Cost] = field(default_factory=list)
    plain: list[Cost] = field(default_factory=list)


def choices(tab: Tab, page: menu.Page) -> Iterator[Choice]:
    """The choices of an open page, those of the first screen before its parts are opened."""
    if page.url == "overview":
        for name, css in ON_FIRST_SCREEN.items():
            yield _of_buttons(tab, name, css, at_first=-1, is_local=True)
    box = PERIOD_BOX if page.has_period else PLACE_BOX
    labels = tab.options(box)[:MOST_OPTIONS] if page.url != "overview" else []
    if labels:
        yield Choice(box, len(labels), lambda n: tab.pick(box, labels[n]))
    if tab.page.locator(PART_BUTTONS).count() > 1:
        yield _of_buttons(tab, "部分", PART_BUTTONS, at_first=-1 if page.url == "overview" else 0)


def _of_buttons(tab: Tab, name: str, css: str, *, at_first: int, is_local: bool = False) -> Choice:
    """A choice of buttons side by side; where one is already chosen, it counts as any other."""
    buttons = tab.page.locator(css)
    return Choice(
        name,
        min(MOST_OPTIONS, buttons.count()),
        lambda n: tab.click(buttons.nth(n), is_local=is_local),
        is_local,
        at_first,
    )


def measured(choice: Choice, base: Iterator[Cost], clicks: int, after: Callable[[], None]) -> Costs:
    """All options once, then again and again; after: called after each that is new. base: clicks on the plain page."""
    costs = Costs()
    for n in range(choice.options):
        if n != choice.at_first:
            costs.cold.append(choice.click(n))
            after()
    for turn, n in enumerate(itertools.islice(itertools.cycle(range(choice.options)), clicks)):
        costs.warm.append(choice.click(n))
        if not costs.warm[-1].ms:
            raise Error(f"{choice.name}换了，画面没有变")
        if not choice.is_local and turn % 2:
            costs.plain.append(next(base))
    return costs


class Report:
    """The two tables and all readings."""

    def __init__(self, clicks: int) -> None:
        title = f"{newest().name}，每种选择{clicks}次"
        self.choices = Table(
            "页面", "选择", "p50 毫秒", "p95 毫秒", f"比普通写法 p50 ≤{RATIO_P50}", f"比普通写法 p95 ≤{RATIO_P95}",
            f"处理器毫秒 ≤{CPU}，总览{CPU_OVERVIEW}", f"千字节 ≤{KB}", f"初次处理器毫秒 ≤{COLD_CPU}",
            title=f"{title}；总览首屏：p50 ≤{LOCAL_MS} 毫秒，不问服务器，处理器 ≤{LOCAL_CPU} 毫秒",
        )  # fmt: skip
        self.loads = Table(
            "页面", "首次打开 毫秒", f"比普通写法 ≤{RATIO_LOAD}", f"兆字节 ≤{PACKED_MB}", f"节点 ≤{NODES}",
            f"屏（768像素）≤{SCREENS}", title="空浏览器首次打开；节点与高度取各部分中最大的",
        )  # fmt: skip
        self.readings: list[Reading] = []

    def _marked(self, value: float, bar: float, digits: int = 0) -> str:
        self.readings.append(reading := Reading(value, bar, digits))
        return str(reading)

    def add_choice(self, page: menu.Page, choice: Choice, costs: Costs) -> None:
        """A line of the first table."""
        own, base = [cost.ms for cost in costs.warm], [cost.ms for cost in costs.plain]
        cpu, middle, high = fmean(cost.cpu for cost in costs.warm), p50(own), p95(own)
        if choice.is_local:
            sent = max(cost.sent for cost in costs.cold + costs.warm)
            asks = f"问了{self._marked(sent, LOCAL_SENT)}"
            self.choices.add_row(
                page.title, choice.name, self._marked(middle, LOCAL_MS), f"{high:.0f}", "", "",
                self._marked(cpu, LOCAL_CPU), asks, "",
            )  # fmt: skip
            return
        self.choices.add_row(
            page.title, choice.name, f"{middle:.0f}", f"{high:.0f}",
            self._marked(middle / p50(base), RATIO_P50, 2), self._marked(high / p95(base), RATIO_P95, 2),
            self._marked(cpu, CPU_OVERVIEW if page.url == "overview" else CPU),
            self._marked(p50([cost.kb for cost in costs.warm]), KB),
            self._marked(p50([cost.cpu for cost in costs.cold]), COLD_CPU),
        )  # fmt: skip

    def add_load(self, page: menu.Page, load: Cost, base: Cost, packed: float, nodes: int, screens: float) -> None:
        """A line of the second table."""
        self.loads.add_row(
            page.title, f"{load.ms:.0f}", self._marked(load.ms / base.ms, RATIO_LOAD, 2),
            self._marked(packed, PACKED_MB, 1), self._marked(nodes, NODES), self._marked(screens, SCREENS, 1),
        )  # fmt: skip

    def add_failure(self, page: menu.Page, problem: str) -> None:
        """A page that could not be measured: a line of its own, and a bar that is not met."""
        self.readings.append(Reading(float("nan"), 0))
        self.choices.add_row(page.title, f"没有量成：{problem[:40]}")


def measure(
    page: menu.Page, browser: Browser, servers: dict[str, tuple[int, int]], clicks: int, report: Report
) -> None:
    """Adds a page's lines to the report. servers: port and process of 'ours' and 'plain'."""
    address = f"{'' if page.url == 'overview' else page.url}?period=2019"
    if page.url in PLACES:
        address += f"&place={PLACES[page.url]}"
    with Tab(browser, *servers["ours"]) as first:
        first.load(address)
    with Tab(browser, *servers["plain"]) as other, Tab(browser, *servers["ours"]) as tab:
        base_load, load, packed = other.load(), tab.load(address), tab.packed_mb()
        weights = [(tab.nodes(), tab.height())]
        labels = itertools.cycle(reversed(other.options(PLAIN_BOX)))
        other.pick(PLAIN_BOX, next(labels))  # the first click of a tab is still loading
        base = (other.pick(PLAIN_BOX, label) for label in labels)
        for choice in choices(tab, page):
            costs = measured(choice, base, clicks, lambda: weights.append((tab.nodes(), tab.height())))
            report.add_choice(page, choice, costs)
        report.add_load(page, load, base_load, packed, *map(max, zip(*weights, strict=True)))


def main(clicks: int = CLICKS, *, pages: tuple[menu.Page, ...] = tuple(menu.PAGES.values())) -> None:
    """Measures every page of the menu and prints what is promised of it; a page that breaks does not end the run."""
    report, console = Report(clicks), Console(width=190)
    our_port, plain_port = free_port(), free_port()
    with (
        serving(ours(our_port), our_port) as our_pid,
        serving(plain(plain_port), plain_port) as plain_pid,
        chromium() as browser,
    ):
        servers = {"ours": (our_port, our_pid), "plain": (plain_port, plain_pid)}
        with Tab(browser, *servers["plain"]) as first:
            first.load()  # reads the files once
        for page in pages:
            try:
                measure(page, browser, servers, clicks, report)
            except Error as problem:
                report.add_failure(page, problem.message.splitlines()[0])
            print(f"{page.title} ……", flush=True)
    console.print(report.choices, report.loads, tally(report.readings))
