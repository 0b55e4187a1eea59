"""Whose row it is: an organization is known by its credit code, by a number that stays, or by its exact name."""

import pytest

from tests.office import FUNDS, UNITS, publish, rows
from yunnan.ingest import credit_codes

HEAD = ("统一社会信用代码", *UNITS[1:])
FIRST, SECOND = (f"51533300MJ000{n}01" for n in (11, 22))
CODES = tuple(code[:17] + credit_codes.check_digit(code[:17]) for code in (FIRST + "0", SECOND + "0"))
REST = ("社会团体", "州市级", "怒江州", "怒江州", "省民政厅", "2016-03-08", "正常", "未覆盖", "未评估")
TEA, WALNUT = (CODES[0], "怒江州茶叶协会", *REST), (CODES[1], "怒江州核桃协会", *REST)
PAID = (*FUNDS, "接收组织名称")


def gift(receiver: str) -> tuple:
    return ("2026-02-03", "到账", "社会捐赠", "资金", "300000", "怒江州", "泸水市", "", receiver)


def numbers(report: dict) -> list[str]:
    return [row["org_id"] for row in report["rows"]]


def test_an_organization_without_a_number_is_given_one_that_its_credit_code_keeps(office_send):
    first = office_send(HEAD, TEA, WALNUT)
    assert (first["status"], first["accepted"]) == ("accepted", 2), first["refused"]
    changes = [note for note in first["normalised"] if note["column"] == "组织编号"]
    assert [note["message"] for note in changes] == [
        f"按统一社会信用代码由系统编号，以后各期不变：{number}" for number in numbers(first)
    ]
    assert len(set(numbers(first))) == 2
    again = office_send(HEAD, WALNUT, TEA, options=("--period", "2026Q2"))
    assert numbers(again) == numbers(first)[::-1]
    publish("2026-03-31")
    later = office_send(HEAD, (TEA[0], "怒江州茶产业协会", *REST), options=("--period", "2026Q3"))
    assert numbers(later) == numbers(first)[:1]


def test_a_code_has_one_number_and_a_number_of_its_own_is_kept(office_send):
    own = office_send((UNITS[0], *HEAD), ("O000077", *TEA))
    assert numbers(own) == ["O000077"]
    assert numbers(office_send(HEAD, TEA, options=("--period", "2026Q2"))) == ["O000077"]
    other = office_send((UNITS[0], *HEAD), ("O000078", *TEA), options=("--period", "2026Q3"))
    assert (other["accepted"], other["refused"][0]["column"]) == (0, "组织编号")
    assert "O000077" in other["refused"][0]["message"]


def test_one_code_on_two_rows_is_one_organization(office_send):
    report = office_send(HEAD, TEA, (TEA[0], "怒江州茶叶学会", *REST))
    assert (report["accepted"], {note["rule"] for note in report["refused"]}) == (0, {"DQ-16"})


def test_a_row_with_neither_number_nor_code_is_refused(office_send):
    report = office_send(HEAD, ("", *TEA[1:]), WALNUT)
    assert report["accepted"] == 1
    assert "请补上其中一个" in report["refused"][0]["message"]


def test_a_namesake_without_a_code_is_a_question_for_a_person(office_send):
    office_send(UNITS, ("O000077", *TEA[1:]))
    report = office_send(HEAD, TEA, options=("--period", "2026Q2"))
    assert (report["accepted"], "O000077" in report["refused"][0]["message"]) == (0, True)


def test_an_organization_may_be_cited_by_the_exact_name_that_it_alone_has_or_had(office_send):
    (number, _) = numbers(office_send(HEAD, TEA, WALNUT))
    paid = office_send(PAID, gift("怒江州茶叶协会"))
    assert [row["org_id"] for row in paid["rows"]] == [number]
    assert any(note["message"] == f"按名称查得{number}" for note in paid["normalised"])
    publish()
    office_send(HEAD, (TEA[0], "怒江州茶产业协会", *REST), WALNUT)
    renamed = publish()
    assert rows(renamed, "select former_names from {organizations} where former_names is not null") == [
        (["怒江州茶叶协会"],)
    ]
    for name in ("怒江州茶叶协会", "怒江州茶产业协会"):
        cited = office_send(PAID, gift(name), options=("--period", "2026Q1", "--replace"))
        assert [row["org_id"] for row in cited["rows"]] == [number]


@pytest.mark.parametrize("name", ["怒江州茶叶", "怒江州咖啡协会"])
def test_a_name_that_nobody_has_exactly_is_refused_by_its_row(name, office_send):
    office_send(HEAD, TEA)
    report = office_send(PAID, gift("怒江州茶叶协会"), gift(name))
    assert (report["accepted"], report["refused"][0]["row"]) == (1, 3)
    assert "请核对全称" in report["refused"][0]["message"]


def test_a_name_that_two_have_is_refused_with_both(office_send):
    both = numbers(office_send(HEAD, TEA, (CODES[1], TEA[1], *REST)))
    report = office_send(PAID, gift(TEA[1]))
    assert report["accepted"] == 0
    assert all(number in report["refused"][0]["message"] for number in both)
