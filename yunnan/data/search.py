"""Search for views by words, codes or initials (怒江 党建, 533323, fg): places, pages, projects, organizations."""

from collections.abc import Mapping
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin

from yunnan.data.snapshots import Snapshot
from yunnan.words import text_folding

MOST, PLACE = 8, "地区"
# Code of a brand programme -> (the page that shows it, parameters of that page's address).
PROGRAMMES = {
    "PG-KJZL": ("guidance", {"aspect": "science"}),
    "PG-QNCY": ("guidance", {"aspect": "industry", "part": "programme"}),
    "PG-YPCD": ("guidance", {"aspect": "brand"}),
    "PG-WYFP": ("guidance", {"aspect": "arts"}),
    "PG-TXYM": ("guidance", {"aspect": "united"}),
    "PG-STFP": ("guidance", {"aspect": "green"}),
    "PG-ZYCZ": ("platform", {"topic": "grants", "part": "central"}),
    "PG-FCGYJ": ("platform", {"topic": "grants", "part": "lottery"}),
    "PG-CFGM": ("platform", {"topic": "exchange", "part": "kitchen"}),
    "PG-HDXZ": ("platform", {"topic": "partners", "part": "shanghai"}),
    "PG-YDXZ": ("platform", {"topic": "partners", "part": "guangdong"}),
    "PG-SANQU": ("platform", {"topic": "plans", "part": "three_areas"}),
    "PG-QIANSHOU": ("platform", {"topic": "plans", "part": "hand_in_hand"}),
    "PG-GRAMEEN": ("platform", {"topic": "credit", "part": "grameen"}),
}
PAGES_OF_A_PLACE = ("prefecture", "county")


class Jump(NamedTuple):
    """One result: its label, the page's name in its address, and the address's other parameters."""

    label: str
    page: str
    address: dict[str, str]
    is_clear: bool = False  # the only possible meaning: its code was typed, or no other place or programme matches


def find(snapshot: Snapshot, typed: str, pages: Mapping[str, str]) -> list[Jump]:
    """The views that match the typed words, the best first; empty for no words. pages: title of a page -> its name."""
    words = text_folding.kept(typed).lower().split()
    wanted, rest = _page(words, pages)
    matches = snapshot.table("frame/found", search=" ".join(rest), most_rows=MOST) if rest else None
    things = [] if matches is None else list(matches.itertuples())
    if not wanted:
        return _things([row for row in things if _leads(row.code)], typed)
    title, page = wanted
    if not rest:
        return [Jump(title, page, {}, True)]
    places = [row for row in things if row.kind == PLACE]
    return [Jump(f"{r.name}　{title}", page, {"place": r.code}, _is_clear(r, places, "")) for r in places]


def _things(rows: list, typed: str) -> list[Jump]:
    near = [row for row in rows if row.kind in (PLACE, "品牌计划")]
    return [_jump(row)._replace(is_clear=_is_clear(row, near, typed)) for row in rows]


def _is_clear(row, near: list, typed: str) -> bool:
    """Whether its code was typed or no other row is as good a match; near are the places and programmes found."""
    if row.code.lower() == typed.strip().lower():
        return True
    return [row.code] in ([r.code for r in near], [r.code for r in near if r.kind == PLACE and r.code.endswith("00")])


def _page(words: list[str], pages: Mapping[str, str]) -> tuple[tuple[str, str] | None, list[str]]:
    """((title, name) of the page that a word names by title or initials, the other words); None if no word does.

    The pages of a prefecture and a county are left out: the name of a place leads there.
    """
    for word in words:
        for title, page in pages.items():
            if page not in PAGES_OF_A_PLACE and (_begins(word, title) or word == _initials(title)):
                return (title, page), [other for other in words if other != word]
    return None, words


def _begins(word: str, title: str) -> bool:
    return len(word) > 1 and (title.startswith(word) or word in title)


def _initials(title: str) -> str:
    return "".join(lazy_pinyin(title, style=Style.FIRST_LETTER)).lower()


def _leads(code: str) -> bool:
    """Whether there is a page for the thing with this code; policy documents have none."""
    return code in PROGRAMMES or code[:2] == "53" or code[0] in "OX" or (code[0] == "P" and code[1:].isdigit())


def _jump(row) -> Jump:
    label = f"{row.name}（{row.kind}）"
    if row.code in PROGRAMMES:
        page, address = PROGRAMMES[row.code]
        return Jump(label, page, dict(address))
    if row.code.startswith("53"):
        return Jump(label, "prefecture" if row.code.endswith("00") else "county", {"place": row.code})
    if row.code[0] == "P":
        return Jump(label, "project", {"project": row.code})
    return Jump(label, "organization", {"org": row.code})
