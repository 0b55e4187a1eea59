"""Files of records: what the page shows is what the file holds, no program mangles it, and the log knows of it."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlencode

import anyio
import duckdb
import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from starlette.responses import PlainTextResponse

from tests import staged
from tests.conftest import awaited, publish_tiny, read_tiny
from tests.file_answers import CODE, CODE_WITH_E, NAMES, Client, checked, events, name_of
from tests.relations import hold
from tests.screens import open_page
from tests.selections import keys, some_of
from yunnan import settings as house
from yunnan.access.log_chain import START, Chain
from yunnan.data import queries, record_selection, snapshots
from yunnan.drawing.exports import csv as ours
from yunnan.drawing.exports import xlsx
from yunnan.publication import derived_tables, merge, people_counts, publish, suppress
from yunnan.publication import people_cube as counting
from yunnan.server import downloads
from yunnan.words import columns, wording

TABLES_AND_KINDS = [(table, kind) for table in record_selection.TABLES for kind in ("csv", "xlsx", "zip")]


@pytest.fixture(scope="module")
def data(tiny_data, tmp_path_factory) -> Path:
    """The tiny province, and a correction of it with names and codes that programs like to mangle."""
    folder = tmp_path_factory.mktemp("files")
    shutil.copytree(tiny_data, folder, dirs_exist_ok=True)
    organizations = read_tiny()["organizations"].to_pandas()
    organizations["org_name"] = organizations.org_id.map(NAMES).fillna(organizations.org_name)
    organizations["uscc"] = organizations.org_id.map({"O000001": CODE, "O000002": CODE_WITH_E}).fillna(
        organizations.uscc
    )
    publish_tiny(folder, revision=2, organizations=pa.Table.from_pandas(organizations, preserve_index=False))
    return folder


@pytest.fixture
def client(data, monkeypatch) -> Iterator[Client]:
    """The server's front over the tiny province and its correction, with a log that is still empty."""
    monkeypatch.setattr(house, "DATA_DIR", data)
    yield Client()
    shutil.rmtree(data / "log", ignore_errors=True)


@pytest.fixture
def kept(client, data) -> Path:
    """The folder of the log."""
    return data / "log"


def address(table: str, kind: str = "csv", **told: str) -> str:
    return f"/export/{table}.{kind}?{urlencode({'asof': '2020-06-30.r1'} | told)}"


def fetch(client: Client, table: str, kind: str = "csv", **told: str) -> bytes:
    answer = client.get(address(table, kind, **told))
    assert answer.status_code == 200, answer.text
    return answer.content


def lines(body: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode(encoding), newline="")))


def book(body: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(body))


def sheet(body: bytes, name: str) -> list[tuple]:
    return list(book(body)[name].iter_rows(values_only=True))


# CSV


def test_a_chinese_office_opens_the_csv_without_a_question(client):
    """Complaint 1: garbled Chinese. The mark, Chinese headers, and the same text when read again."""
    answer = client.get(address("funds", place="533300", stage="到账", year="2019"))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.content.endswith(b"\r\n")
    assert answer.content.count(b"\n") == answer.content.count(b"\r\n") == 4
    header, *rows = lines(answer.content)
    report = queries.load("records/funds")["report"].split()
    assert header == [*(columns.label(column) for column in report), "数据截至", "数据性质"]
    assert "金额（元）" in header
    # F24, F17, F19 of funds.csv, the latest first
    assert rows[0] == [
        "F000024", "2019-08-08", "到账", "社会捐赠", "资金", "300000.00", "组织申", "项目十", "怒江州泸水市",
        "2020-06-30", wording.DEMO,
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["F000024", "F000017", "F000019"]


def test_codes_are_quoted_and_dates_and_numbers_are_not(client):
    first = fetch(client, "funds", columns="all", search="F000024").decode("utf-8-sig").splitlines()[1]
    assert first.startswith('"F000024",2019-08-08,"2019","2019Q3","到账","社会捐赠","资金",300000.00,否,,"基金会"')
    assert '"533300","533301"' in first
    assert first.endswith(f',"2020-06-30","{wording.DEMO}"')


def test_gb18030_is_for_old_programs_and_has_no_mark(client):
    answer = client.get(address("organizations", encoding="GB18030", columns="all", asof="2020-06-30.r2"))
    assert answer.headers["content-type"] == "text/csv; charset=gb18030"
    modern = fetch(client, "organizations", columns="all", asof="2020-06-30.r2")
    assert answer.content.decode("gb18030") == modern.decode("utf-8-sig")
    assert "㐂䶮𠮷😀组织" in answer.content.decode("gb18030")


def test_gb18030_lacks_no_character_so_no_file_breaks_off_in_the_middle():
    every = "".join(chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000)
    assert every.encode("gb18030").decode("gb18030") == every


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({}, "云南模式_资金_截至20200630r1.csv"),
        ({"place": "533300", "year": "2019"}, "云南模式_资金_怒江州_2019_截至20200630r1.csv"),
        ({"place": "533323", "year": "2019,2018"}, "云南模式_资金_怒江州福贡县_2019、2018_截至20200630r1.csv"),
        ({"stage": "到账"}, "云南模式_资金_筛选_截至20200630r1.csv"),
        ({"search": "怒江", "columns": "all"}, "云南模式_资金_筛选_全字段_截至20200630r1.csv"),
        ({"asof": "2020-06-30.r2"}, "云南模式_资金_截至20200630r2.csv"),
    ],
)
def test_the_name_says_what_where_when_and_as_of(client, told, name):
    assert name_of(client.get(address("funds", **told))) == name


def test_a_selection_without_a_row_is_a_file_with_a_header(client):
    (header,) = lines(fetch(client, "funds", stage="获批", form="物资"))
    assert header[0] == "流水号"
    assert len(sheet(fetch(client, "funds", "xlsx", stage="获批", form="物资"), "数据")) == 1


def test_the_file_has_the_order_of_the_page(client, snapshot):
    asked, _ = record_selection.read("funds", {"sort": "-amount_yuan"})
    assert [row[0] for row in lines(fetch(client, "funds", sort="-amount_yuan"))[1:]] == keys(snapshot, asked)


@pytest.mark.parametrize("order", ["", "event_date", "-amount_yuan", "stage", "-valuation_basis", "is_reversal"])
def test_rows_read_in_small_runs_are_the_same_file(client, monkeypatch, order):
    """A million rows are sorted run by run; here 37 in runs of five, also where values are equal or missing."""
    told = {"columns": "all"} | ({"sort": order} if order else {})
    whole = fetch(client, "funds", **told)
    monkeypatch.setattr(snapshots, "RUN", 5)
    monkeypatch.setattr(snapshots, "BATCH", 2)
    assert fetch(client, "funds", **told) == whole


# Complaints of others, one test each


def test_no_row_is_cut_off(client, snapshot):
    """Complaint 2: rows in the file, on the screen, in the table."""
    for table in record_selection.TABLES:
        asked, _ = record_selection.read(table, {})
        rows = len(lines(fetch(client, table))) - 1
        assert rows == snapshot.total(asked.query, (), **asked.params).rows
        if table != "beneficiaries":
            assert rows == snapshot.manifest["tables"][table]["rows"]


def test_long_codes_stay_text_in_the_workbook(client):
    """Complaint 4: 5.153E+17."""
    asked = {"columns": "org_id,uscc", "asof": "2020-06-30.r2", "sort": "org_id"}
    rows = book(fetch(client, "organizations", "xlsx", **asked))["数据"]
    assert [rows["B2"].value, rows["B3"].value] == [CODE, CODE_WITH_E]
    assert {cell.data_type for cell in rows["B"][:4]} == {"s"}
    assert rows["B2"].number_format == "@"


@pytest.mark.parametrize("table", record_selection.TABLES)
def test_every_column_is_explained(client, table):
    """Complaint 5: what does this column mean?"""
    body = fetch(client, table, "xlsx", columns="all")
    header = sheet(body, "数据")[0]
    explained = sheet(body, "字段")
    assert explained[0] == ("列", "字段名", "单位", "含义", "来源")
    assert [row[0] for row in explained[1:]] == list(header)
    for label, name, unit, meaning, source in explained[1:]:
        assert meaning, label
        assert source, label
        if unit:
            assert f"（{unit}）" in label, name
    table_of = {"beneficiaries": "people_counts"}.get(table, table)
    own = {row[4].partition(".")[0] for row in explained[1:] if re.fullmatch(r"\w+\.\w+", row[4])}
    assert own == {table_of}


def test_a_column_means_what_the_contract_says_of_this_table(client):
    fields = {row[1]: row for row in sheet(fetch(client, "organizations", "xlsx", columns="all"), "字段")}
    assert fields["uscc"][3].startswith("统一社会信用代码；GB 32100-2015")
    assert fields["uscc"][4] == "organizations.uscc"
    assert fields["projects_led"][4] == "由 queries/records/organizations.sql 算得"
    people_fields = {row[1]: row for row in sheet(fetch(client, "beneficiaries", "xlsx", columns="all"), "字段")}
    assert people_fields["prefecture_code"][3].startswith("所属州市")  # not where a person lives


def test_a_project_of_many_counties_is_counted_once_and_its_shares_make_the_whole(client, snapshot):
    """Complaint 6: joins that multiply rows."""
    rows = pd.DataFrame(lines(fetch(client, "projects", columns="all"))[1:])
    header = lines(fetch(client, "projects", columns="all"))[0]
    rows.columns = header
    assert rows["项目编号"].is_unique
    with duckdb.connect() as db:
        (spent,) = db.execute(
            f"select sum(if(is_reversal, -amount_yuan, amount_yuan)) from '{snapshot.path}/funds.parquet'"
            " where stage = '支出' and project_id is not null"
        ).fetchone()
        shares = db.execute(
            f"select distinct sum(share) from '{snapshot.path}/project_locations.parquet' group by project_id"
        ).fetchall()
    assert rows["支出（元）"].map(float).sum() == float(spent) == 960_000
    assert [float(share) for (share,) in shares] == [1.0]


@pytest.mark.parametrize("table", [name for name in record_selection.TABLES if name != "beneficiaries"])
def test_every_row_says_from_which_line_of_which_file_it_comes(client, table):
    """Complaint 16: where does it come from?"""
    header, *rows = lines(fetch(client, table, columns="all"))
    at = header.index("来源文件"), header.index("来源行")
    found = {(row[0], row[at[0]], row[at[1]]) for row in rows}
    source = read_tiny()[table].to_pandas()
    assert found == set(zip(source.iloc[:, 0], source.source_file, source.source_row, strict=True))


@pytest.mark.parametrize(
    ("table", "kind"), [("funds", "csv"), ("funds", "xlsx"), ("funds", "zip"), ("projects", "xlsx")]
)
def test_the_same_address_gives_the_same_bytes_after_a_correction_is_published(
    tiny_data, tmp_path, monkeypatch, table, kind
):
    """Complaint 17: which version did I see last week?"""
    shutil.copytree(tiny_data, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(house, "DATA_DIR", tmp_path)
    client = Client()
    told = {"place": "533300", "columns": "all", "from": "http://kanban:8501"}
    before = fetch(client, table, kind, **told)
    shutil.copytree(tiny_data / "snapshots" / "2020-06-30.r1", tmp_path / "snapshots" / "2020-06-30.r2")
    assert snapshots.published()[0] == "2020-06-30.r2"
    assert fetch(client, table, kind, **told) == before
    newest = client.get(f"/export/{table}.{kind}")
    assert "r2" in name_of(newest)


def test_what_is_hidden_on_the_screen_is_hidden_in_every_file(client, snapshot):
    """Complaint 18: suppressed on the screen and not in the file."""
    with duckdb.connect() as db:
        (hidden,) = db.execute(
            f"select count(*) from '{snapshot.path}/people_counts.parquet' where is_hidden"
        ).fetchone()
    assert hidden > 50
    header, *rows = lines(fetch(client, "beneficiaries", columns="all"))
    value, flag = header.index(columns.label("people_value")), header.index(columns.label("is_hidden"))
    assert sum(row[flag] == "是" for row in rows) == hidden
    assert all((row[value] == "") == (row[flag] == "是") for row in rows)
    assert not [row for row in rows if row[value] and 0 < int(row[value]) < 10]
    cells = sheet(fetch(client, "beneficiaries", "xlsx", columns="all"), "数据")[1:]
    assert [row[value] for row in cells] == [int(row[value]) if row[value] else None for row in rows]


# The workbook


def test_the_workbook_is_typed_and_ready_to_work_with(client):
    told = {"columns": "fund_id,event_date,amount_yuan,is_reversal,source_row", "search": "F000024"}
    rows = book(fetch(client, "funds", "xlsx", **told))["数据"]
    assert [cell.value for cell in rows[1]][:5] == ["流水号", "发生日期", "金额（元）", "红冲", "来源行"]
    code, day, amount, flag, number, *_ = rows[2]
    assert (code.value, day.value.date(), amount.value, flag.value, number.value) == (
        "F000024", date(2019, 8, 8), 300_000, "否", 2,
    )  # fmt: skip
    assert [cell.data_type for cell in (code, day, amount, flag, number)] == ["s", "d", "n", "s", "n"]
    assert (day.number_format, amount.number_format) == ("yyyy-mm-dd", "#,##0.00")
    assert rows.freeze_panes == "A2"
    assert rows.auto_filter.ref == "A1:G2"
    assert all(rows.column_dimensions[letter].width >= 8 for letter in "ABCDEFG")


def test_a_column_is_wide_enough_for_what_is_in_it(client):
    rows = book(fetch(client, "funds", "xlsx", columns="fund_id,org_name,amount_yuan"))["数据"]
    assert rows.column_dimensions["A"].width >= len("F000024")
    assert rows.column_dimensions["C"].width >= len("300,000.00")
    names = book(fetch(client, "policies", "xlsx", columns="policy_id,title"))["数据"]
    assert names.column_dimensions["B"].width >= 2 * len("人才发展规划（研制）")


def test_a_year_is_no_amount(client):
    rows = sheet(fetch(client, "organizations", "xlsx", columns="org_id,inspection_year", search="O000001"), "数据")
    assert rows[1][1] == "2019"


def test_the_workbook_says_what_it_is(client):
    told = {"place": "533300", "stage": "到账", "year": "2019", "from": "http://kanban:8501/yn"}
    about = dict(sheet(fetch(client, "funds", "xlsx", **told), "说明"))
    assert about["内容"].endswith("：资金")
    assert about["数据性质"] == wording.DEMO
    assert about["数据截至"] == "2020年6月30日"
    assert about["快照"] == "2020-06-30.r1（第1版）"
    assert about["筛选"] == "地区：怒江州；年度：2019年；环节：到账"
    assert about["行数"] == "3"
    assert about["合计：金额（元）"] == "600,000"
    assert "内部使用" in about["使用范围"]
    assert about["数据的sha256（同一筛选的CSV）"] == hashlib.sha256(fetch(client, "funds", **told)).hexdigest()
    assert not [item for item in about if item.startswith("合计：金额（元）·")]


def test_several_stages_are_added_up_apart(client):
    about = dict(sheet(fetch(client, "funds", "xlsx", place="533300", year="2019"), "说明"))
    sums = {item.partition("·")[2]: value for item, value in about.items() if item.startswith("合计：")}
    assert set(sums) == {"获批", "到账", "支出"}
    assert sums["到账"] == "600,000"


def test_the_address_in_the_workbook_opens_the_same_file_again(client):
    told = {"place": "533300", "stage": "到账,支出", "search": "项目 四", "from": "http://kanban:8501/yn"}
    view = dict(sheet(fetch(client, "funds", "xlsx", **told), "说明"))["再次打开"]
    page, _, query = view.partition("?")
    assert page == "http://kanban:8501/yn/funds"
    again = client.get(f"/export/funds.csv?{query}")
    assert lines(again.content) == lines(fetch(client, "funds", **told))


STRANGERS = ("http://phish.example/yn", "http://kanban:8501@phish.example", "http://kanban")


@pytest.mark.parametrize(
    "home", [*STRANGERS, "javascript:alert(1)", "http://a b", "//elsewhere", "ftp://x", "=HYPERLINK()", "http://["]
)
def test_only_an_address_of_a_dashboard_is_written_into_a_file(client, home):
    view = dict(sheet(fetch(client, "funds", "xlsx", **{"from": home}), "说明"))["再次打开"]
    assert view.startswith("/funds?")


def test_a_name_of_a_file_stays_one_that_a_disk_takes_whatever_is_asked(client):
    for year in ("9" * 60_000, ",".join(str(n) for n in range(2_000))):
        name = name_of(client.get(address("funds", year=year)))
        assert name.startswith("云南模式_资金_")
        assert len(name.encode()) < 255


def test_rows_beyond_the_limit_of_a_sheet_go_on_on_the_next_and_it_is_said():
    file = io.BytesIO()
    rows = [[(f"甲{n}", n) for n in range(start, start + 4)] for start in (0, 4)]
    written = xlsx.write(
        file, header=["名", "数"], batches=rows, about=[("内容", "试")], fields=[("列", "字段名")], sheet_rows=3
    )
    found = openpyxl.load_workbook(file)
    assert found.sheetnames == ["数据", "数据2", "数据3", "说明", "字段"]
    parts = [list(found[name].iter_rows(values_only=True)) for name in found.sheetnames[:3]]
    assert [part[0] for part in parts] == [("名", "数")] * 3
    assert [row for part in parts for row in part[1:]] == [(f"甲{n}", n) for n in range(8)]
    assert written == 8
    assert [found[name].auto_filter.ref for name in found.sheetnames[:3]] == ["A1:B4", "A1:B4", "A1:B3"]
    assert "分为3张" in dict(found["说明"].iter_rows(values_only=True))["数据分页"]


# The zip


def test_the_zip_holds_the_csv_its_explanation_and_its_columns(client):
    told = {"place": "533300", "columns": "all"}
    answer = client.get(address("funds", "zip", **told))
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert names[0] == name_of(answer).replace(".zip", ".csv")
        assert [name.rpartition("_")[2] for name in names[1:]] == ["说明.csv", "字段.csv"]
        assert all(info.flag_bits & 0x800 and info.external_attr >> 16 == 0o644 for info in packed.infolist())
        whole, about, fields = (packed.read(name) for name in names)
    assert whole == fetch(client, "funds", **told)
    assert dict(lines(about))["数据的sha256（同一筛选的CSV）"] == hashlib.sha256(whole).hexdigest()
    assert [row[0] for row in lines(fields)[1:]] == lines(whole)[0]


def test_the_zip_is_of_one_encoding(client):
    with zipfile.ZipFile(io.BytesIO(fetch(client, "projects", "zip", encoding="gb18030"))) as packed:
        whole, about, fields = (packed.read(name).decode("gb18030") for name in packed.namelist())
    assert whole.startswith('"项目编号"')
    assert about.startswith('"项目","内容"')
    assert fields.startswith('"列","字段名"')


# What programs make of it


def as_told(body: bytes, columns_wanted: list[str]) -> list[tuple[str, ...]]:
    """Original text of these columns of a CSV: one apostrophe off."""
    header, *rows = lines(body)
    return [tuple(ours.restored(row[header.index(name)]) for name in columns_wanted) for row in rows]


def truth(data: Path) -> list[tuple[str, ...]]:
    """Code, name, day of registration and place code of the organizations, as published."""
    with duckdb.connect() as db:
        return db.execute(
            "select org_id, coalesce(uscc, ''), org_name, registered_date::varchar, prefecture_code"
            f" from '{data}/snapshots/2020-06-30.r2/organizations.parquet' order by org_id"
        ).fetchall()


WANTED = ["组织编号", "统一社会信用代码", "社会组织", "成立登记日", "州市代码"]
ASKED = {"columns": "all", "asof": "2020-06-30.r2", "sort": "org_id"}


def test_pandas_reads_the_csv_as_it_was(client, data):
    read = pd.read_csv(io.BytesIO(fetch(client, "organizations", **ASKED)), dtype=str, keep_default_na=False)
    found = [tuple(ours.restored(text) for text in row) for row in read[WANTED].itertuples(index=False)]
    assert found == truth(data)


def test_openpyxl_reads_the_workbook_as_it_was(client, data):
    rows = book(fetch(client, "organizations", "xlsx", **ASKED))["数据"].iter_rows(values_only=True)
    header = next(rows)
    at = [header.index(name) for name in WANTED]
    found = [tuple(row[n] for n in at) for row in rows]
    # Excel takes _x005F_ for an underline, as its own format says; openpyxl leaves that to its reader.
    told = [(key, code or "", unescape(name), str(day.date()), place) for key, code, name, day, place in found]
    assert told == truth(data)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Converts a file with LibreOffice, as somebody does who opens it and saves it again."""
    profile = tmp_path_factory.mktemp("office")

    def convert(file: Path, kind: str, *options: str) -> Path:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", *options]
        subprocess.run(
            [*command, "--convert-to", kind, "--outdir", str(profile), str(file)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return profile / f"{file.stem}.{kind.partition(':')[0]}"

    return convert


def test_libreoffice_reads_the_csv_as_it_was(client, data, office, tmp_path):
    file = tmp_path / "organizations.csv"
    file.write_bytes(fetch(client, "organizations", **ASKED))
    # Comma, quote, UTF-8, from the first line; quoted cells may become numbers, dates are found: the harshest reading.
    read = openpyxl.load_workbook(office(file, "xlsx", "--infilter=CSV:44,34,76,1,,2052,false,true"))
    header, *rows = read.worksheets[0].iter_rows(values_only=True)
    at = [header.index(name) for name in WANTED]
    assert {type(row[at[3]]).__name__ for row in rows} == {"datetime"}
    found = [
        (
            row[at[0]],
            ours.restored(row[at[1]] or ""),
            ours.restored(row[at[2]]),
            str(row[at[3]].date()),
            str(row[at[4]]),
        )
        for row in rows
    ]
    assert found == truth(data)
    assert not [c for sheet in read for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_libreoffice_reads_the_workbook_as_it_was(client, data, office, tmp_path):
    file = tmp_path / "organizations.xlsx"
    file.write_bytes(fetch(client, "organizations", "xlsx", **ASKED))
    # All that is in it as text, as shown or as it is, UTF-8: the first sheet
    out = office(file, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1")
    (read,) = [out] if out.exists() else list(out.parent.glob("organizations-*.csv"))
    header, *rows = lines(read.read_bytes())
    at = [header.index(name) for name in WANTED]
    assert [tuple(row[n] for n in at) for row in rows] == truth(data)


def in_sql(snapshot, texts: list[str]) -> list[str]:
    with snapshots._open(snapshot.path, None).cursor() as cursor:
        found = cursor.execute("select csv_text(t) from (select unnest($texts) as t)", {"texts": texts}).fetchall()
    return [cell for (cell,) in found]


TRICKY = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.text(" \u3000\u200b\ufeff\u2060=＝+＋-－@＠'\"\t\r\n0123456789Ee\0甲", max_size=8),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TRICKY, min_size=1, max_size=20))
def test_the_two_ways_to_make_text_safe_agree_and_can_be_undone(snapshot, texts):
    """neutral() makes the small tables' files, csv_text() the large ones."""
    assert in_sql(snapshot, texts) == [ours.cell(text) for text in texts]
    for text in texts:
        (row,) = csv.reader(io.StringIO(ours.cell(text), newline=""))
        assert ours.restored(row[0]) == text


@pytest.mark.parametrize("name", NAMES.values())
def test_what_a_program_would_run_or_change_begins_with_an_apostrophe(name):
    harmless = {'引"号,逗号组织', "换行\n组织", "㐂䶮𠮷😀组织", "_x0041_组织", " 前后有空 "}
    assert ours.neutral(name).startswith("'") == (name not in harmless)
    assert ours.restored(ours.neutral(name)) == name


# Everything at once


@pytest.fixture(scope="module")
def tiny(tiny_data) -> snapshots.Snapshot:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(house, "DATA_DIR", tiny_data)
        return snapshots.find(snapshots.published()[0])


@pytest.mark.parametrize("table", record_selection.TABLES)
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_is_chosen_the_page_the_csv_and_the_workbook_hold_the_same(client, tiny, table, data):
    """Complaint 3: an export that ignores a filter. Rows in order, and the sums of them."""
    asked = some_of(data, tiny, table)
    told = asked.address() | {"place": asked.place, "columns": "all"}
    page = tiny.page(asked.query, size=100_000, order=asked.order, **asked.params)
    total = tiny.total(asked.query, asked.sums, **asked.params)
    header, *rows = lines(fetch(client, table, **told))
    body = fetch(client, table, "xlsx", **told)
    cells = sheet(body, "数据")
    shown = list(record_selection.showable(table))
    assert list(cells[0]) == header == [*(columns.label(column) for column in shown), "数据截至", "数据性质"]
    assert len(rows) == len(cells) - 1 == len(page) == total.rows
    assert [ours.restored(row[0]) for row in rows] == [row[0] for row in cells[1:]] == page.iloc[:, 0].tolist()
    for column in asked.sums:
        at = shown.index(column)
        expected = 0 if wording.is_none(getattr(total, column)) else getattr(total, column)
        assert sum(float(row[at] or 0) for row in rows) == pytest.approx(expected)
        assert sum(row[at] or 0 for row in cells[1:]) == pytest.approx(expected)
    for n, column in enumerate(shown):
        on_screen = ["" if wording.is_none(v) else columns.written(column, v) for v in page[column]]
        in_file = ["" if row[n] == "" else ours.restored(row[n]) for row in rows]
        if queries.load(asked.query).returns[column] in ("VARCHAR", "DATE", "BOOLEAN"):
            assert in_file == on_screen, column
    explained = [row[0] for row in sheet(body, "字段")[1:]]
    assert explained == header


# Privacy


def test_no_file_holds_a_person_or_a_row_about_one(client):
    """Not a key, not a record's number, not a column of theirs; whatever the table and the form."""
    source = read_tiny()["beneficiaries"].to_pandas()
    theirs = {*source.subject_key, *source.record_id}
    header = set()
    for table in record_selection.TABLES:
        header |= set(lines(fetch(client, table, columns="all"))[0])
        found = {cell for row in lines(fetch(client, table, columns="all")) for cell in row}
        found |= {cell for row in sheet(fetch(client, table, "xlsx", columns="all"), "数据") for cell in row}
        assert not {ours.restored(cell) for cell in found if isinstance(cell, str)} & theirs
    assert not header & {"对象匿名键", "性别", "年龄段", "民族", "捐赠人名称", "人数"}
    returned = {column for table in record_selection.TABLES for column in queries.load(f"records/{table}").returns}
    assert not returned & {"subject_key", "record_id", "sex_code", "age_band", "ethnic_code", "donor_name", "headcount"}


@pytest.fixture(scope="module")
def cube(tiny) -> tuple[np.ndarray, np.ndarray, suppress.Relations, pd.DataFrame]:
    """True counts, what of them is hidden, what a reader knows of how they hang together; and each cell's name."""
    with duckdb.connect() as db:
        publish.load(db, read_tiny(), date(2020, 6, 30))
        derived_tables.fill_periods(db, date(2020, 6, 30))
        db.execute(queries.load("publish/regions").sql)
        cells = counting.counted(db)
        shown = db.execute(f"from '{tiny.path}/people_counts.parquet'").df()
    known = people_counts._relations([cells], cells.listed.ravel())
    names = pd.MultiIndex.from_product([range(len(cells.groups)), cells.spans.period, cells.regions.region_code])
    order = pd.Index(cells.groups, tupleize_cols=True).get_indexer(
        pd.MultiIndex.from_frame(shown[["measure", "dimension", "member"]])
    )
    at = names.get_indexer(pd.MultiIndex.from_arrays([order, shown.period, shown.region_code]))
    hidden = np.zeros(cells.cube.size, dtype=bool)
    hidden[at[shown.is_hidden.to_numpy()]] = True
    return np.where(cells.listed, cells.cube, 0).ravel(), hidden, known, shown.assign(cell=at)


def test_every_hidden_small_count_could_as_well_be_ten_or_more(cube):
    """All that the page and its files can ever show is this cube: see the next test."""
    values, hidden, known, _ = cube
    small = np.flatnonzero((values > 0) & (values < 10))
    assert len(small) > 50
    assert hidden[small].all()
    assert suppress.audit(values, hidden, known).size == 0
    for cell in small[:: len(small) // 4]:
        other = suppress.witness(values, hidden, known, cell)
        assert hold(other, known)
        assert (other[~hidden] == values[~hidden]).all()
        assert (other[hidden] >= 1).all()  # also which rows are there stays the same
        assert other[cell] >= 10


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_filter_of_people_tells_nothing_that_the_cube_does_not_tell(client, tiny, cube, data):
    """Rows, their values, order and the counts of facets follow from the shown cells and from which cells are hidden.

    So they are the same for the true counts and for every witness, and no filter, difference of two filters or of two
    files, or order tells the one from the other.
    """
    asked = some_of(data, tiny, "beneficiaries")
    *_, shown = cube
    page = tiny.page(asked.query, size=100_000, order=asked.order, **asked.params)
    public = shown[shown.is_hidden | (shown.value > 0)]
    key = ["measure", "member", "period", "region_code", "value", "is_hidden"]
    there = page.assign(
        measure=page.counting_base.map({"人数（去重）": "persons", "人次": "person_times", "户数": "households"}),
        value=page.people_value,
    )[key]
    merged = there.astype({"value": float}).merge(public[key].astype({"value": float}), how="left", indicator=True)
    assert (merged._merge == "both").all()
    assert not (page.people_value.between(1, 9)).any()
    rows = lines(fetch(client, "beneficiaries", **(asked.address() | {"place": asked.place, "columns": "all"})))
    at = rows[0].index(columns.label("people_value"))
    assert [row[at] for row in rows[1:]] == ["" if wording.is_none(v) else str(int(v)) for v in page.people_value]
    if asked.order.removeprefix("-") == "people_value":  # the hidden come last, ordered by their names alone
        of_hidden = page[page.is_hidden]
        assert of_hidden.index.tolist() == list(range(len(page) - len(of_hidden), len(page)))
        names = [c for c in record_selection.showable("beneficiaries") if c != "people_value"]
        assert of_hidden[names].equals(of_hidden.sort_values(names, kind="stable", na_position="last")[names])


# What is refused


REFUSALS = [
    ("/export/nothing.csv", 404, "没有名为“nothing”的记录"),
    ("/export/funds.csv?colour=red", 400, "不认识的参数：colour"),
    ("/export/policies.csv?stage=到账", 400, "不认识的参数：stage"),
    ("/export/funds.csv?encoding=big5", 400, "没有“big5”这种编码"),
    ("/export/funds.csv?sort=nope", 400, "排序“nope”不存在"),
    ("/export/funds.csv?columns=fund_id,donor_name", 400, "列“donor_name”不存在"),
    ("/export/projects.csv?columns=county_codes", 400, "列“county_codes”不存在"),
    (f"/export/funds.csv?search={'x' * 601}", 400, "搜索词第600字以后的部分"),
    ("/export/funds.csv?stage=到账&stage=支出", 400, "重复的参数"),
    ("/export/funds.csv?place=110000", 400, "地区“110000”不存在"),
    ("/export/funds.csv?asof=2031-01-01.r1", 404, "没有编号为 2031-01-01.r1 的快照"),
    ("/export/funds.csv?asof=../../etc", 404, "没有编号为 ../../etc 的快照"),
    ("/export/funds.csv?<script>=1", 400, "&lt;script&gt;"),
]


@pytest.mark.parametrize(("path", "status", "said"), REFUSALS)
def test_what_is_not_known_is_refused_in_a_sentence_so_no_filter_is_ignored(client, path, status, said, kept):
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text
    assert "content-disposition" not in answer.headers
    assert '<html lang="zh-CN" translate="no">' in answer.text
    assert not (kept).exists()


@pytest.mark.parametrize("path", ["/export/funds.CSV", "/export/funds.parquet", "/export/", "/export/a/b.csv/x", "/"])
def test_other_addresses_are_not_ours(client, path):
    assert client.get(path).text == "看板"
    assert client.ask("POST", "/export/funds.csv").text == "看板"


def test_it_works_below_a_base_path(client):
    assert client.get("/yn/export/funds.csv").status_code == 200


def test_without_a_snapshot_there_is_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr(house, "DATA_DIR", tmp_path)
    answer = Client().get("/export/funds.csv")
    assert answer.status_code == 404
    assert "还没有已发布的快照" in answer.text


def test_a_damaged_snapshot_gives_no_file(tiny_data, tmp_path, monkeypatch):
    shutil.copytree(tiny_data, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(house, "DATA_DIR", tmp_path)
    file = tmp_path / "snapshots" / "2020-06-30.r1" / "funds.parquet"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1])
    answer = Client().get("/export/projects.csv")
    assert answer.status_code == 503
    assert "与发布时不一致" in answer.text


def test_head_tells_of_the_file_and_makes_none(client, kept):
    answer = client.ask("HEAD", address("funds", "xlsx", place="533300"))
    assert answer.status_code == 200
    assert name_of(answer) == "云南模式_资金_怒江州_截至20200630r1.xlsx"
    assert "content-length" not in answer.headers
    assert answer.content == b""
    assert not (kept).exists()


# The log


def test_every_file_is_in_the_log_before_it_leaves_and_when_it_is_whole(client, kept):
    told = {"place": "533300", "stage": "到账", "columns": "all"}
    body = fetch(client, "funds", **told)
    begin, end = events(kept)
    assert (begin["event"], end["event"]) == ("begin", "end")
    assert begin["export"] == end["export"]
    assert begin["filters"] == {"place": "533300", "columns": "all", "stage": "到账"}
    # 到账 of 533300: F9, F17, F19, F24, F35
    assert (begin["view"], begin["rows"], begin["snapshot"]) == ("funds", 5, "2020-06-30.r1")
    assert begin["file"] == "云南模式_资金_怒江州_筛选_全字段_截至20200630r1.csv"
    assert end["bytes"] == len(body)
    assert end["sha256"] == hashlib.sha256(body).hexdigest()
    assert begin["before"] == START
    assert end["before"] == begin["hash"]
    assert re.fullmatch(r"exports-\d{4}-\d{2}\.jsonl", Chain(kept).files()[0].name)
    assert checked(kept) == (2, [])


@pytest.mark.parametrize(("table", "kind"), TABLES_AND_KINDS)
def test_the_log_keeps_the_hash_of_what_was_given(client, kept, table, kind):
    body = fetch(client, table, kind)
    assert events(kept)[-1]["sha256"] == hashlib.sha256(body).hexdigest()


def test_a_filter_with_a_strange_line_end_does_not_break_the_log(client, kept):
    for strange in ("\u2028", "\x85", "\x1c", "\r", "\n"):
        fetch(client, "funds", stage=f"到账{strange}")
    assert checked(kept) == (10, [])


def test_a_reader_who_leaves_is_in_the_log(client, kept, monkeypatch):
    monkeypatch.setattr(snapshots, "BATCH", 1)

    async def leave_after_the_first_piece() -> list[bytes]:
        got: list[bytes] = []
        gone = anyio.Event()

        async def receive():
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message) -> None:
            if message.get("body"):
                got.append(message["body"])
                gone.set()
                await anyio.sleep(0.05)

        scope = {"type": "http", "method": "GET", "path": "/export/funds.csv", "query_string": b"", "headers": []}
        await downloads.Files(PlainTextResponse("看板"))(scope, receive, send)
        return got

    async def main() -> list[bytes]:
        got = await leave_after_the_first_piece()
        with anyio.move_on_after(20):
            while len(events(kept)) < 2:
                await anyio.sleep(0.02)
        return got

    got = awaited(main)
    assert 0 < len(got) < 37
    begin, broken = events(kept)
    assert (begin["event"], broken["event"]) == ("begin", "broken")
    assert "sha256" not in broken
    assert checked(kept) == (2, [])


def test_without_its_log_nothing_leaves(client, kept):
    (kept).write_text("a file where the folder should be", encoding="utf-8")
    answer = client.get(address("funds"))
    assert answer.status_code == 503
    assert "导出日志无法写入" in answer.text
    assert "没有导出日志就不能导出" in answer.text
    assert "F0000" not in answer.text
    assert "content-disposition" not in answer.headers


LIMITED = """
import anyio, httpx, resource, sys
from yunnan.access import audit_log
from yunnan.server import downloads

async def ask(path):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(downloads.Files(None)), base_url="http://k") as client:
        return await client.get(path)

assert anyio.run(ask, "/export/funds.csv").status_code == 200
room = audit_log.chain('exports').files()[0].stat().st_size + int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
answer = anyio.run(ask, "/export/funds." + sys.argv[2])
print(answer.status_code, answer.text)
"""


def limited(data: Path, folder: Path, room: int, kind: str) -> str:
    """What a process is answered for whose second file there is only so much room, in the log or anywhere."""
    (folder / "snapshots").symlink_to(data / "snapshots")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(room), kind],
        cwd=house.ROOT, env=os.environ | {"YUNNAN_DATA_DIR": str(folder)}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("room", [0, 100])
def test_a_full_disk_refuses_the_file_and_leaves_the_log_whole(data, tmp_path, room):
    """Two lines stand in the log; for the third there is no room, or room for a part of it."""
    said = limited(data, tmp_path, room, "csv")
    assert said.startswith("503 ")
    assert "导出日志无法写入：文件超过大小限制" in said
    assert "F0000" not in said
    assert checked(tmp_path / "log") == (2, [])


def test_a_workbook_for_which_the_disk_has_no_room_is_refused_in_a_sentence(data, tmp_path):
    said = limited(data, tmp_path, 4_000, "xlsx")
    assert said.startswith("500 ")
    assert "文件没有生成" in said
    assert [event["event"] for event in events(tmp_path / "log")] == ["begin", "end", "begin", "broken"]
    assert checked(tmp_path / "log") == (4, [])


@pytest.fixture
def answered(thin_data, tmp_path, monkeypatch) -> tuple[Client, str]:
    """The server's front over a snapshot with one feedback workbook, and the batch that it is of."""
    monkeypatch.setattr(house, "DATA_DIR", tmp_path)
    shutil.copytree(thin_data, tmp_path, dirs_exist_ok=True)
    batch = staged.stage(tmp_path, "funds", [staged.fund(900001)], file="怒江 资金.xlsx", feedback=b"PK the workbook")
    merge.publish_staged(staged.ASOF)
    return Client(), batch


def test_a_feedback_workbook_is_answered_whole_under_the_senders_name_and_logged(answered, tmp_path):
    client, batch = answered
    answer = client.get(f"/yn/export/feedback/{batch}.xlsx?asof=2018-03-31.r2")
    assert (answer.status_code, answer.content) == (200, b"PK the workbook")
    assert unquote(answer.headers["content-disposition"]).endswith("怒江 资金.反馈.xlsx")
    begun, ended = (
        json.loads(line) for file in Chain(tmp_path / "log").files() for line in file.read_text().splitlines()
    )
    assert (begun["event"], ended["event"], ended["filters"]) == ("begin", "end", {"batch": batch})
    assert ended["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert checked(tmp_path / "log") == (2, [])


def test_the_page_of_a_return_offers_its_feedback_workbook_and_the_address_is_answered(answered):
    client, batch = answered
    app = open_page("pages/trust/quality.py", asof="2018-03-31.r2", period="2018Q1", batch=batch)
    (address,) = re.findall(r'href="\.(/export/feedback/[^"]+)"', "".join(e.value for e in app.html))
    assert client.get(f"/yn{address}").content == b"PK the workbook"


def test_what_is_no_feedback_workbook_is_refused_by_a_sentence(answered, tmp_path):
    client, batch = answered
    for address, status, said in (
        (f"/export/feedback/{batch}.xlsx?asof=2018-03-31.r1", 404, "没有批次"),
        ("/export/feedback/funds-530000-2018Q1-000000000000.xlsx", 404, "没有批次"),
        (f"/export/feedback/{batch}.xlsx?place=533300", 400, "不认识的参数：place"),
        (f"/export/feedback/{batch}.xlsx?asof=2018-03-31.r9", 404, "没有编号"),
    ):
        answer = client.get(address)
        assert (answer.status_code, said in answer.text) == (status, True), address
    assert client.ask("HEAD", f"/export/feedback/{batch}.xlsx").headers["content-type"] == xlsx.TYPE
    assert not (tmp_path / "log").exists()


@pytest.mark.parametrize("scope", [frozenset({"530100"}), frozenset()])
def test_a_feedback_workbook_of_another_place_is_not_told_of(answered, monkeypatch, scope):
    client, batch = answered
    monkeypatch.setattr(downloads.viewer, "scope", lambda: scope)
    assert client.get(f"/export/feedback/{batch}.xlsx").status_code == 404
