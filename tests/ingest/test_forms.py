"""What the forms declare agrees with the contract: the same columns, types, values, and nothing required left out."""

import duckdb
import pytest

from yunnan.data import queries
from yunnan.ingest import batch, forms, report
from yunnan.publication.shipped_rows import REFERENCE

SOURCE = {"source_file", "source_row"}
NOT_SENT = {
    "organizations": {"former_names"},  # computed at publication, from the base
    "policies": {"known_date"},  # computed at publication
    "programmes": {"name_en", "seed_fact", "published"},  # what the article says of its own
}


@pytest.fixture(scope="module")
def contract():
    with duckdb.connect() as db:
        db.execute(queries.load("schema").sql)
        found = {}
        for table in forms.TABLES:
            described = db.execute(f"describe {table}").fetchall()
            found[table] = {name: (kind, null == "NO") for name, kind, null, *_ in described}
        return found


@pytest.mark.parametrize("table", forms.TABLES)
def test_a_return_holds_exactly_the_columns_of_the_contract(table, contract):
    assert {*report.contract(table), *SOURCE} == set(contract[table]) - NOT_SENT.get(table, set())


@pytest.mark.parametrize("table", forms.TABLES)
def test_what_may_be_chosen_is_what_the_contract_allows(table, contract):
    for name, column in forms.columns(table).items():
        kind = contract[table][name][0]
        if kind.startswith("ENUM"):
            allowed = tuple(kind.removeprefix("ENUM('").removesuffix("')").split("', '"))
            offered = tuple(forms.labels(column.values[0]).values()) if column.kind == "list" else column.values
            assert set(offered) <= set(allowed), name
            assert column.kind == "list" or offered == allowed, name


@pytest.mark.parametrize("table", forms.TABLES)
def test_what_the_contract_requires_is_required_given_by_default_or_made(table, contract):
    made = {"report_period", "is_yunnan", "phasing", *(key for keys in forms.KEYS.values() for key in keys)}
    made |= {"valid_from"} if table == "place_traits" else set()  # an undated list holds from its quarter on
    for name, (_, required) in contract[table].items():
        if required and name not in SOURCE | made:
            column = forms.columns(table)[name]
            assert column.required or column.default, name


def test_every_other_word_stands_for_a_value_that_may_be_chosen():
    values: dict[str, set[str]] = {}
    for column in (column for table in forms.TABLES for column in forms.columns(table).values()):
        if column.kind in ("choice", "list"):
            listed = column.values if column.kind == "choice" else forms.labels(column.values[0]).values()
            values.setdefault(column.name, set()).update(listed)
    for row in forms.rows("value_aliases"):
        if row["column"] in values:
            assert row["value"] in values[row["column"]], row


def test_every_header_leads_to_a_column_of_its_table():
    for row in forms.rows("header_aliases"):
        column = row["column"].removesuffix(".code")
        if row["table"] != "*" and column not in ("", "report_period"):
            assert column in forms.columns(row["table"]), row


def test_every_rule_that_is_said_is_in_the_list_of_rules():
    folder = batch.__file__.rpartition("/")[0]
    import re
    from pathlib import Path

    said = {rule for file in Path(folder).glob("*.py") for rule in re.findall(r'"(DQ-\d\d)"', file.read_text("utf-8"))}
    assert said <= {row["rule_id"] for row in forms.rows("validation_rules")}
    assert "validation_rules" in REFERENCE
