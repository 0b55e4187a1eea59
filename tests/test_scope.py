"""Whoever sees some prefectures sees nothing of the others: asked as 17 people, for marks that must not come."""

import io
import json
import pickle
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import docx
import httpx
import pandas as pd
import pptx
import pyarrow as pa
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from starlette.responses import PlainTextResponse
from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.testing.v1 import AppTest

from tests import screens
from tests.conftest import awaited, publish_tiny, read_tiny
from tests.query_params import params_of
from tests.screens import FRONT, PAGES
from tests.sixteen import CODES, mark, org, project, publish_sixteen, yuan
from yunnan import settings
from yunnan.access import viewer
from yunnan.data import contract, queries, record_selection, snapshots
from yunnan.drawing import table_files
from yunnan.drawing.cockpit import resource
from yunnan.server import cockpit_route, downloads, gate
from yunnan.words import geography, wording

STRANGER = "nobody.knows"
DATED = {"asof": "2019-12-31", "nature": "试"}
# Those on two snapshots together (yunnan/data/two_snapshots.py) read copies of the same narrowed tables.
ASKED = [name for name in queries.names() if not name.startswith("changes/")]
TABLES = "select table_name from information_schema.tables where table_schema = 'main'"
OWN = {place.code: place.short_zh for place in geography.prefectures()}


@pytest.fixture(scope="module")
def sixteen(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sixteen")
    publish_sixteen(folder)
    return folder


@pytest.fixture(scope="module")
def people(tmp_path_factory) -> str:
    """A file with one person for each prefecture, a leader and staff."""
    entries = [f'[people."u{code}"]\nrole = "prefecture"\nscope = ["{code}"]\n' for code in CODES]
    entries += ['[people.leader]\nrole = "leader"\n', '[people.staff]\nrole = "staff"\n']
    file = tmp_path_factory.mktemp("people") / "people.toml"
    file.write_text("\n".join(entries), encoding="utf-8")
    return str(file)


@pytest.fixture
def asked(sixteen, people, monkeypatch) -> Path:
    """The province with all 16, where it matters who looks."""
    monkeypatch.setattr(settings, "DATA_DIR", sixteen)
    monkeypatch.setattr(settings, "IDENTITY", "header")
    monkeypatch.setattr(settings, "PEOPLE", people)
    return sixteen


def signs(code: str) -> list[bytes]:
    """Every form in which a prefecture's mark or amount could leave the server."""
    amount = yuan(code)
    numbers = [struct.pack("<d", amount), struct.pack("<q", amount), str(amount).encode(), f"{amount:,}".encode()]
    return [mark(code).encode(), mark(code).encode("gb18030", "ignore"), *numbers]


def found(told: bytes, codes) -> list[str]:
    return [code for code in codes if any(sign in told for sign in signs(code))]


def others(code: str) -> list[str]:
    return [other for other in CODES if other != code]


# Queries


def asks(code: str) -> Iterator[dict]:
    """Parameters as a curious reader of one prefecture would try them."""
    stranger = CODES[(CODES.index(code) + 5) % 16]
    for place, about in ((code, code), (stranger, stranger), ("530000", stranger)):
        yield {
            "period": "2019",
            "place": place,
            "project": project(about),
            "org": org(about),
            "field": "社会服务",
            "search": mark(about),
            "most_rows": 50,
            "prefectures": [] if place == "530000" else [about],
        }


@pytest.mark.parametrize("code", CODES)
def test_no_table_holds_anything_of_another_prefecture(asked, code):
    """All that any query can read: queries name no other tables, as the next test but one says."""
    with snapshots._open(asked / "snapshots" / snapshots.published()[0], frozenset({code})).cursor() as cursor:
        names = [name for (name,) in cursor.execute(TABLES).fetchall()]
        told = b"".join(as_bytes(cursor.execute(f"from {name}").df()) for name in names)
    assert found(told, CODES) == [code]


@pytest.mark.parametrize("code", CODES)
def test_no_query_tells_one_prefecture_anything_of_another(asked, code):
    """A part of the queries for each reader, so that each query is asked as two of them, in three ways."""
    snapshot = snapshots.find(snapshots.published()[0], frozenset({code}))
    for name in ASKED[CODES.index(code) % 8 :: 8]:
        for changed in asks(code):
            told = as_bytes(snapshot.table(name, **params_of(name, **changed)))
            assert found(told, others(code)) == [], (name, changed)


def test_every_query_is_asked_as_somebody_who_must_not_see_it_all():
    asked = [name for code in CODES for name in ASKED[CODES.index(code) % 8 :: 8]]
    assert set(asked) == set(ASKED)


def as_bytes(table: pd.DataFrame) -> bytes:
    text = table.to_csv(float_format="%.2f")
    return (text + text.replace(".00", "")).encode()


def test_whoever_sees_the_whole_province_sees_all_sixteen(asked):
    snapshot = snapshots.find(snapshots.published()[0])
    told = b"".join(
        as_bytes(snapshot.table(n, **params_of(n, place="530000"))) for n in ("records/funds", "records/projects")
    )
    assert found(told, CODES) == CODES


def test_the_provinces_published_totals_are_the_same_for_everybody(asked):
    whole, own = (snapshots.find(snapshots.published()[0], scope) for scope in (None, frozenset({"533300"})))
    for name in ("values/of_place", "values/by_quarter", "scores/of_place"):
        given = {
            key: value
            for key, value in {"period": "2019", "place": "530000"}.items()
            if key in queries.load(name).params
        }
        pd.testing.assert_frame_equal(own.table(name, **given), whole.table(name, **given))


@pytest.mark.parametrize("place", ["533300", "533301", "530600"])
def test_ones_own_numbers_do_not_change_by_not_seeing_others(tiny_data, monkeypatch, place):
    """The tiny province has projects that cross borders: their money and places stay what they were."""
    monkeypatch.setattr(settings, "DATA_DIR", tiny_data)
    whole = snapshots.find("2020-06-30.r1")
    own = snapshots.find("2020-06-30.r1", frozenset({f"{place[:4]}00"}))
    for name in [
        n for n in queries.names() if n.startswith(("rows/", "values/of", "people/totals", "funds/by", "scores/of"))
    ]:
        given = params_of(name, place=place, period="2019")
        seen, every = own.table(name, **given), whole.table(name, **given)
        for column in {"num", "den", "value", "province_value", "persons", "received_yuan", "score"} & set(every):
            pd.testing.assert_series_equal(seen[column], every[column], check_index=False, obj=f"{name}.{column}")


def test_the_year_of_the_inspections_and_what_the_province_was_sent_are_not_read_from_ones_own_rows(
    tmp_path, monkeypatch
):
    """怒江's register is of 2018 and has no money of 2020Q2 yet; the province's is of 2019 and has."""
    tables = read_tiny()
    orgs, sent = (tables[name].to_pandas() for name in ("organizations", "snapshot_manifest"))
    orgs.loc[orgs.prefecture_code == "533300", "inspection_year"] = "2018"
    late = (sent.prefecture_code == "533300") & (sent.table_name == "funds") & (sent.report_period == "2020Q2")
    funds = tables["funds"].to_pandas()
    changed = {
        "organizations": orgs,
        "snapshot_manifest": sent[~late],
        "funds": funds[~funds.source_file.isin(set(sent.source_file[late]))],
    }
    publish_tiny(tmp_path, **{name: pa.Table.from_pandas(rows, tables[name].schema) for name, rows in changed.items()})
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    whole, own = (snapshots.find("2020-06-30.r1", scope) for scope in (None, frozenset({"533300"})))
    for name in ("rows/P2_04", "rows/P1_04", "party/in_step"):
        seen, every = (one.table(name, period="2018", place="533300") for one in (own, whole))
        pd.testing.assert_frame_equal(seen, every)
    assert own.table("rows/P2_04", period="2018", place="533300").empty
    raised = own.row("party/raised", period="2020Q2", place="530000")
    assert raised.status == "滞后", "as published, though nothing of its own has come"


def test_every_table_of_the_contract_is_narrowed_or_common_to_all(asked):
    with snapshots._open(asked / "snapshots" / snapshots.published()[0], frozenset({"533300"})).cursor() as cursor:
        names = {name for (name,) in cursor.execute(TABLES).fetchall()}
    named = set(contract.dictionary().table_name) - {"beneficiaries"}
    assert named - names == set()


def test_no_query_reads_a_whole_table_past_its_scope():
    reading = [name for name in queries.names() if "whole." in queries.load(name).sql]
    assert reading == []
    assert set(re.findall(r"\bwhole\.(\w+)", queries.load("views").sql)) == {"prefectures", "counties"}


def test_a_scope_without_places_or_with_nonsense_sees_no_rows(asked):
    for scope in (frozenset(), frozenset({"530000"}), frozenset({"x' or true --"})):
        snapshot = snapshots.find(snapshots.published()[0], scope)
        for table in record_selection.TABLES[:2]:
            assert snapshot.table(f"records/{table}", **params_of(f"records/{table}", place="530000")).empty


# Pages


def open_page(monkeypatch, name: str, page: str, **url: str) -> tuple[AppTest, bytes]:
    """The page as this person's address opens it, and everything that was sent for it: elements and files."""
    sent: list[bytes] = []
    keep = table_files.keep

    def noting(file: str, drawn: pd.DataFrame, **facts: object) -> str:
        key = keep(file, drawn, **facts)
        sent.extend((file.encode(), table_files.find(key).data, str(facts).encode()))
        return key

    def nothing(self, data, *rest, **more):
        raise AssertionError("what Streamlit keeps for its own addresses belongs to nobody")

    monkeypatch.setattr(table_files, "keep", noting)
    monkeypatch.setattr(MediaFileManager, "add", nothing)
    seal = {viewer.LOOKER: viewer.seal(name)} if name else {}
    monkeypatch.setattr(ContextProxy, "headers", property(lambda _: StreamlitHeaders(seal.items())))
    app = screens.open_page(page, **url)
    return app, b"\0".join([*protos(app._tree.root if hasattr(app._tree, "root") else app._tree), *sent])


def protos(block) -> Iterator[bytes]:
    for child in block.children.values():
        if child.proto is not None:
            yield child.proto.SerializeToString()
        if hasattr(child, "children"):
            yield from protos(child)


def visits(code: str) -> list[str]:
    """Some pages for each, so that each page is seen by two; all of them for one."""
    start = CODES.index(code)
    return PAGES if code == "533300" else [PAGES[(2 * start + n) % len(PAGES)] for n in range(2)]


@pytest.mark.parametrize("code", CODES)
def test_no_page_tells_one_prefecture_anything_of_another(asked, monkeypatch, code):
    stranger = CODES[(CODES.index(code) + 5) % 16]
    for page in visits(code):
        asks = {"place": stranger, "project": project(stranger), "org": org(stranger), "evidence": "true"}
        app, told = open_page(monkeypatch, f"u{code}", page, **asks)
        assert [(e.message, e.stack_trace) for e in app.exception] == [], page
        assert found(told, others(code)) == [], page
        assert f"可见范围：{OWN[code]}" in told.decode("utf-8", "ignore"), page
        assert any("不在您的可见范围内" in w.value for w in app.warning), page


def test_a_prefecture_sees_its_own_project_money_and_names(asked, monkeypatch):
    code = "533300"
    for page, asks in (("pages/places/project.py", {"project": project(code)}), ("pages/records/funds.py", {})):
        app, told = open_page(monkeypatch, f"u{code}", page, place=code, **asks)
        assert not app.exception
        assert found(told, CODES) == [code]


def test_a_prefecture_is_shown_no_split_of_the_province(asked, monkeypatch):
    page, asks = "pages/trust/definitions.py", {"indicator": "P1-08", "part": "split", "period": "2020"}
    app, told = open_page(monkeypatch, "u533300", page, place="533300", **asks)
    assert not app.exception
    assert [info.value for info in app.info if "无权查看全省的拆分" in info.value and OWN["533300"] in info.value]
    assert not app.dataframe
    assert "目标拆分建议".encode() not in told


@pytest.mark.parametrize("page", [FRONT, "pages/records/funds.py", "pages/trust/definitions.py"])
@pytest.mark.parametrize("name", [STRANGER, ""])
def test_a_stranger_gets_a_refusal_and_nothing_else(asked, monkeypatch, name, page):
    app, told = open_page(monkeypatch, name, page, place="533300")
    assert [title.value for title in app.title] == ["不能查看"]
    assert "联系管理员登记" in app.info[0].value
    assert not app.dataframe
    assert found(told, CODES) == []
    assert "2019" not in told.decode("utf-8", "ignore")


@pytest.mark.parametrize(
    "page", [FRONT, "pages/places/prefecture.py", "pages/records/funds.py", "pages/pillars/party.py"]
)
def test_whoever_may_take_nothing_away_is_offered_nothing(asked, monkeypatch, tmp_path, page):
    told = (
        '[people.looks]\nrole = "prefecture"\nscope = ["533300"]\nexports = "none"\n'
        '[people.takes]\nrole = "prefecture"\nscope = ["533300"]\nexports = "rows"\n'
    )
    (tmp_path / "people.toml").write_text(told, encoding="utf-8")
    monkeypatch.setattr(settings, "PEOPLE", str(tmp_path / "people.toml"))
    for name, offered in (("takes", True), ("looks", False)):
        app, sent = open_page(monkeypatch, name, page, place="533300", period="2019")
        assert not app.exception
        assert (b'class="file"' in sent) == offered


# Files


class Door:
    """Asks the gate and the files behind it, as a proxy that says who is looking."""

    def __init__(self, name: str) -> None:
        self.headers = {settings.IDENTITY_HEADER: name} if name else {}
        app = gate.Gate(downloads.Files(cockpit_route.Cockpits(PlainTextResponse("看板"))))
        self.transport = httpx.ASGITransport(app, client=("127.0.0.1", 50_000))

    def get(self, path: str, **told: str) -> httpx.Response:
        async def asking() -> httpx.Response:
            async with httpx.AsyncClient(transport=self.transport, base_url="http://kanban") as client:
                return await client.get(f"{path}?{urlencode(told)}", headers=self.headers)

        return awaited(asking)


def unpacked(kind: str, content: bytes) -> bytes:
    if kind == "csv":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"\0".join(name.encode() + packed.read(name) for name in packed.namelist())


@pytest.mark.parametrize("code", CODES)
def test_no_file_tells_one_prefecture_anything_of_another(asked, code):
    door = Door(f"u{code}")
    stranger = CODES[(CODES.index(code) + 5) % 16]
    turn = CODES.index(code)
    kind = ("csv", "xlsx", "zip")[turn % 3]
    for table in record_selection.TABLES[turn % 2 :: 2]:  # so each table is asked for in each kind
        answer = door.get(f"/export/{table}.{kind}", columns="all")
        assert answer.status_code == 200, answer.text
        told = unpacked(kind, answer.content)
        assert found(told, CODES) == ([] if table == "beneficiaries" else [code])
    for asks in ({"place": stranger}, {"search": mark(stranger)}, {"prefecture": stranger}):
        answer = door.get(f"/export/funds.{kind}", columns="all", **asks)
        told = unpacked(kind, answer.content) if answer.status_code == 200 else answer.content
        assert [other for other in found(told, CODES) if mark(other) != asks.get("search")] == []


# The first screen


def cockpit_of(snapshot: snapshots.Snapshot) -> str:
    """The address of the resource for whom the snapshot was opened."""
    return f"/cockpit/{snapshot.id}/{resource.key(snapshot)}.json"


@pytest.mark.parametrize("code", CODES[::4])
def test_no_resource_tells_one_prefecture_anything_of_another(asked, code):
    own = snapshots.find(snapshots.published()[0], frozenset({code}))
    answer = Door(f"u{code}").get(cockpit_of(own))
    assert answer.status_code == 200
    assert found(answer.content, others(code)) == []
    made = answer.json()
    assert [name for _, name in made["places"]] == ["全省", OWN[code], "省本级"]
    assert {name for _, name in made["unseen"]} == set(OWN.values()) - {OWN[code]}
    for kind in ("rank", "median"):
        texts = [text for of in made[kind].values() for of_places in of.values() for text in of_places]
        assert set(texts) <= {wording.NONE, ""}


def test_whoever_may_not_see_it_gets_no_byte_of_it(asked):
    whole = snapshots.find(snapshots.published()[0])
    own = snapshots.find(snapshots.published()[0], frozenset({"533300"}))
    assert resource.key(whole) != resource.key(own)
    for name, snapshot in (("u533300", whole), ("u530100", own), ("nobody", whole), ("", whole)):
        answer = Door(name).get(cockpit_of(snapshot))
        assert answer.status_code == 403
        assert answer.headers.get("cache-control", "no-store") == "no-store"
        assert "不能查看" in answer.text
    assert Door("staff").get(cockpit_of(whole)).status_code == 200


def test_a_table_is_a_file_for_whom_it_was_drawn_and_for_nobody_else(asked, monkeypatch):
    app, sent = open_page(monkeypatch, "u533300", "pages/places/prefecture.py", place="533300", period="2019")
    (address, *_) = re.findall(r'href="\.(/export/table/[^"]+)"', "".join(e.value for e in app.html))
    own = Door("u533300").get(address)
    assert own.status_code == 200
    assert own.content in sent
    for name, status in (("u530100", 404), ("staff", 404), ("leader", 404), (STRANGER, 403), ("", 403)):
        answer = Door(name).get(address)
        assert answer.status_code == status, name
        assert OWN["533300"] not in answer.text
    begin, end = last_lines(asked / "log")
    told = {"who": "u533300", "view": "table", "filters": {"place": "533300", "period": "2019"}, "event": "end"}
    assert told.items() <= end.items()
    assert (begin["event"], begin["export"], begin["sha256"]) == ("begin", end["export"], end["sha256"])
    assert end["file"].startswith("云南模式_")
    assert end["rows"] > 0


def last_lines(folder: Path) -> list[dict]:
    (log,) = folder.glob("exports-*.jsonl")
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()[-2:]]


def test_a_table_is_nobodys_any_more_whose_rights_have_changed(asked, monkeypatch, tmp_path):
    viewer.enter(viewer.seal("u533300"))
    key = table_files.keep("表.csv", pd.DataFrame({"数": [1]}), **DATED)
    assert table_files.find(key)
    changed = tmp_path / "people.toml"
    changed.write_text('[people.u533300]\nrole = "prefecture"\nscope = ["533400"]\n', encoding="utf-8")
    monkeypatch.setattr(settings, "PEOPLE", str(changed))
    assert Door("u533300").get(f"/export/table/{key}.csv").status_code == 404
    changed.with_name("none.toml").write_text(
        '[people.u533300]\nrole = "prefecture"\nscope = ["533300"]\nexports = "none"\n', encoding="utf-8"
    )
    monkeypatch.setattr(settings, "PEOPLE", str(changed.with_name("none.toml")))
    assert Door("u533300").get(f"/export/table/{key}.csv").status_code == 403


def test_tables_make_room_for_newer_ones_and_the_same_one_is_kept_once(asked, monkeypatch):
    rows = pd.DataFrame({"数": range(1000)})
    monkeypatch.setattr(table_files, "MOST_BYTES", 3 * len(pickle.dumps(rows)))
    viewer.enter(viewer.seal("u533300"))
    first, *_, last = [table_files.keep(f"{n}.csv", rows, **DATED) for n in range(4)]
    assert table_files.find(first) is None
    assert table_files.find(last)
    assert table_files.keep("3.csv", rows, **DATED) == last
    sentence = Door("u533300").get(f"/export/table/{first}.csv")
    assert (sentence.status_code, "刷新页面" in sentence.text) == (404, True)
    assert Door("u533300").get(f"/export/table/{last}.csv", place="530000").status_code == 400


def test_a_file_of_some_prefectures_says_so_and_the_log_says_who_took_it(asked):
    door = Door("u533300")
    about = unpacked("xlsx", door.get("/export/funds.xlsx").content).decode("utf-8", "ignore")
    assert "可见范围" in about
    assert "怒江州；不含其他州市的记录" in about
    (log,) = (asked / "log").glob("exports-*.jsonl")
    assert '"who": "u533300"' in log.read_text(encoding="utf-8").replace('":"', '": "')


# Briefings


def signs_in_words(code: str) -> list[bytes]:
    """Every form in which a prefecture's mark, amount or place could stand in a briefing, its charts and their data."""
    lots = yuan(code) / 10_000
    told = [mark(code), f"{yuan(code):,}", f"{lots:,.1f}", f"{lots:.1f}", str(lots), str(yuan(code)), f"-{code}-"]
    return [text.encode() for text in told]


def named(content: bytes, kind: str) -> list[str]:
    """The prefectures that a briefing says anything of: as people read it, and in every part of its package."""
    told = "\n".join(read(content, kind)).encode() + b"\0".join(members(content))
    return [code for code in CODES if any(sign in told for sign in signs_in_words(code))]


def read(content: bytes, kind: str) -> Iterator[str]:
    """Its paragraphs, cells, titles, notes and charts."""
    if kind == "docx":
        body = docx.Document(io.BytesIO(content)).element.body
        yield from (Paragraph(one, None).text for one in body.iter(qn("w:p")))  # in the text and in cells
        return
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        yield slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
        for shape in slide.shapes:
            yield shape.text_frame.text if shape.has_text_frame else ""
            for plot in shape.chart.plots if shape.has_chart else ():
                yield from map(str, plot.categories)
                yield from (str(value) for series in plot.series for value in series.values)


def members(content: bytes) -> Iterator[bytes]:
    """Every part of a package; also of the workbooks in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            part = packed.read(name)
            yield part
            if zipfile.is_zipfile(io.BytesIO(part)):
                yield from members(part)


def briefings(code: str, place: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Of the province, a place and one pillar of both: (file, parameters), all of 2019."""
    pillar = f"P{CODES.index(code) % 4 + 1}"
    for kind in ("docx", "pptx"):
        yield f"province.{kind}", {}
        yield f"prefecture.{kind}", {"place": place}
    yield "pillar.docx", {"pillar": pillar}
    yield "pillar.pptx", {"pillar": pillar, "place": place}


@pytest.fixture
def agenda(tmp_path, monkeypatch) -> str:
    """The name of an agenda whose views are of the province, of each prefecture and of one county of it."""
    places = [("overview", "530000"), *(("prefecture", code) for code in CODES)]
    places += [("county", geography.counties(code)[0].code) for code in CODES]
    view = '[[view]]\npage = "{}"\nplace = "{}"\nperiod = "2019"\nasof = "2019-12-31.r1"\n'
    text = 'title = "例会"\n' + "".join(view.format(*place) for place in places)
    (tmp_path / "meeting.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(settings, "AGENDAS_DIR", tmp_path)
    return "meeting"


@pytest.mark.parametrize("code", ["530500", "530600", "530700", "533300"])  # one for each pillar
def test_no_briefing_tells_one_prefecture_anything_of_another(asked, code, agenda):
    door = Door(f"u{code}")
    wanted = [*briefings(code, code), ("agenda.pptx", {"agenda": agenda})]
    for file, told in wanted if code == "533300" else wanted[-3:-1]:  # of a pillar, which each has another
        answer = door.get(f"/brief/{file}", **(told if "agenda" in told else told | {"period": "2019"}))
        assert answer.status_code == 200, answer.text
        kind = file.rpartition(".")[2]
        assert named(answer.content, kind) == [code], (file, told)
        assert f"可见范围：{OWN[code]}" in "\n".join(read(answer.content, kind)), (file, told)


@pytest.mark.parametrize("code", ["533300", "530100"])
def test_no_briefing_of_another_prefecture_is_made(asked, code):
    door, stranger = Door(f"u{code}"), CODES[(CODES.index(code) + 5) % 16]
    county = geography.counties(stranger)[0].code
    for file, told in briefings(code, stranger):
        for place in (stranger, county):
            answer = door.get(f"/brief/{file}", **told | {"period": "2019", "place": place})
            assert answer.status_code == 400, (file, told)
            assert named_in_words(answer.text) == []
            assert "不在您的可见范围内" in answer.text or "全省简报不能写明地区" in answer.text


def named_in_words(text: str) -> list[str]:
    return [code for code in CODES if any(sign in text.encode() for sign in signs_in_words(code))]


@pytest.mark.parametrize(
    ("readers", "is_seen"), [("", False), ('notes = "province"\n', False), ('notes = "all"\n', True)]
)
def test_a_prefecture_sees_the_speakers_notes_only_of_an_agenda_for_all(asked, tmp_path, monkeypatch, readers, is_seen):
    view = '[[view]]\npage = "overview"\nperiod = "2019"\nasof = "2019-12-31.r1"\nnote = "先问进度"\n'
    (tmp_path / "议程").mkdir()
    (tmp_path / "议程" / "例会.toml").write_text(readers + view, encoding="utf-8")
    monkeypatch.setattr(settings, "AGENDAS_DIR", tmp_path / "议程")
    for name, expected in (("u533300", is_seen), ("leader", True)):
        answer = Door(name).get("/brief/agenda.pptx", agenda="例会")
        assert answer.status_code == 200
        slides = pptx.Presentation(io.BytesIO(answer.content)).slides
        told = [s.notes_slide.notes_text_frame.text for s in slides if s.has_notes_slide]
        assert any("先问进度" in text for text in told) == expected


def test_whoever_sees_all_finds_all_in_the_briefings(asked, agenda):
    """So these briefings would tell of others, if they could."""
    for name in ("staff", "leader"):
        for file, told in (("province.docx", {"period": "2019"}), ("province.pptx", {"period": "2019"})):
            assert named(Door(name).get(f"/brief/{file}", **told).content, file.rpartition(".")[2]) == CODES
    assert named(Door("staff").get("/brief/agenda.pptx", agenda=agenda).content, "pptx") == CODES
    assert "可见范围" not in "\n".join(read(Door("staff").get("/brief/province.docx").content, "docx"))


@pytest.mark.parametrize("name", [STRANGER, ""])
def test_a_stranger_gets_no_briefing(asked, name, agenda):
    for file, told in (*briefings("533300", "533300"), ("agenda.pptx", {"agenda": agenda})):
        assert Door(name).get(f"/brief/{file}", **told).status_code == 403


@pytest.mark.parametrize(("name", "status"), [("staff", 200), ("leader", 403), (STRANGER, 403), ("", 403)])
def test_rows_are_taken_away_only_by_whom_they_are_for(asked, name, status):
    answer = Door(name).get("/export/funds.csv")
    assert answer.status_code == status
    assert found(answer.content, CODES) == (CODES if status == 200 else [])
    assert "no-store" in answer.headers.get("cache-control", "no-store")
