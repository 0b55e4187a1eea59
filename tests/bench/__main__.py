"""make bench: all parts; make bench ARGS=clicks, readers, files or soak: one of them.

readers may be followed by numbers of readers: make bench ARGS="readers 20 200".

clicks goes through the period of 总览 in a real browser and prints medians and their ratio to the plain page.
"""

import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from tests.bench import files, readers, soak
from tests.bench.serving import cpu_ms, serving
from tests.serving import free_port
from yunnan import settings
from yunnan.data import snapshots

CLICKS = 16
PLAIN = Path(__file__).parent / "plain.py"


def clicks(browser, port: int, pid: int, labels: list[str]) -> dict[str, float]:
    """Medians over the clicks, the first two of each label left out: their queries and code are cold."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    received = [0]
    page.on(
        "websocket", lambda ws: ws.on("framereceived", lambda data: received.__setitem__(0, received[0] + len(data)))
    )
    page.goto(f"http://127.0.0.1:{port}/")
    page.wait_for_selector(".choroplethlayer path", state="attached", timeout=60_000)
    painted, used, sent = [], [], []
    for n in range(CLICKS):
        label = labels[n % 2]
        before = cpu_ms(pid), received[0]
        page.get_by_role("combobox", name="报告期").click()
        option = page.get_by_role("option", name=label, exact=True)
        option.wait_for()
        start = time.perf_counter()
        option.click()
        page.locator(".gtitle", has_text=f"筹集款物总额（{label.removesuffix('年')}年）").first.wait_for()
        painted.append((time.perf_counter() - start) * 1000)
        page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
        used.append(cpu_ms(pid) - before[0])
        sent.append((received[0] - before[1]) / 1000)
    page.close()
    return {
        "点击到画出，毫秒": statistics.median(painted[4:]),
        "服务器处理器，毫秒": statistics.mean(used[4:]),
        "发送，千字节": statistics.median(sent[4:]),
    }


def compare_clicks() -> None:
    """Measures and prints ratios."""
    newest = settings.snapshots_dir() / snapshots.published()[0]
    ours, plain = free_port(), free_port()
    flags = ["--server.port", str(plain), "--", str(newest)]
    with (
        serving(["-m", "yunnan.server", "--port", str(ours)], ours) as our_pid,
        serving(["-m", "streamlit", "run", str(PLAIN), *flags], plain) as plain_pid,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox", "--disable-gpu"]
        )
        base = clicks(browser, plain, plain_pid, ["2018", "2019"])
        found = clicks(browser, ours, our_pid, ["2018年", "2019年"])
        browser.close()
    table = Table("每次点击", "本看板", "普通写法", "比", title=f"{newest.name}，{CLICKS}次点击")
    for what, value in found.items():
        table.add_row(what, f"{value:.1f}", f"{base[what]:.1f}", f"{value / base[what]:.2f}")
    Console().print(table)


PARTS = {"clicks": compare_clicks, "readers": readers.main, "files": files.main, "soak": soak.main}

if __name__ == "__main__":
    name, *numbers = sys.argv[1:] or [""]
    for part in [name] if name else PARTS:
        PARTS[part](*map(int, numbers))
