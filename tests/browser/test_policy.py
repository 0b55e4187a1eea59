"""The security policy lets every page do all it does, and is on every answer."""

import re

import httpx
import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import WIDE, guarded, whole
from yunnan import settings

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""
ADDRESSES = re.findall(r'"(\w+)"\),\n', (settings.ROOT / "dashboard.py").read_text(encoding="utf-8"))
OF_ITEMS = {"project": "&project=P00004", "organization": "&org=O000001", "definitions": "&evidence=true"}


def test_no_page_does_anything_that_the_policy_forbids(browser: Browser, server: str) -> None:
    assert len(ADDRESSES) == len(list(settings.ROOT.glob("pages/*/*.py")))
    context = browser.new_context(locale="zh-CN", viewport=WIDE)
    context.add_init_script(VIOLATIONS)
    for page in guarded(context):
        for address in ADDRESSES:
            path = "" if address == "overview" else address
            page.goto(f"{server}/{path}?place=533300{OF_ITEMS.get(address, '')}")
            whole(page)
            assert page.evaluate("window.violations") == [], address
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/funds",
        "/_stcore/health",
        "/healthz",
        "/app/static/geo/prefectures.json",
        "/export/none.csv",
        "/media/none",
    ],
)
def test_the_policy_is_on_every_answer(server: str, path: str) -> None:
    policy = httpx.get(f"{server}{path}", trust_env=False).headers["content-security-policy"]
    assert "default-src 'self'; script-src 'self' 'sha256-" in policy
    assert "frame-ancestors 'self' http://localhost:*" in policy
    assert "'unsafe-eval'" not in policy
    assert not re.search(r"https?://(?!localhost)", policy)
