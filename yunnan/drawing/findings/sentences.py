"""The parts of a finding (Figure, Sentence, Finding), and the place and period that it is about."""

from dataclasses import dataclass
from typing import Any

from yunnan.words import wording
from yunnan.words.geography import PROVINCE

# The page with the evidence of a number that is not the value of one indicator.
PAGES = {
    "SCORE": "scorecard",
    "RETURNS": "quality",
    "P1": "party",
    "P2": "mechanism",
    "P3": "guidance",
    "P4": "platform",
}


@dataclass(frozen=True)
class Figure:
    """A number in a sentence, with the indicator, place and period of the page that proves it.

    indicator_code: the code of an indicator or of a pillar (P1 to P4), SCORE for the overall score, PLACE for the
    place's own page, RETURNS for the page of returns due and received.
    """

    text: str
    indicator_code: str
    place: str
    period: str

    @property
    def address(self) -> tuple[str, dict[str, str]]:
        """The path of the page that proves the number, and its parameters besides the snapshot."""
        params, code = {"place": self.place, "period": self.period}, self.indicator_code
        if code == "PLACE":
            return place_page(self.place), params
        if code in PAGES:
            return PAGES[code], params
        return "definitions", params | {"indicator": code, "evidence": "true"}


def place_page(place: str) -> str:
    """The path of a place's own page, by its code."""
    return "overview" if place == PROVINCE else "prefecture" if place.endswith("00") else "county"


Part = str | Figure
Sentence = list[Part]
Finding = list[Sentence]


@dataclass(frozen=True)
class About:
    """The place and the period that a finding is about."""

    place: str
    name: str
    span: Any  # a row of frame/periods

    @property
    def has_base(self) -> bool:
        """Whether the same period of the year before exists."""
        return not wording.is_none(self.span.base_period)

    def figure(self, text: str, code: str, place: str | None = None) -> Figure:
        """A Figure of this period; of this place unless another is given."""
        return Figure(text, code, place or self.place, self.span.period)

    def figure_of_base(self, text: str, code: str) -> Figure:
        """A Figure of this place, of the same period a year before."""
        return Figure(text, code, self.place, self.span.base_period)


def plain(finding: Finding) -> str:
    """The finding as text."""
    return "".join(part if isinstance(part, str) else part.text for sentence in finding for part in sentence)


def listed(items: list[Sentence], between: str = "、") -> Sentence:
    """One sentence of all the items, with the text between after each but the last."""
    sentence: Sentence = []
    for n, item in enumerate(items):
        sentence += ([between] if n else []) + item
    return sentence
