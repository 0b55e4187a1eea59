"""The parts of the page 州市对比: the scores, and the indicators of each pillar."""

from collections.abc import Callable

from yunnan.data.view import View
from yunnan.front.kit import sections
from yunnan.front.province import comparison, pairs
from yunnan.front.province.pairs import Pair
from yunnan.words import wording

Parts = dict[str, tuple[str, Callable[[View], None]]]  # {?part=: (its title, what draws it)}


def of_places(chosen: list[str], pillars: dict[str, str]) -> Parts:
    """Scores and indicators of the chosen prefectures, the base first. pillars: {'P1': its name}."""

    def scores(view: View) -> None:
        base = {"period": view.period, "place": chosen[0]}
        sections.section("得分对比", "compare/scores", base, note="得分为各计分指标完成率的等权平均×100；差以分计。")
        comparison.scores_beside(view.snapshot.table("compare/scores", **base), chosen, view=view)

    def of_pillar(pillar: str, name: str) -> Callable[[View], None]:
        def indicators(view: View) -> None:
            base = {"period": view.period, "place": chosen[0]}
            table = view.snapshot.table("compare/places", **base)
            count = table[table.pillar_code == pillar].indicator_code.nunique()
            sections.section(
                f"{name}{wording.numeral(count)}项指标对比", "compare/places", base, base="本期值",
                note="比率之差以百分点计，其余以本单位计；报送不全、未报送、已隐去的不相减；全省只并列，不作基准。",
            )  # fmt: skip
            comparison.places_beside(table, chosen, pillar, view=view)

        return indicators

    by_pillar = {code: (name, of_pillar(code, name)) for code, name in pillars.items()}
    return {"scores": ("得分", scores), **by_pillar}


def of_pair(pair: Pair, pillars: dict[str, str]) -> Parts:
    """Indicators and scores of one place in two periods or two snapshots. pillars: {'P1': its name}."""

    def of_pillar(pillar: str, name: str) -> Callable[[View], None]:
        def indicators(view: View) -> None:
            params = {"period": pair.period, "place": view.place}
            sections.section(
                f"{view.region.place_name}{name}：{pair.name}与{pair.base_name}", "compare/of_place", params,
                base="逐项并列",
                note="时期指标按所含月份计，时点指标取期末；比率之差以百分点计，其余以本单位计；"
                "“三同步”只在有年检结论的年度计入年检，计与不计的不相减。",
            )  # fmt: skip
            now, base = sides(pair, view)
            pairs.two_beside(pair, now, base, pillar, view=view)

        return indicators

    def scores(view: View) -> None:
        params, base = {"period": pair.period, "place": view.place}, {"period": pair.base_period, "place": view.place}
        sections.section("得分对比", "scores/of_place", params, note="得分为各计分指标完成率的等权平均×100。")
        now = pair.now.table("scores/of_place", **params)
        pairs.two_scores(pair, now, pair.base.table("scores/of_place", **base), view=view)

    by_pillar = {code: (name, of_pillar(code, name)) for code, name in pillars.items()}
    return {**by_pillar, "scores": ("得分", scores)}


def sides(pair: Pair, view: View) -> tuple:
    """compare/of_place of the view's place, now and of the base."""
    now = pair.now.table("compare/of_place", period=pair.period, place=view.place)
    return now, pair.base.table("compare/of_place", period=pair.base_period, place=view.place)
