"""Scripts and outlines come packed, once made, and unpack to the very file; other answers pass as they are."""

import gzip

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.conftest import awaited
from yunnan import settings, streamlit_seam
from yunnan.server.packed_files import PackFiles

SCRIPTS = sorted((streamlit_seam.INDEX.parent / "static/js").glob("*.js"), key=lambda file: file.stat().st_size)
PACKS = {"accept-encoding": "gzip, deflate, br"}


@pytest.fixture
def app() -> Starlette:
    return Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=streamlit_seam.INDEX.parent / "static")),
            Mount("/yn/app/static", StaticFiles(directory=settings.ROOT / "static")),
            Route("/other.js", lambda _: PlainTextResponse("x" * 5000)),
        ],
        middleware=[Middleware(PackFiles)],
    )


def raw(app: Starlette, path: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """The answer, and its body as it came over the network."""

    async def asking() -> tuple[httpx.Response, bytes]:
        asked_for = {"accept-encoding": "identity"} | headers
        async with (
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
            client.stream("GET", path, headers=asked_for) as answer,
        ):
            return answer, b"".join([piece async for piece in answer.aiter_raw()])

    return awaited(asking)


def test_the_largest_script_comes_packed_and_is_the_file(app):
    largest = SCRIPTS[-1]
    answer, body = raw(app, f"/static/js/{largest.name}", **PACKS)
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-length"] == str(len(body))
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert len(body) < largest.stat().st_size / 2
    assert gzip.decompress(body) == largest.read_bytes()
    assert raw(app, f"/static/js/{largest.name}", **PACKS)[1] == body


def test_a_file_is_kept_once_whatever_its_address(app):
    _, body = raw(app, f"/static/js/{SCRIPTS[-1].name}", **PACKS)
    packing = app.middleware_stack
    while not isinstance(packing, PackFiles):
        packing = packing.app
    assert len(packing.kept) == 1
    assert raw(app, f"/static/js/.%2F{SCRIPTS[-1].name}", **PACKS)[1] == body
    assert len(packing.kept) == 1


def test_outlines_below_a_portals_path_come_packed(app):
    answer, body = raw(app, "/yn/app/static/geo/prefectures.json", **PACKS)
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == (settings.ROOT / "static/geo/prefectures.json").read_bytes()


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (f"/static/js/{SCRIPTS[-1].name}", {}),
        (f"/static/js/{SCRIPTS[-1].name}", PACKS | {"range": "bytes=0-99"}),
        ("/yn/app/static/favicon.png", PACKS),
        ("/static/js/none.js", PACKS),
        ("/other.js", PACKS),
    ],
)
def test_what_is_not_to_be_packed_passes_as_it_is(app, path, headers):
    answer, _ = raw(app, path, **headers)
    assert "content-encoding" not in answer.headers


def test_a_browser_that_has_the_file_is_told_so(app):
    first, _ = raw(app, f"/static/js/{SCRIPTS[-1].name}", **PACKS)
    answer, body = raw(app, f"/static/js/{SCRIPTS[-1].name}", **PACKS, **{"if-none-match": first.headers["etag"]})
    assert (answer.status_code, body) == (304, b"")
