"""Does memory stay flat? Readers click through all pages, periods and places, and come and go, for some minutes.

The bar is on the slope of ten minutes after a warm-up of so many clicks that all that is kept for later readers is full
(the last are the tables kept as files). It is laid through the median of each minute: a page that needs 150 MB for a
second moves the highest reading and not what stays.
"""

import asyncio
import random
import sys
from urllib.parse import urlencode

import numpy as np
from rich.console import Console
from rich.table import Table

from tests.bench.serving import memory_mb, ours, serving
from tests.bench.session import connected
from tests.serving import free_port
from yunnan import settings
from yunnan.data import snapshots
from yunnan.words import geography

MINUTES, WARM = 10.0, 900  # measured, after so many clicks
READERS, CLICKS = 6, 15  # clicks of a reader before they go and another comes
BEAT = 5  # seconds between two looks at the server
BAR = 2.0  # MB a minute
PERIODS = [
    "2018",
    "2019",
    "2018H1",
    "2019H1",
    "2019H2",
    *(f"{year}Q{n}" for year in (2018, 2019) for n in (1, 2, 3, 4)),
]
PAGES = sorted(page.stem for page in settings.ROOT.glob("pages/*/*.py"))
PLACES = ["530000", *(place.code for place in geography.prefectures())]


async def read(port: int, chance: random.Random, is_over: asyncio.Event, seen: list[bool]) -> None:
    """One reader after another; of each click whether it went well is added to seen."""
    while not is_over.is_set():
        async with connected(port) as session:
            for _ in range(CLICKS):
                if not is_over.is_set():
                    choice = {
                        "asof": chance.choice(snapshots.published()[:2]),
                        "period": chance.choice(PERIODS),
                        "place": chance.choice(PLACES),
                    }
                    page = chance.choice(PAGES).replace("overview", "")
                    seen.append((await session.page(page, urlencode(choice))).is_good)


async def soak(port: int, pid: int, minutes: float, warm: int) -> tuple[list[float], list[list[float]], list[bool]]:
    """MB at each beat of the warm-up, and of each minute after it; of each click whether it went well."""
    seen: list[bool] = []
    is_over = asyncio.Event()
    readers = [asyncio.create_task(read(port, random.Random(n), is_over, seen)) for n in range(READERS)]
    warming, measured = [], []
    while len(seen) < warm:
        warming.append(memory_mb(pid))
        await asyncio.sleep(BEAT)
    for _ in range(int(minutes)):
        measured.append([])
        for _ in range(60 // BEAT):
            measured[-1].append(memory_mb(pid))
            await asyncio.sleep(BEAT)
    is_over.set()
    await asyncio.gather(*readers)
    return warming, measured, seen


def main(minutes: float = MINUTES, warm: int = WARM) -> None:
    """Measures, prints and fails above the bar."""
    port = free_port()
    with serving(ours(port), port, MALLOC_ARENA_MAX="2") as pid:  # as in the unit
        warming, measured, seen = asyncio.run(soak(port, pid, minutes, warm))
    title = f"{READERS}人轮流点击{len(PAGES)}个页面，共{len(seen)}次"
    table = Table("分钟", "最低", "中位", "最高，兆字节", title=title)
    for name, sizes in [(f"前{warm}次点击", warming), *((str(n), sizes) for n, sizes in enumerate(measured, 1))]:
        table.add_row(name, f"{min(sizes):.0f}", f"{np.median(sizes):.0f}", f"{max(sizes):.0f}")
    slope = np.polyfit(range(len(measured)), [np.median(sizes) for sizes in measured], 1)[0]
    table.add_row("每分钟", "", f"{slope:+.2f}（上限 {BAR}）", "")
    Console(width=120).print(table, f"出错的点击：{seen.count(False)}")
    if slope > BAR or not all(seen):
        sys.exit(1)
