"""What the installed Streamlit needs of a browser, read from its own scripts; static/view/check.js asks for it."""

import re
from functools import cache
from pathlib import Path

# A name check.js knows, and what a script looks like that uses it without asking first. (structuredClone and
# Promise.withResolvers come with a substitute.)
USES = {
    "RegExp-v": r"RegExp\([^;]{1,200}?,[`\"'][dgimsy]*v[dgimsy]*[`\"']\)",
    "toSorted": r"\.toSorted\(",
    "toReversed": r"\.toReversed\(",
    "toSpliced": r"\.toSpliced\(",
    "findLast": r"\.findLast(?:Index)?\(",
    "at": r"\.at\(-?\d",
    "hasOwn": r"Object\.hasOwn\(",
    "replaceAll": r"\.replaceAll\(",
    "groupBy": r"(?:Object|Map)\.groupBy\(",
}
# The page itself, and the elements that our pages are made of.
ELEMENTS = (
    "index",
    "src",
    "utils",
    "PlotlyChart",
    "DataFrame",
    "ArrowVegaLiteChart",
    "StreamlitMarkdown",
    "Multiselect",
)


@cache
def needs(static: Path) -> tuple[str, ...]:
    """The names of what the scripts below Streamlit's folder of static files use."""
    scripts = [path for name in ELEMENTS for path in sorted(static.glob(f"static/js/{name}.*.js"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in scripts)
    return tuple(name for name, use in USES.items() if re.search(use, text))
