"""Every return of the corpus: accepted, accepted with changes, refused by row or as a whole; nothing is lost."""

import re

import openpyxl
import pytest

from tests.ingest.corpus import ACCEPT, CARD, CASES, CHANGED, FILE, IDENTITY, MOBILE, OLD_IDENTITY, ROW

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
