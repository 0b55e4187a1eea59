"""What is computed once, at publication: periods, indicator values, scores, protected counts, published figures.

Works on a DuckDB database that holds the contract's source tables and the macros of queries/views.sql.
"""

import dataclasses
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from yunnan import settings
from yunnan.data import queries
from yunnan.publication import people_counts, periods, stages
from yunnan.words import published_numbers, wording
from yunnan.words.geography import PROVINCE
from yunnan.words.stage_words import Stage

FLAGS = {"is_ratio": "is_ratio", "is_additive": "additive", "counts_people": "people", "is_scored": "scored"}
TEXTS = {
    "name_zh": "name_zh",
    "short_zh": "short",
    "name_en": "name_en",
    "definition": "definition",
    "unit": "unit",
    "kind": "kind",
    "frequency": "frequency",
    "target_logic": "target",
    "aggregation": "aggregation",
    "mechanism": "mechanism",
}


def everything(db: duckdb.DuckDBPyConnection, asof: date, others: Sequence[Path] = ()) -> None:
    """Fill every derived table of the contract, in the order in which they need each other.

    others are the snapshots published beside this one. Raises people.Unprotected.
    """
    all_periods = fill_periods(db, asof)
    db.execute(queries.load("publish/regions").sql)
    stage = stages.on(db, asof)
    fill_indicators(db, stage)
    db.execute(queries.load("publish/documents").sql, {"asof": asof})
    fill_raw_values_and_people(db, all_periods, others)
    for query_name in ("people_reached", "collectives"):  # only what the protected cube allows
        db.execute(queries.load(f"publish/{query_name}").sql)
    db.execute(queries.load("publish/indicator_values").sql)
    db.execute(queries.load("publish/scores").sql)
    fill_published_figures(db, asof, stage)
    fill_search_keys(db)
    db.execute("drop table raw_values; drop table read_tables; drop table card_facts")


def fill_periods(db: duckdb.DuckDBPyConnection, asof: date) -> list[periods.Period]:
    """The periods from the first year of which anything was sent to the as-of date."""
    ((first,),) = db.execute(queries.load("publish/first_year").sql, {"asof_year": asof.year}).fetchall()
    all_periods = periods.known_on(asof, first)
    _store(db, "periods", [dataclasses.asdict(p) for p in all_periods])
    db.execute(queries.load("publish/inspections").sql)
    return all_periods


def fill_indicators(db: duckdb.DuckDBPyConnection, stage: Stage) -> None:
    """The definition cards, from the headers of the indicators' files, in the words of the stage; the rest beside."""
    cards = queries.folder("indicators")
    targets = _targets_in_words(db, {card["code"]: card["unit"] for card in cards})
    own = {} if targets is None else {code: {"target_logic": text} for code, text in targets.items()}
    _store(db, "indicators", [_card(card, n, stage) | own.get(card["code"], {}) for n, card in enumerate(cards, 1)])
    db.execute("create table read_tables (indicator_code varchar, table_name varchar)")
    read = [{"indicator_code": card["code"], "table_name": t} for card in cards for t in card["tables"].split()]
    _store(db, "read_tables", read)
    facts = ("lowest", "protected", "judged", "valid_from", "valid_to")
    db.execute(f"create table card_facts (indicator_code varchar, {', '.join(f'{name} varchar' for name in facts)})")
    _store(db, "card_facts", [{"indicator_code": c["code"]} | {key: c.header.get(key) for key in facts} for c in cards])
    db.execute("""update card_facts set valid_from = s.valid_from, valid_to = s.valid_to
        from indicator_spans as s where s.indicator_code = card_facts.indicator_code""")


def _targets_in_words(db: duckdb.DuckDBPyConnection, units: dict[str, str]) -> dict[str, str] | None:
    """Indicator -> the province's targets as an office sent them, year by year; None for those that ship.

    What the cards say of targets is true of the shipped ones alone.
    """
    sql = (
        "select indicator_code, year, target_value::double, basis, source_file, region_code from targets order by year"
    )
    rows = db.execute(sql).fetchall()
    if any(file is None for *_, file, _ in rows):
        return None
    texts: dict[str, list[str]] = {code: [] for code in units}
    for code, year, value, basis, _, region in rows:
        if region == PROVINCE:
            texts[code].append(f"{year}年{wording.measure(value, units[code])}（{basis}）")
    return {code: "、".join(parts) or "没有下达全省目标" for code, parts in texts.items()}


def _card(card: queries.Query, n: int, stage: Stage) -> dict:
    texts = {column: stage.say(card[key]) for column, key in TEXTS.items()}
    if not stage.is_articles:
        texts["mechanism"] = wording.NONE  # what the article says of its own time
    return {
        "indicator_code": card["code"],
        "pillar_code": card["pillar"],
        "sort_order": n,
        "check_id": card.header.get("check"),
        "map_breaks": [float(b) for b in card["breaks"].split()],
        **{column: card[key] == "yes" for column, key in FLAGS.items()},
        **texts,
    }


def fill_raw_values_and_people(
    db: duckdb.DuckDBPyConnection, all_periods: list[periods.Period], others: Sequence[Path] = ()
) -> None:
    """Each indicator's own query for all periods, and the protected counts of people."""
    db.execute(
        "create table raw_values (indicator_code varchar, period varchar, prefecture_code varchar,"
        " county_code varchar, grain integer, num decimal(20, 4), den decimal(20, 4))"
    )
    with ThreadPoolExecutor(settings.THREADS) as pool:
        counting = pool.submit(people_counts.fill, db.cursor(), others)
        raw_jobs = [pool.submit(_fill_raw, db.cursor(), card, all_periods) for card in queries.folder("indicators")]
        for job in (counting, *raw_jobs):
            job.result()


def _fill_raw(db: duckdb.DuckDBPyConnection, card: queries.Query, all_periods: list[periods.Period]) -> None:
    """Its query once, for each set of days that the periods have: to plan a query costs more than to run it.

    Periods of the same days share a set, such as a year and its last quarter where only the end is a parameter.
    """
    periods_by_days: dict[tuple, list[str]] = {}
    for period in all_periods:
        days = {"start_date": period.start_date, "end_date": period.last_date}
        periods_by_days.setdefault(tuple(days[name] for name in card.params), []).append(period.period)
    lists = dict(zip(card.params, map(list, zip(*periods_by_days, strict=True)), strict=True))
    columns = ", ".join(f"unnest(${name}) as {name}" for name in (*lists, "periods"))
    sql = re.sub(r"\$(\w+)", r"asked.\1", card.sql)
    db.execute(
        f"insert into raw_values select $code, unnest(asked.periods), r.*"
        f" from (select {columns}) as asked cross join lateral (\n{sql}\n) as r",
        {"code": card["code"], "periods": list(periods_by_days.values()), **lists},
    )


def fill_published_figures(db: duckdb.DuckDBPyConnection, asof: date, stage: Stage) -> None:
    """The figures that the article publishes, in its own stage, and those of the office, each as it was published."""
    articles = queries.folder("figures") if stage.is_articles else []
    rows = [_figure(db, figure, n, asof) for n, figure in enumerate(articles, 1)]
    own = db.execute(queries.load("publish/office_figures").sql).df().astype(object)
    own = own.where(own.notna(), None)
    rows += [_own_figure(row, n) for n, row in enumerate(own.to_dict("records"), len(rows) + 1)]
    if rows:
        _store(db, "published_figures", rows)


def _own_figure(row: dict, n: int) -> dict:
    """An office's figure beside the indicator's value; where there is none, or a part of it, the status instead."""
    unit, status = row.pop("unit"), row.pop("status")
    facts = row | {"sort_order": n, "unit": unit, "holds": None, "computed": status or wording.NONE}
    published = published_numbers.read(row["published"], unit)
    if published is None or row["actual"] is None or status in ("数据不全", "已隐去"):
        return facts | {"qualifier": published.qualifier if published else "", "actual": None}
    number = row["actual"] * 100 if unit == "%" else row["actual"]
    computed = published_numbers.written(number, published.qualifier, unit, published)
    holds = published_numbers.agrees(number, published)
    return facts | {"qualifier": published.qualifier, "computed": computed, "holds": holds}


def _figure(db: duckdb.DuckDBPyConnection, figure: queries.Query, n: int, asof: date) -> dict:
    is_due = asof >= date.fromisoformat(figure["needs"])
    ((actual, detail, holds),) = db.execute(figure.sql).fetchall() if is_due else [(None, None, None)]
    computed = published_numbers.written(actual, figure["qualifier"], figure["unit"]) if detail is None else detail
    return {
        "figure_code": figure["code"],
        "sort_order": n,
        "label": figure["label"],
        "published": figure["published"],
        "qualifier": figure["qualifier"],
        "unit": figure["unit"],
        "seed_fact": figure["fact"],
        "note": figure["note"],
        "actual": actual,
        "computed": computed if is_due else "—",
        "holds": holds,
    }


def fill_search_keys(db: duckdb.DuckDBPyConnection) -> None:
    """What a reader may type to find a place, project or organization: names, codes, pinyin initials of its names."""
    searchable = db.execute(queries.load("publish/searchable").sql).df()
    letters = str.maketrans({character: _initial(character) for character in set("".join(searchable.names))})
    lines = [
        f"{code} {names} {names.translate(letters)}".lower()
        for code, names in zip(searchable.code, searchable.names, strict=True)
    ]
    _store(db, "search_keys", [{"code": c, "words": w} for c, w in zip(searchable.code, lines, strict=True)])


def _initial(character: str) -> str:
    if not "\u4e00" <= character <= "\u9fff":
        return character
    from pypinyin import Style, lazy_pinyin  # here: its dictionaries take a quarter of the start of every command

    # Character by character: a word's own reading (重庆, 银行) would cost a second a snapshot.
    return lazy_pinyin(character, style=Style.FIRST_LETTER)[0][:1]


def _store(db: duckdb.DuckDBPyConnection, table: str, rows: list[dict]) -> None:
    db.register("incoming", pd.DataFrame(rows))
    db.execute(f"insert into {table} by name from incoming")
    db.unregister("incoming")
