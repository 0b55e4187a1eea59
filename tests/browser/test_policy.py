"""The security policy is on every answer; that each page keeps to it, the scan of all screens says."""

import re

import httpx
import pytest


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
