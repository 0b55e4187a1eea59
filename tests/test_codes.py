"""数字凭证: every figure has one, a wrong character is noticed, and it opens exactly its figure, also years later."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from tests.conftest import publish_tiny, read_tiny
from tests.screens import DEFINITIONS, PLACE, open_page, replaced
from yunnan import settings
from yunnan.data import citations, figure_codes, queries, record_selection
from yunnan.data.figure_codes import BadCode, Code

OF_GOLD = "YN-P108-533300-2019-191231r2-"
FIGURES = [card["code"] for card in queries.folder("indicators")] + ["F0", "F1", "F2", "F3", "F4"]
FIGURES += [card["code"] for card in queries.folder("figures")]
FIGURES += list(figure_codes.LISTS)
PARTS = st.sampled_from(["", "H1", "H2", "Q3"])
PERIODS = st.builds(lambda year, part: f"{year}{part}", st.integers(2017, 2035), PARTS) | st.just("ALL")
SNAPSHOTS = st.builds(
    lambda day, revision: f"{day}.r{revision}", st.dates(date(2018, 1, 1), date(2039, 12, 31)), st.integers(1, 99)
)
PLACES = st.sampled_from(["530000", "533300", "533323", "530100"])
CODES = st.builds(Code, st.sampled_from(FIGURES), PLACES, PERIODS, SNAPSHOTS)


@pytest.fixture(scope="module")
def corrected(tiny_data, tmp_path_factory) -> Path:
    """The tiny province, and a correction of it: one of 怒江's receipts was a reversal, 600,000 became 400,000."""
    folder = tmp_path_factory.mktemp("corrected")
    shutil.copytree(tiny_data, folder, dirs_exist_ok=True)
    publish_tiny(folder, revision=2, funds=replaced(read_tiny()["funds"], "fund_id", "F000019", "is_reversal", "true"))
    return folder


def test_a_code_is_written_as_a_person_can_say_it():
    assert str(Code("P1-08", "533300", "2019", "2019-12-31.r2"))[:-1] == OF_GOLD
    assert str(Code("CAL-04-places", "530000", "2019H1", "2020-06-30.r1")).startswith("YN-C04P-530000-2019H1-200630r1-")


def test_a_code_of_nine_months_leads_back_to_its_figure():
    of_september = Code("P1-08", "533300", "2019M9", "2020-09-30.r1")
    assert figure_codes.parse(str(of_september)) == of_september


def test_the_check_character_is_that_of_a_credit_code():
    """GB 32100-2015: of a registered organization's code the same rule makes the last character."""
    assert figure_codes.check_character("91350100M000100Y4") == "3"


@trials(deadline=None)
@given(CODES)
def test_a_code_leads_back_to_its_figure(code):
    assert figure_codes.parse(str(code)) == code


@trials(deadline=None)
@given(CODES, st.sampled_from(["-", "—", "－", "‐", "–", " ", "", "　", "ー", "\u200b"]), st.booleans(), st.booleans())
def test_case_width_blanks_and_dashes_do_not_matter(code, dash, is_small, is_wide):
    typed = str(code).replace("-", dash)
    typed = typed.lower() if is_small else typed.upper()
    if is_wide:
        typed = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in typed)
    assert figure_codes.parse(f" {typed} ") == code


@trials(deadline=None)
@given(CODES, st.data())
def test_no_wrong_character_passes(code, data):
    right = str(code)
    at = data.draw(st.integers(0, len(right) - 1).filter(lambda n: right[n] != "-"))
    wrong = data.draw(st.sampled_from("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ").filter(lambda c: c != right[at].upper()))
    with pytest.raises(BadCode):
        figure_codes.parse(right[:at] + wrong + right[at + 1 :])


@trials(deadline=None)
@given(CODES, st.data())
def test_no_two_neighbours_change_places_unnoticed(code, data):
    right = str(code).replace("-", "").upper()
    at = data.draw(st.integers(0, len(right) - 2).filter(lambda n: right[n] != right[n + 1]))
    with pytest.raises(BadCode):
        figure_codes.parse(right[:at] + right[at + 1] + right[at] + right[at + 2 :])


@trials(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_code_or_gets_a_sentence(text):
    said = ""
    try:
        figure_codes.parse(text)
    except BadCode as error:
        said = str(error)
    assert not said or "凭证" in said


def test_letters_that_no_code_has_are_read_as_the_digits_they_look_like():
    right = str(Code("P1-08", "533300", "2019", "2019-12-31.r2"))
    assert figure_codes.parse(right.replace("0", "O").replace("1", "I")) == figure_codes.parse(right)


def test_each_kind_of_figure_has_its_page():
    known = ["2020-06-30.r1", "2019-12-31.r2"]
    pages = {
        Code("P1-08", "533300", "2019", "2019-12-31.r2"): "definitions",
        Code("F0", "530000", "2019", "2019-12-31.r2"): "scorecard",
        Code("F0", "533300", "2019", "2019-12-31.r2"): "prefecture",
        Code("F2", "533300", "2019", "2019-12-31.r2"): "mechanism",
        Code("CAL-01", "530000", "2019", "2019-12-31.r2"): "reconciliation",
        Code("R2", "533300", "ALL", "2019-12-31.r2"): "funds",
    }
    found = {code: figure_codes.address(code, known) for code in pages}
    assert {code: where.page for code, where in found.items()} == pages
    assert all(where.is_kept and where.params["asof"] == "2019-12-31.r2" for where in found.values())


def test_a_code_of_a_snapshot_that_is_gone_leads_to_the_newest():
    where = figure_codes.address(Code("P1-08", "533300", "2019", "2018-12-31.r1"), ["2020-06-30.r1", "2019-12-31.r2"])
    assert (where.params["asof"], where.is_kept) == ("2020-06-30.r1", False)


def test_an_older_code_says_its_own_number_and_todays(corrected, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", corrected)
    said = citations.sentence(Code("P1-08", "533300", "2019", "2020-06-30.r1"), None)
    assert said.startswith("数字凭证 YN-P108-533300-2019-200630r1-")
    assert "怒江州2019年筹集款物总额60万元（数据截至2020年6月30日，第1版）。按最新快照" in said
    assert said.endswith("（数据截至2020年6月30日，第2版），怒江州2019年筹集款物总额为40万元，比当时下降33.3%。")


def test_a_code_of_the_newest_snapshot_says_one_number(corrected, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", corrected)
    said = citations.sentence(Code("P1-08", "533300", "2019", "2020-06-30.r2"), None)
    assert said.endswith("怒江州2019年筹集款物总额40万元（数据截至2020年6月30日，第2版，最新快照）。")


def test_a_code_of_an_older_snapshot_opens_it_and_tells_todays_number(corrected, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", corrected)
    app = open_page(PLACE, code=str(Code("P1-08", "533300", "2019", "2020-06-30.r1")))
    assert app.query_params["asof"] == "2020-06-30.r1"
    (told,) = [box.value.replace("\\", "") for box in app.info if "凭证" in box.value]
    assert "60万元（数据截至2020年6月30日，第1版）" in told
    assert "为40万元" in told
    assert [box.label for box in app.expander if "60万元" in box.label]


def test_a_code_of_a_snapshot_that_is_gone_says_so_and_todays_number(snapshot):
    said = citations.sentence(Code("P1-08", "533300", "2019", "2017-12-31.r1"), None)
    assert "该快照不在本看板" in said
    assert said.endswith("怒江州2019年筹集款物总额为60万元。")


@pytest.mark.parametrize(
    "code", [("P4-99", "533300", "2019"), ("P1-08", "539999", "2019"), ("P1-08", "533300", "2031")]
)
def test_a_code_of_nothing_says_that_there_is_no_value(snapshot, code):
    assert "没有值" in citations.sentence(Code(*code, "2020-06-30.r1"), None)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_can_be_cited(snapshot, figure):
    period = "ALL" if figure == "R3" else "2019"  # 受益 has no year of its own
    found = citations.figure(snapshot, Code(figure, "530000", period, snapshot.id))
    assert found
    assert found.name
    assert found.written


def test_a_code_in_any_pages_address_opens_its_figure(snapshot):
    code = str(Code("P2-08", "533300", "2019", snapshot.id))
    app = open_page(PLACE, code=code.lower())
    assert app.title[0].value.startswith("指标口径")
    told = {name: app.query_params[name] for name in ("asof", "period", "place", "indicator", "evidence", "code")}
    assert told == {
        "asof": snapshot.id, "period": "2019", "place": "533300", "indicator": "P2-08", "evidence": "true",
        "code": code,
    }  # fmt: skip
    assert code in app.info[0].value.replace("\\", "")
    assert code in [shown.value for shown in app.code]


def test_a_list_is_cited_by_place_and_one_year_and_opens_as_it_was(snapshot):
    selection, _ = record_selection.read("funds", {"year": "2019"}, place="533300")
    code = citations.of_list(snapshot, selection)
    (told,) = [box.value.replace("\\", "") for box in open_page(PLACE, code=code).info if "凭证" in box.value]
    rows = snapshot.total(selection.query, (), **selection.params).rows
    assert rows == 7
    assert f"怒江州2019年资金清单{rows}条" in told


@pytest.mark.parametrize("told", [{"year": "2018,2019"}, {"stage": "到账"}, {"search": "福贡"}])
def test_a_list_cut_down_by_more_has_no_code(snapshot, told):
    selection, _ = record_selection.read("funds", told, place="533300")
    assert citations.of_list(snapshot, selection) == ""


def test_a_code_goes_when_the_reader_looks_at_something_else(snapshot):
    app = open_page(DEFINITIONS, code=str(Code("P2-08", "533300", "2019", snapshot.id)))
    app.selectbox(key="w_place").set_value("530100").run()
    assert "code" not in app.query_params
    assert app.query_params["place"] == "530100"
    assert [box.value for box in app.info if "凭证" in box.value] == []


def test_a_code_typed_into_the_box_opens_its_figure(snapshot):
    app = open_page(DEFINITIONS)
    app.text_input(key="code_box").input(f"　{Code('P1-05', '530000', '2019', snapshot.id)} ").run()
    assert app.query_params["indicator"] == "P1-05"
    assert app.query_params["place"] == "530000"


def test_a_wrong_code_is_answered_by_a_sentence(snapshot):
    right = str(Code("P1-08", "533300", "2019", snapshot.id))
    wrong = right.replace("533300", "533400")
    app = open_page(DEFINITIONS, code=wrong)
    assert list(app.exception) == []
    assert "校验字符不符" in app.warning[0].value
    assert "code" not in app.query_params
