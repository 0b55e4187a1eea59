"""The conclusion of a view, read from its snapshot and made once for page, briefing and slides."""

from yunnan.data.answer_cache import made_once
from yunnan.data.view import View
from yunnan.drawing.findings import page_findings
from yunnan.drawing.findings.sentences import Finding

ROOM = 4 << 20  # bytes kept; one conclusion takes some 4 kB


@made_once(ROOM)
def of_place(view: View) -> Finding:
    """What is to be said of the view's place, which is the province, a prefecture or a county, in its period.

    Reads values/of_place, scores/of_place, measures/by_prefecture, values/by_county, places/county,
    places/county_indicators.
    """
    table, params, money = view.snapshot.table, view.params, page_findings.MONEY
    if view.region.level == "county":
        name = view.snapshot.row("places/county", **params).place_name
        county = page_findings.of_county(table("places/county_indicators", **params), view.span, view.place, name)
        return _in_its_words(view, county)
    values, scores = table("values/of_place", **params), table("scores/of_place", **params)
    if view.region.level == "province":
        parts = table("measures/by_prefecture", measure=money, period=view.period)
        return _in_its_words(view, page_findings.of_province(values, scores, parts, view.span))
    place = page_findings.of_place(values, scores, view.by_county(money), view.span, view.place, view.region.short_name)
    return _in_its_words(view, place)


@made_once(ROOM)
def of_pillar(view: View, code: str) -> Finding:
    """What is to be said of a pillar at the view's place in its period. Reads values/of_place, scores/of_place."""
    values, scores = (view.snapshot.table(name, **view.params) for name in ("values/of_place", "scores/of_place"))
    own = values[values.pillar_code == code]
    pillar = page_findings.of_pillar(code, own, scores, view.span, view.place, view.region.short_name)
    return _in_its_words(view, pillar)


def _in_its_words(view: View, finding: Finding) -> Finding:
    """The sentences in the words of the snapshot's stage; figures stay."""
    return view.snapshot.stage.say_each(finding)
