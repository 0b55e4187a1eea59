"""The heads of the pages of a prefecture and a county: one screen, drawn by the first screen's component."""

from typing import Any

from yunnan.data.answer_cache import made_once
from yunnan.data.view import View
from yunnan.drawing import outlines
from yunnan.drawing.cockpit import cells
from yunnan.front.address import appearance, choices
from yunnan.front.kit import attention_list, cockpit, handouts, indicator_cards, returns_note
from yunnan.front.kit.place_parts import measures_with_counties
from yunnan.front.places import place
from yunnan.words import geography, wording

ROOM = 4 << 20  # bytes kept of heads; one takes some 20 kB
SCREEN = "place"  # key of the head
MATTERS = "matters"  # the part that lists all that needs somebody
ABSENT = "本指标只算到州市，没有县级数。"


def prefecture(view: View, here: View) -> None:
    """Figures of a prefecture, its counties, its rank among the 16, what needs somebody; on paper cards and a list.

    view: as chosen, which may be of a county; here: of its prefecture. Reads values/of_place, values/by_quarter,
    values/by_county, measures/of_period.
    """
    if appearance.is_paper():  # a signed link too, on which nothing that it says can be chosen
        place.county_is_chosen(view)
        _cards(here)
        attention_list.attention_list(here)
        handouts.handouts("prefecture", here)
        return
    _draw(view, here, {"own": here.place, "files": _files(here)})


def county(view: View) -> None:
    """Figures of a county and where it lies in its prefecture; on paper cards.

    Reads values/of_place, values/by_quarter, values/by_county, places/county_indicators, measures/of_period.
    """
    if appearance.is_paper():
        _cards(view)
        return
    here = view.at(view.region.prefecture_code)
    data = {"own": view.place, "files": [], "name": view.region.short_name, "prefecture": here.region.short_name}
    _draw(view, here, data | county_of(view, _measure(view)))


def _cards(view: View) -> None:
    quarters = view.snapshot.table("values/by_quarter", place=view.place)
    indicator_cards.kpi_cards(view.snapshot.table("values/of_place", **view.params), view=view, quarters=quarters)


def _draw(view: View, here: View, own: dict[str, Any]) -> None:
    """The screen of a place in the prefecture of here. own: what it says of the page's own place."""
    measure = _measure(view)
    is_diqing = here.place == geography.DIQING_CODE
    data = own | {
        "choice": {"period": view.period, "measure": measure, "place": view.place},
        "counties": counties_of(here, measure),
        "notes": [geography.DEQIN_WEIXI_NOTE] if is_diqing else [],
    }
    cockpit.draw(view, SCREEN, data, **cockpit.keeping(SCREEN, "measure", "place", "part"))
    if not appearance.look().is_screen:
        returns_note.data_note(view if "cards" in own else here, view.headlines)


def _measure(view: View) -> str:
    """The code of the chosen measure, in the URL as ?measure=; one without counties too, of which the head says so."""
    measures = view.snapshot.table("measures/of_period", period=view.period).set_index("measure")
    names = measures.measure_name.__getitem__
    return choices.choose("measure", "地图指标", list(measures.index), "P1-08", label_of=names, draw=False)


def _files(here: View) -> list[tuple[str, str]]:
    """(label, address without period and snapshot) of the briefing and the slides, for readers who may take them."""
    if appearance.look().is_screen or not here.may_take("tables"):
        return []
    return [(label, f"./brief/prefecture.{kind}?place={here.place}") for kind, label in handouts.KINDS.items()]


@made_once(ROOM)
def counties_of(here: View, chosen: str) -> dict[str, Any]:
    """The counties of a prefecture in words: their map, and their values of the headlines and the chosen measure.

    places: the prefecture, its counties, what no county holds. measures: codes of all that exist for counties.
    """
    cards = measures_with_counties(here.snapshot.table("measures/of_period", period=here.period))
    outline = outlines.counties(here.place)
    codes = [one.code for one in geography.counties(here.place)]
    names = dict(zip(here.places.place, here.places.short_name, strict=True))  # as they are called in this snapshot
    drawn, rest = {}, ""
    for code in dict.fromkeys([*here.headlines, chosen]):
        if code not in cards.index:
            continue
        table = here.by_county(code)
        rows = {row.region_code: row for row in table.itertuples()}
        rest = rest or getattr(rows.get(here.place), "region_name", "")
        in_order = [None, *map(rows.get, codes), rows.get(here.place)]
        drawn[code] = cells.drawn(in_order, cards.unit[code], cards.breaks[code])
    return {
        "places": [[here.place, here.region.short_name], *([code, names[code]] for code in codes), ["", rest]],
        "map": {"size": outline[:2], "paths": outline.paths, "names": outline.names},
        "cells": cells.by_kind({here.period: drawn}),
        "measures": list(cards.index),
        "absent": ABSENT,
    }


@made_once(ROOM)
def county_of(view: View, chosen: str) -> dict[str, Any]:
    """What the head says of a county itself in words: its headline figures, and quarters of these and the chosen."""
    rows = view.snapshot.table("places/county_indicators", **view.params)
    quarters = view.snapshot.table("values/by_quarter", place=view.place)
    units = dict(zip(rows.indicator_code, rows.unit, strict=True))
    codes = [code for code in dict.fromkeys([*view.headlines, chosen]) if code in units]
    series = {code: list(quarters[quarters.indicator_code == code].value) for code in codes}
    return {
        "cards": {row.indicator_code: cells.of_place(row) for row in rows.itertuples() if row.indicator_code in series},
        "quarters": {code: _quarters(values, units[code]) for code, values in series.items()},
    }


def _quarters(values: list[float], unit: str) -> dict[str, list]:
    texts = ["" if wording.is_none(value) else wording.measure(value, unit) for value in values]
    return {"heights": cells.heights(values), "texts": texts}
