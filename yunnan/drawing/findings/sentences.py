"""What a finding is made of, and the place and period that it is about."""

from dataclasses import dataclass
from typing import Any

from yunnan.words import wording


@dataclass(frozen=True)
class Figure:
    """A number in a sentence and where it stands proved: an indicator, a place, a period.

    indicator_code is an indicator's, a pillar's (P1 to P4), or SCORE for the whole score, PLACE for the place's own
    page, RETURNS for what was due and has come.
    """

    text: str
    indicator_code: str
    place: str
    period: str


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
        """Whether there is a period a year before."""
        return not wording.is_none(self.span.base_period)

    def figure(self, text: str, code: str, place: str | None = None) -> Figure:
        """A number of this period, of this place or of another one."""
        return Figure(text, code, place or self.place, self.span.period)

    def figure_of_base(self, text: str, code: str) -> Figure:
        """A number of this place, a year before."""
        return Figure(text, code, self.place, self.span.base_period)


def plain(said: Finding) -> str:
    """The finding as text."""
    return "".join(part if isinstance(part, str) else part.text for sentence in said for part in sentence)


def listed(things: list[Sentence], between: str = "、") -> Sentence:
    """The things one after another with a word between them."""
    told: Sentence = []
    for n, thing in enumerate(things):
        told += ([between] if n else []) + thing
    return told
