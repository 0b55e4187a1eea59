"""Pieces of a page that several pages share. They draw what they are given; queries belong to the page."""

from yunnan.blocks.cards import definition_card, finding, indicator_table, kpi_cards, pillar_cards
from yunnan.blocks.figures import evidence, fund_rows, map_and_ranking, table_twin, trend
from yunnan.blocks.furniture import broken, foot, head, masthead, no_data, style
from yunnan.blocks.notes import dictionary, figures_table, manifest, returns
from yunnan.blocks.places import (
    measures_with_counties,
    missing_returns,
    people_panel,
    place_links,
    place_profile,
    quarters_missing,
)
from yunnan.blocks.scorecard import heat_table, score_table, sensitivity

__all__ = [
    "broken",
    "definition_card",
    "dictionary",
    "evidence",
    "figures_table",
    "finding",
    "foot",
    "fund_rows",
    "head",
    "heat_table",
    "indicator_table",
    "kpi_cards",
    "manifest",
    "map_and_ranking",
    "masthead",
    "measures_with_counties",
    "missing_returns",
    "no_data",
    "people_panel",
    "pillar_cards",
    "place_links",
    "place_profile",
    "quarters_missing",
    "returns",
    "score_table",
    "sensitivity",
    "style",
    "table_twin",
    "trend",
]
