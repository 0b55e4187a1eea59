"""Files as the server answers them, and what the log says of it."""

import json
from pathlib import Path
from urllib.parse import unquote

import httpx
from starlette.responses import PlainTextResponse

from tests.conftest import awaited
from yunnan.access.log_chain import Chain
from yunnan.server import downloads

# Whatever an office program has ever run, cut, rounded or taken for a date, in a name or a code.
CODE = "515300000012345678"
CODE_WITH_E = "5153000012E3456789"
NAMES = {
    "O000003": "=1+1组织",
    "O000004": "+86组织",
    "O000005": "-2+3组织",
    "O000006": "@SUM(A1)组织",
    "O000007": "\t=制表组织",
    "O000008": "＝全角组织",
    "O000009": "'撇号组织'",
    "O000010": '引"号,逗号组织',
    "O000011": "换行\n组织",
    "O000012": "\u3000=空格组织",
    "O000013": "0012345",
    "O000014": "123456789012345678",
    "O000015": "12E34",
    "O000016": "㐂䶮𠮷😀组织",
    "O000017": "_x0041_组织",
    "O000018": " 前后有空 ",
}


class Client:
    """Asks the server's front, which answers addresses of files, before an app that answers all others."""

    def __init__(self) -> None:
        self.transport = httpx.ASGITransport(downloads.Files(PlainTextResponse("看板")))

    def ask(self, method: str, path: str) -> httpx.Response:
        async def asking() -> httpx.Response:
            async with httpx.AsyncClient(transport=self.transport, base_url="http://kanban:8501") as client:
                return await client.request(method, path)

        return awaited(asking)

    def get(self, path: str) -> httpx.Response:
        return self.ask("GET", path)


def name_of(answer) -> str:
    """The file name a browser would take."""
    return unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])


def events(folder: Path) -> list[dict]:
    return [json.loads(line) for file in Chain(folder).files() for line in file.read_bytes().splitlines()]


def checked(folder: Path) -> tuple[int, list[str]]:
    """The good lines of the log of exports, and what is wrong with it."""
    found = Chain(folder).check()
    return found.good, found.faults
