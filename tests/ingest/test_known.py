"""What is known before a return is read, added up by hand from the tiny province."""

import csv

import pytest

from tests.conftest import TINY
from yunnan.ingest import context, profiles


def lines(table):
    with (TINY / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def told(snapshot, tmp_path):
    return context.newest(tmp_path)


def test_ids_and_credit_codes_are_those_of_the_registers(told):
    assert told.has_snapshot
    assert told.organizations == {row["org_id"] for row in lines("organizations")}
    assert told.projects == {row["project_id"] for row in lines("projects")}
    assert told.documents == {row["policy_id"] for row in lines("policies")}
    assert told.by_credit_code == {row["uscc"]: row["org_id"] for row in lines("organizations") if row["uscc"]}


def test_balances_are_receipts_less_reversals_and_what_was_spent(told):
    received = spent = 0.0
    for row in lines("funds"):
        if row["project_id"] == "P00001":
            signed = -float(row["amount_yuan"]) if row["is_reversal"] == "true" else float(row["amount_yuan"])
            received += signed if row["stage"] == "到账" else 0
            spent += signed if row["stage"] == "支出" else 0
    assert told.balance(("000000", "2020Q2"))["P00001"] == (received, spent)


def test_what_the_return_replaces_is_left_out_of_the_balance(told):
    assert told.balance(("530600", "2018Q1"))["P00001"][0] == told.balance(("000000", ""))["P00001"][0] - 100_000


def test_reported_numbers_are_by_prefecture_quarter_and_item(told):
    assert told.stats["530600", "2018Q4", "SW_STOCK"] == 2500
    assert len(told.stats) == len(lines("reported_stats"))


def test_nothing_published_is_nothing_known(tmp_path, monkeypatch):
    monkeypatch.setattr("yunnan.settings.DATA_DIR", tmp_path)
    assert context.newest(tmp_path) == context.Context(profiles=profiles.read(tmp_path))
