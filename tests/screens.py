"""Pages opened without a browser, and what stands on them."""

import base64
import json
import os
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from streamlit.testing.v1 import AppTest

from yunnan import settings
from yunnan.data import queries, record_selection
from yunnan.front.address import menu
from yunnan.front.kit import clicks
from yunnan.words import geography, wording

PATIENCE = 120  # seconds one run may take on a busy machine
FRONT = "pages/province/overview.py"
PLACE = "pages/places/prefecture.py"
DEFINITIONS = "pages/trust/definitions.py"
PAGES = [p.relative_to(settings.ROOT).as_posix() for p in sorted(settings.ROOT.glob("pages/*/*.py"))]


PARTED = {
    FRONT,
    *(page for page in PAGES if "parts.draw(" in (settings.ROOT / page).read_text(encoding="utf-8")),
}


def open_page(page: str, /, **url: str) -> AppTest:
    """The page as its address with these parameters opens it, with its tables open; all parts unless one is named."""
    if page in PARTED and "sig" not in url:
        url = {"part": "all"} | url
    if "sig" not in url:
        url = {"tables": "true"} | url
    url = {name: value for name, value in url.items() if value}
    app = AppTest.from_file(settings.ROOT / "dashboard.py", default_timeout=PATIENCE)
    if page != FRONT:
        assert any(known.file == page and known.url == Path(page).stem for known in menu.PAGES.values())
        app.switch_page(page)  # before any run Streamlit knows a page by the name of its file
    app.query_params = dict(url)
    return app.run()


def html(app: AppTest, kind: str) -> list[str]:
    return [element.value for element in app.html if f'class="{kind}"' in element.value]


def finding_of(app: AppTest) -> str:
    """The page's finding without its links."""
    return re.sub(r"<summary>.*?</summary>|<[^>]+>", "", html(app, "finding")[0])


PREFECTURES = {p.short_zh: p.code for p in geography.prefectures()}
INDICATORS = len(queries.folder("indicators"))
OF_PILLAR = Counter(card["pillar"] for card in queries.folder("indicators"))
HEADING = f"{wording.numeral(INDICATORS)}项指标"  # after the name of a place
HEADINGS = {pillar: f"{name}{wording.numeral(OF_PILLAR[pillar])}项指标" for pillar, name in wording.PILLARS.items()}
LISTS = {
    *map(record_selection.title_of, record_selection.TABLES),
    "总览",
}  # titles of pages without a period in the frame


def assert_whole(app: AppTest, label: str, asof: str = "2020年6月30日") -> None:
    """No exception, one title, one masthead, one foot line with date and period; lists are not of a period."""
    assert [(e.message, e.stack_trace) for e in app.exception] == []
    assert [e.value for e in app.error] == []
    assert len(app.title) == 1
    assert len(html(app, "masthead")) == 1
    (foot,) = html(app, "foot")
    assert f"数据截至 {asof}" in foot
    assert (f"报告期 {label}" in foot) != (app.title[0].value in LISTS)


def metric(app: AppTest, label: str):
    (found,) = [m for m in app.metric if m.label == label]
    return found


def table(app: AppTest, name: str) -> pd.DataFrame:
    """The table of this name without its buttons."""
    (found,) = [d.value for d in app.dataframe if d.proto.alt == name]
    return found.drop(columns=clicks.DOORS, errors="ignore")


def chart(app: AppTest, key: str) -> dict:
    """The figure as the browser gets it."""
    (found,) = [json.loads(c.proto.spec) for c in app.get("plotly_chart") if c.proto.id.endswith(f"-{key}")]
    return found


def drawn(app: AppTest) -> dict:
    """What the first screen of the page is drawn from besides the resource."""
    (found,) = app.get("bidi_component")
    return json.loads(found.proto.json)


def chart_alt(app: AppTest, key: str) -> str:
    """What a screen reader says of the figure."""
    (found,) = [c.proto.alt for c in app.get("plotly_chart") if c.proto.id.endswith(f"-{key}")]
    return found


def numbers(values: list | dict) -> list[float]:
    """An array of a figure, which plotly may have packed."""
    if isinstance(values, dict):
        return np.frombuffer(base64.b64decode(values["bdata"]), values["dtype"]).tolist()
    return [v for v in values if isinstance(v, int | float)]


def replaced(rows: pa.Table, key: str, value: str, column: str, text: str) -> pa.Table:
    """The rows with another text in one cell."""
    chosen = pc.equal(rows[key], value)
    assert pc.sum(chosen).as_py() == 1
    return rows.set_column(rows.column_names.index(column), column, pc.if_else(chosen, text, rows[column]))


def spoil(file: Path) -> bytes:
    """Changes one bit of a file, which keeps its size; what it held before."""
    os.chmod(file, 0o644)
    data = bytearray(whole := file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    return whole


def visible_text(app: AppTest) -> str:
    told = [e.value for kind in (app.markdown, app.html, app.caption, app.metric, app.warning) for e in kind]
    return "\n".join([*told, *(m.help for m in app.metric)])


def words_of(app: AppTest):
    for kind in ("title", "header", "subheader", "caption", "markdown", "html", "info", "warning", "success"):
        yield from (str(element.value) for element in app.get(kind))
    for metric in app.metric:
        yield f"{metric.label}\n{metric.value}\n{metric.delta}\n{metric.help}"
    for frame in app.dataframe:
        yield "\n".join(map(str, frame.value.columns))
        yield frame.value.to_csv()
    for chart in app.get("plotly_chart"):
        yield json.dumps(json.loads(chart.proto.spec), ensure_ascii=False)
    for link in app.get("page_link"):
        yield link.proto.label
    for box in app.expander:
        yield box.label
