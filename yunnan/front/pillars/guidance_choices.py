"""What may be chosen on the page 业务指导: an aspect, a sector, a registered programme."""

from collections.abc import Mapping

import pandas as pd

from yunnan.data.view import View
from yunnan.front.address import choices
from yunnan.front.pillars import pillar_head

# Code of an aspect (?aspect=code) -> its name; the page shows one. First what every stage of the work has, then
# what the article tells of its own.
GENERAL = {"indicator": "指标", "units": "主管单位", "together": "协同整合", "help": "帮扶类型"}
ARTICLES = {
    "science": "科技扶贫",
    "arts": "文艺扶贫",
    "united": "统战教育",
    "industry": "产业扶贫",
    "brand": "品牌建设",
    "green": "生态扶贫",
}
PROGRAMMES = {"programmes": "品牌计划"}  # those an office has registered


def themes(view: View) -> dict[str, str]:
    """The aspects there are to see: in the article's stage its own, and the programmes that an office registered."""
    articles = ARTICLES if view.snapshot.stage.is_articles else {}
    return GENERAL | articles | (PROGRAMMES if len(registered(view)) or not articles else {})


def registered(view: View) -> pd.DataFrame:
    """The programmes shown as an office's own: in the article's stage without those that ship. Reads programmes/all."""
    table = view.snapshot.table("programmes/all")
    return table[table.is_sent] if view.snapshot.stage.is_articles else table


def theme(first: Mapping[str, str], view: View) -> str:
    """The chosen code of themes(), in the URL as ?aspect=code. first: {code: its first part}, which a choice opens."""
    return pillar_head.aspect("aspect", themes(view), first)


def field(view: View) -> str:
    """The chosen sector of the snapshot's list, in the URL as ?field=. Reads sectors/all."""
    sectors = list(view.snapshot.table("sectors/all").sector)
    return choices.choose("field", "看哪个领域的项目", sectors, sectors[0], width=300)


def programme(view: View) -> str | None:
    """The code of the chosen one of the registered programmes, in the URL as ?plan=; None where there is none."""
    named = dict(registered(view)[["programme_code", "programme_name"]].itertuples(index=False))
    if not named:
        return None
    return choices.choose(
        "plan", "看哪个品牌计划", list(named), next(iter(named)), label_of=named.__getitem__, width=420
    )
