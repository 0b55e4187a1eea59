"""Choices kept in the URL: the frame's as-of date, period and place, and the choices of single pages.

The URL is the truth. A widget is set from it before it is drawn and writes to it when it is changed; what the menu
drops from the URL on a page switch is put back from the session. A value that does not exist is said and replaced.
"""

from yunnan.filters.address import (
    CARRIED,
    COUNTY_PAGE,
    EVIDENCE_PAGE,
    FRONT_PAGE,
    ORG_PAGE,
    PLACE_PAGE,
    PROJECT_PAGE,
    PROVINCE,
    base_address,
    drop,
    flag,
    goto,
    is_locked,
    is_signed,
    item,
    open_item,
    open_page,
    params,
    pending,
    put,
    put_flag,
    tell,
)
from yunnan.filters.choices import ask, choose, choose_several, fund_filter, selection
from yunnan.filters.entry import arrive, can_log_in, looks_signed, sealed, tile
from yunnan.filters.frame import View, asof_words, frame, view

__all__ = [
    "CARRIED",
    "COUNTY_PAGE",
    "EVIDENCE_PAGE",
    "FRONT_PAGE",
    "ORG_PAGE",
    "PLACE_PAGE",
    "PROJECT_PAGE",
    "PROVINCE",
    "View",
    "arrive",
    "ask",
    "asof_words",
    "base_address",
    "can_log_in",
    "choose",
    "choose_several",
    "drop",
    "flag",
    "frame",
    "fund_filter",
    "goto",
    "is_locked",
    "is_signed",
    "item",
    "looks_signed",
    "open_item",
    "open_page",
    "params",
    "pending",
    "put",
    "put_flag",
    "sealed",
    "selection",
    "tell",
    "tile",
    "view",
]
