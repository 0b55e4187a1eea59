"""Tables with their cells written and shaded, made once for the same content and kept as what the browser gets."""

import hashlib
import pickle
from collections.abc import Callable

import pandas as pd
from pandas.io.formats.style import Styler

from yunnan import streamlit_seam
from yunnan.data.answer_cache import Kept, of_frame

ROOM = 24 << 20  # bytes; one table of the demo takes some 60 kB


class _Content:
    """How a table is made and, as the key of the cache, the digest of all it is made of."""

    def __init__(self, make: Callable[[], Styler], content: object) -> None:
        self.make, self.digest = make, hashlib.sha256(pickle.dumps(content)).hexdigest()

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and self.digest == other.digest


def _made(content: _Content) -> Styler:
    styler = content.make()
    del content.make  # the key is kept as long as the table; what it is made of need not be
    return streamlit_seam.marshalled(styler, content.digest)


def _weight(styler: Styler) -> int:
    return of_frame(styler.data) + streamlit_seam.marshalled_bytes(styler)


_kept = Kept(_made, ROOM, _weight, lambda styler: styler)


def once(content: object, make: Callable[[], Styler]) -> Styler:
    """The table that make returns; the same object for equal content. Callers must not change it.

    content: all that make depends on; it is compared by its pickled form.
    """
    return _kept(_Content(make, content))


def shaded(table: pd.DataFrame, colours: pd.DataFrame) -> Styler:
    """The table with a style for each cell. colours: CSS for each cell, in the shape of the table."""
    return once((table, colours), lambda: table.style.apply(lambda _: colours, axis=None))
