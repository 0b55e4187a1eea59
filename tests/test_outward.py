"""The running server looks up no name and calls nobody, whoever knocks: the hall has no internet to ask."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from tests.serving import PATIENCE, serving
from yunnan import settings

WATCHED = settings.ROOT / "tests" / "outward"
FOREIGN = ("https://evil.example", "http://203.0.113.9:8501", "null")
KNOCK = """GET /_stcore/stream HTTP/1.1\r
Host: portal.example\r
Origin: {}\r
Connection: Upgrade\r
Upgrade: websocket\r
Sec-WebSocket-Version: 13\r
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
\r
"""


def watched(lines: Path) -> dict[str, str]:
    """The environment in which Python writes down each look-up and each call."""
    return {"PYTHONPATH": str(WATCHED), "OUTWARD": str(lines)}


def test_a_foreign_websocket_or_a_page_makes_the_server_ask_nobody(tmp_path):
    lines = tmp_path / "lines"
    (tmp_path / "data").mkdir()
    data = {"YUNNAN_DATA_DIR": str(tmp_path / "data")}
    with serving(tmp_path / "log", **data, **watched(lines)) as (address, _):
        for origin in FOREIGN:
            assert knocked(address, origin).split()[1] == "403"
            told = httpx.get(address, headers={"Origin": origin, "Accept": "text/html"}, trust_env=False)
            assert told.status_code == 200
        assert httpx.get(f"{address}/_stcore/health", trust_env=False).text == "ok"
        assert lines.read_text() == ""


def knocked(address: str, origin: str) -> str:
    """The first line of the answer to a websocket's beginning."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as line:
        line.sendall(KNOCK.format(origin).encode())
        return line.makefile().readline()


def test_a_look_up_would_have_been_written_down(tmp_path):
    lines = tmp_path / "lines"
    code = "import socket; socket.getaddrinfo('localhost', 1); socket.create_server(('127.0.0.1', 0))"
    subprocess.run([sys.executable, "-c", code], env=os.environ | watched(lines), check=True)
    assert lines.read_text() == "socket.getaddrinfo localhost\n"
