"""What a stage of the work calls things: its title, the work, the people helped, the four pillars."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yunnan.words import wording

LISTS = ("key_counties", "hardest_counties", "tilted_prefectures")  # of places, by the names of the lists in force
WORDS = ("title", "cause", "people", "households", "help", *LISTS)
ARTICLES = "脱贫攻坚"  # the stage of the article: the product's own texts are written in its words


@dataclass(frozen=True)
class Stage:
    """A stage by the words it uses; without a name, the general words of a date that is in no registered stage."""

    name: str = ""
    title: str = "云南省社会组织“四个突出”看板"
    cause: str = "帮扶"
    people: str = "帮扶对象"
    households: str = "帮扶户"
    help: str = "帮扶"
    key_counties: str = "重点县"
    hardest_counties: str = "最困难县"
    tilted_prefectures: str = "倾斜州市"
    pillars: Mapping[str, str] = field(default_factory=lambda: wording.PILLARS)  # {'P1': its name}

    @property
    def is_articles(self) -> bool:
        """Whether it is the stage that the article tells of, in its words: its plans and figures are shown by name."""
        own = (self.cause, self.people, self.households, self.help, dict(self.pillars))
        return self.name == ARTICLES and own == (ARTICLES, "贫困人口", "建档立卡户", "扶贫", wording.PILLARS)

    def say(self, text: str) -> str:
        """A text of the product's own in the words of this stage. Never for what was sent: that stands as it came."""
        return text if self.is_articles else re.sub("|".join(map(re.escape, self._words)), self._word, text)

    def say_each(self, sentences: list[list[Any]]) -> list[list[Any]]:
        """Sentences of parts: the texts among them in the words of this stage, all else as it is."""
        return [[self.say(part) if isinstance(part, str) else part for part in sentence] for sentence in sentences]

    @property
    def _words(self) -> dict[str, str]:
        own = (self.title, self.cause, self.people, self.households, self.help, *self.pillars.values())
        lists = (getattr(self, name) for name in LISTS)
        return {
            **{word: word for word in (*own, *lists)},  # first: what is said once stays so when it is said again
            "扶贫济困": "扶贫济困",  # a kind of help, and a word of the law
            "省扶贫开发领导小组": "省级领导小组",
            "未脱贫建档立卡人口": f"登记的{self.people}",
            "建档立卡人口": self.people,
            "建档立卡户": self.households,
            "建档立卡": self.people,
            "贫困人口": self.people,
            "脱贫攻坚": self.cause,
            "深度贫困县": self.hardest_counties,
            "深度贫困": "最困难",
            "贫困县": self.key_counties,
            "三区三州": self.tilted_prefectures,
            "扶贫": self.help,
            "Registered poor people": "People",
            "Registered poor households": "Households",
            "poverty alleviation": "assistance",
            **dict(zip(wording.PILLARS.values(), self.pillars.values(), strict=True)),
        }

    def _word(self, match: re.Match) -> str:
        return self._words[match[0]]


UNNAMED = Stage()  # of a date that is in no registered stage, and where there is no snapshot


def stage_of(row: Mapping | None) -> Stage:
    """The stage of a row of the register: stage, title, cause, people, households, help, pillar_1 to pillar_4.

    What a row lacks is said in general words.
    """
    if not row:
        return UNNAMED
    stated = {key: str(row[key]) for key in WORDS if row.get(key)}
    pillars = {code: str(row.get(f"pillar_{code[1:]}") or name) for code, name in wording.PILLARS.items()}
    return Stage(str(row.get("stage") or ""), pillars=pillars, **stated)
