"""The stage of the work that a date is in, from the register."""

from datetime import date

import duckdb

from yunnan.data import queries
from yunnan.words.stage_words import Stage, stage_of


def on(db: duckdb.DuckDBPyConnection, asof: date) -> Stage:
    """The stage that the register has for the date; the one without a name where it has none."""
    return stage_of(facts(db, asof).get("stage"))


def facts(db: duckdb.DuckDBPyConnection, asof: date) -> dict[str, dict]:
    """What a snapshot's manifest keeps of it: its row of the register; nothing where the date is in no stage."""
    result = db.execute(queries.load("publish/stage").sql, {"asof": asof})
    names = [name for name, *_ in result.description]
    row = result.fetchone()
    kept = {name: value for name, value in zip(names, row or (), strict=False) if value is not None}
    return {"stage": kept} if kept else {}
