"""A tab of a real browser before a server of this machine: what a first load and a click cost, on both sides."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.bench.serving import cpu_ms

OFFICE = {"width": 1366, "height": 768}
PATIENCE = 120_000  # ms; the servers and the browser share a machine
# ms without any change of the document after which what was asked for is all there; in this time Streamlit collects
# garbage, too, which is part of what a run costs the server.
QUIET = 400
# Runs before any script of the page. A click is taken from the event itself: how long it takes to move the mouse does
# not count; a change is taken from the end of the frame that paints it. What is asked of the server is answered when
# messages have come, the run is over and all is quiet.
WATCH = """
window.tab = {changed: 0, clicked: 0, received: 0, bytes: 0, sent: 0};
let isDue = false;
new MutationObserver(() => {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => setTimeout(() => { isDue = false; tab.changed = performance.now(); }));
}).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
addEventListener('click', () => { tab.clicked = performance.now(); }, true);
window.WebSocket = class extends WebSocket {
  constructor(...rest) {
    super(...rest);
    this.addEventListener('message', ({data}) => { tab.received += 1; tab.bytes += data.byteLength ?? data.size; });
  }
  send(data) { tab.sent += 1; super.send(data); }
};
tab.settled = (isLocal, quiet, patience) => new Promise((done, fail) => {
  const start = performance.now();
  const look = () => {
    const now = performance.now();
    const app = document.querySelector('[data-testid=stApp]');
    const isIdle = app && app.getAttribute('data-test-script-state') === 'notRunning';
    const isAnswered = isLocal || tab.received > 0;
    const isQuiet = !isDue && now - Math.max(start, tab.changed) > quiet;
    if (isIdle && isAnswered && isQuiet) done(Math.max(0, tab.changed - tab.clicked));
    else if (now - start > patience) fail(new Error('not settled'));
    else setTimeout(look, 10);
  };
  look();
});
"""


class Cost(NamedTuple):
    """What it took: ms until the last change was painted, CPU-ms of the server, kB received, messages and requests."""

    ms: float
    cpu: float
    kb: float
    sent: int


OFFERED = "[role=option]:not(.cockpit *)"  # by a box that is open; the order of places on a head has options too


class Tab:
    """A new tab of a browser that has never been here; pid: the process of the server, whose CPU is counted."""

    def __init__(self, browser: Browser, port: int, pid: int) -> None:
        self.context = browser.new_context(viewport=OFFICE, locale="zh-CN")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(WATCH)
        self.port, self.pid, self.requests = port, pid, 0
        self.page.on("request", self._count)

    def _count(self, _) -> None:
        self.requests += 1

    def load(self, path: str = "") -> Cost:
        """Opens an address of the server."""
        return self._cost(lambda: self.page.goto(f"http://127.0.0.1:{self.port}/{path}", wait_until="commit"), False)

    def click(self, target: Locator, *, is_local: bool = False) -> Cost:
        """Clicks; is_local: nothing is asked of the server, so nothing is waited for but quiet."""
        self.page.evaluate("Object.assign(tab, {received: 0, bytes: 0, sent: 0})")
        # The middle of a shape on a map may lie outside it: the event is given to the shape itself.
        is_shape = target.evaluate("element => element instanceof SVGElement")
        return self._cost(partial(target.dispatch_event, "click") if is_shape else target.click, is_local)

    def pick(self, label: str, option: str) -> Cost:
        """Chooses in a box; what counts begins with the click on the option."""
        self._box(label).click()
        target = self.page.locator(OFFERED).and_(self.page.get_by_role("option", name=option, exact=True))
        target.wait_for()
        return self.click(target)

    def options(self, label: str) -> list[str]:
        """What a box offers without scrolling, what is chosen first; nothing where there is no such box."""
        if not self._box(label).count():
            return []
        self._box(label).click()
        self.page.locator(OFFERED).first.wait_for()
        texts = self.page.locator(OFFERED).all_inner_texts()
        chosen = self.page.locator(f'{OFFERED}[aria-selected="true"]').all_inner_texts()
        self.page.keyboard.press("Escape")
        return [*chosen, *(text for text in texts if text not in chosen)]

    def _box(self, label: str) -> Locator:
        return self.page.get_by_role("combobox", name=label, exact=True)

    def nodes(self) -> int:
        """The nodes of the document."""
        return self.page.evaluate("document.querySelectorAll('*').length")

    def height(self) -> float:
        """The height of the page, in screens."""
        main = "(document.querySelector('[data-testid=stMain]') || document.body).scrollHeight"
        return self.page.evaluate(main) / OFFICE["height"]

    def packed_mb(self) -> float:
        """What has come over the network since the page was opened, as it was packed, without the websocket."""
        entries = "[...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]"
        return self.page.evaluate(f"{entries}.reduce((sum, entry) => sum + entry.transferSize, 0)") / 1e6

    def __enter__(self) -> "Tab":
        return self

    def __exit__(self, *_) -> None:
        """Ends the tab and forgets what its browser has kept."""
        self.context.close()

    def _cost(self, act, is_local: bool) -> Cost:
        cpu, requests = cpu_ms(self.pid), self.requests
        act()
        ms = self.page.evaluate("rest => tab.settled(...rest)", [is_local, QUIET, PATIENCE])
        received, sent = self.page.evaluate("[tab.bytes, tab.sent]")
        return Cost(ms, cpu_ms(self.pid) - cpu, received / 1000, sent + self.requests - requests)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the benches."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
