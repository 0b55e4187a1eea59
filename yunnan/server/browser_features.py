"""The browser features that the installed Streamlit needs, found in its scripts; static/view/check.js tests them."""

import re
from functools import cache
from pathlib import Path

# Name of a feature in check.js -> pattern of a script that uses it without testing for it first. (For structuredClone
# and Promise.withResolvers Streamlit brings a substitute.)
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
# Names of the scripts that are searched: of the page itself, and of the elements that our pages use.
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
    """The names of the features (keys of USES) that the scripts in Streamlit's folder of static files use."""
    scripts = [path for name in ELEMENTS for path in sorted(static.glob(f"static/js/{name}.*.js"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in scripts)
    return tuple(name for name, use in USES.items() if re.search(use, text))
