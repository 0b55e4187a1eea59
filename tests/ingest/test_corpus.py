"""Every return of the corpus: accepted, accepted with changes, refused by row or as a whole; nothing is lost."""

import re

import openpyxl
import pytest

from tests.ingest.corpus import (
    ACCEPT,
    CARD,
    CASES,
    CHANGED,
    FILE,
    HEAD,
    IDENTITY,
    MOBILE,
    OLD_IDENTITY,
    ONE,
    ROW,
    TWO,
    sheets,
)

CODES = {ACCEPT: "accepted", CHANGED: "accepted", ROW: "partly", FILE: "refused"}
KEYS = {"file", "sha256", "status", "rows_in", "accepted", "refused", "dropped", "warnings", "normalised", "rows"}
CHINESE = re.compile("[一-鿿]")


def sentences(report):
    return [note["message"] for part in ("refused", "warnings", "normalised") for note in report[part]]


def assert_nothing_is_lost(report):
    assert set(report) >= KEYS
    assert report["rows_in"] == report["accepted"] + report["rows_refused"] + report["rows_dropped"]
    assert report["accepted"] == len(report["rows"])
    assert report["rows_dropped"] == len(report["dropped"])
    places = [(row["sheet"], row["row"]) for row in report["rows"]]
    if report["status"] != "refused":
        refused = {(note["sheet"], note["row"]) for note in report["refused"]}
        assert len(refused) == report["rows_refused"]
        dropped = {(note["sheet"], note["row"]) for note in report["dropped"]}
        assert len({*places, *refused, *dropped}) == report["rows_in"]


def test_the_corpus_has_every_fate_and_at_least_eighty_files():
    assert len({case.name for case in CASES}) == len(CASES) >= 80
    assert {case.fate for case in CASES} == {ACCEPT, CHANGED, ROW, FILE}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_return_meets_its_fate(case, path_of, ask, tmp_path):
    answer, report = ask(path_of(case), feedback=tmp_path / "feedback.xlsx", **case.given)
    assert "error" not in answer, answer
    assert_nothing_is_lost(report)
    assert report["status"] == CODES[case.fate], sentences(report)
    assert all(CHINESE.search(sentence) for sentence in sentences(report))
    if case.fate == FILE:
        assert [note["rule"] for note in report["refused"]] == [case.rule], report["refused"]
        assert report["accepted"] == 0
    else:
        assert_rows_as_expected(case, report)
    assert case.said in "".join(sentences(report))
    assert_nothing_personal(report, tmp_path / "feedback.xlsx")


def test_what_was_read_before_a_sheet_is_refused_stands(ask, tmp_path):
    path, total = tmp_path / "报表.xlsx", ["合计", "", "", "", "3500.50", "", "", ""]
    other_head = [HEAD[1], HEAD[0], *HEAD[2:]]
    path.write_bytes(sheets(一=[HEAD, ONE, TWO, total], 别的=[["甲", "乙"]], 二=[HEAD, ONE, other_head, TWO])())
    _, report = ask(path)
    assert [note["message"][:9] for note in report["refused"]] == ["第3行又是一个表头"]
    assert (report["table"], report["period"], report["prefecture"]) == ("funds", "2020Q2", None)
    assert (report["rows_in"], report["rows_refused"], report["rows_dropped"]) == (3, 2, 1)
    assert [note["sheet"] for note in report["warnings"]] == ["别的"]


def test_what_was_remarked_on_cells_before_units_differ_stands(ask, tmp_path):
    path = tmp_path / "报表.xlsx"
    bad, wan = ["P99999", *ONE[1:3], "现金", *ONE[4:]], [*HEAD[:4], "金额(万元)", *HEAD[5:]]
    path.write_bytes(sheets(一=[HEAD, bad], 二=[wan, [*TWO[:4], "5元", *TWO[5:]]])())
    _, report = ask(path)
    assert [note["rule"] for note in report["refused"]] == ["DQ-18", "DQ-34"]
    assert [note["from"] for note in report["normalised"]] == ["现金"]
    assert (report["prefecture"], report["rows_in"], report["rows"]) == ("533300", 2, [])


def assert_rows_as_expected(case, report):
    assert report["accepted"] == case.good, sentences(report)
    refused = [note["row"] for note in report["refused"]]
    assert sorted(set(refused)) == list(case.bad)
    assert (case.rule in {note["rule"] for note in report["refused"]}) == (case.rule is not None)
    assert report["rows_dropped"] == case.dropped
    assert case.fate != CHANGED or report["normalised"]
    assert case.warned is None or case.warned in {note["rule"] for note in report["warnings"]}, report["warnings"]
    if case.sums is not None:
        assert sum(row["amount_yuan"] for row in report["rows"]) == pytest.approx(case.sums)
    if case.has:
        assert {name: report["rows"][0][name] for name in case.has} == case.has


def assert_nothing_personal(report, feedback):
    told = str(report)
    for sheet in openpyxl.load_workbook(feedback).worksheets:
        for cells in sheet.iter_rows():
            told += "".join(f"{cell.value or ''}{cell.comment.text if cell.comment else ''}" for cell in cells)
    for secret in (
        IDENTITY,
        OLD_IDENTITY,
        CARD,
        MOBILE,
        "138.1234",
        "王小明",
        "张某某",
        "138-1234",
        "１２３９",
        "53250119900101",
    ):
        assert secret not in told
