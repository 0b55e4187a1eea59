"""Every private name of Streamlit that we rely on is in the Streamlit that is installed; found without a browser."""

import re
from pathlib import Path

import pytest
import streamlit
from plotly import basedatatypes
from streamlit.runtime.pages_manager import PagesManager

from yunnan import streamlit_seam
from yunnan.drawing.charts import style
from yunnan.settings import ROOT

HOME = Path(streamlit.__file__).parent
# data-testid="stMain", part("stMain"), get_by_test_id("stMain"), .stApp
PART = re.compile(r"""(?:data-testid[=~^*|$]*\\?["']?|part\("|get_by_test_id\("|\.)(st[A-Z]\w+)""")
SHEETS = [*ROOT.glob("static/**/*.css"), *ROOT.glob("static/**/*.js")]
SEAMS = {"static/view/streamlit.js"}
SPEAKING = ["elements/exception.py", "runtime/backend_operation_handler.py"]  # of the server's side
# Sentences that the frontend puts together, and how their parts stand in it.
TOGETHER = {
    r"The page that you have requested does not seem to exist. Running the app's main page.": (
        "The page that you have requested does not seem to exist", "Running the app's main page.",
    ),
    **{
        f"Press {key} to {what}": ("Press ", f"{what}")
        for key in ("Enter", "Ctrl+Enter", "⌘+Enter")
        for what in ("apply", "submit form")
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def frontend() -> str:
    """All scripts of the installed frontend, one after another."""
    return "".join(file.read_text(encoding="utf-8", errors="ignore") for file in (HOME / "static").rglob("*.js"))


def named(files) -> dict[str, list[str]]:
    """{name of a part: the files that rely on it}."""
    parts: dict[str, list[str]] = {}
    for file in files:
        for part in PART.findall(file.read_text(encoding="utf-8")):
            parts.setdefault(part, []).append(file.relative_to(ROOT).as_posix())
    return parts


def test_every_part_of_the_page_that_we_name_is_there(frontend):
    parts = named([*SHEETS, *ROOT.glob("yunnan/**/*.py"), *ROOT.glob("tests/**/*.py")])
    assert len(parts) > 40
    missing = {part: files for part, files in parts.items() if not re.search(rf"[\"'`]{part}[\"'`-]", frontend)}
    assert missing == {}


def test_one_script_alone_names_parts_of_streamlits_page():
    scripts = [file for file in SHEETS if file.suffix == ".js"]
    parts = named(scripts)
    assert {file for files in parts.values() for file in files} == SEAMS
    others = [file for file in scripts if file.relative_to(ROOT).as_posix() not in SEAMS]
    assert [file for file in others if "testid" in file.read_text(encoding="utf-8")] == []


def test_one_module_alone_reaches_into_streamlit():
    inside = re.compile(r"^\s*(?:from streamlit|import streamlit\.)", re.M)
    sources = [*ROOT.glob("yunnan/**/*.py"), *ROOT.glob("pages/**/*.py"), ROOT / "dashboard.py"]
    reaching = [file.name for file in sources if inside.search(file.read_text(encoding="utf-8"))]
    assert reaching == ["streamlit_seam.py"]
    assert [file.name for file in sources if "data-testid" in file.read_text(encoding="utf-8")] == reaching


def test_what_is_changed_inside_streamlit_is_there():
    """To set an attribute that nobody reads, or to replace a text that is not there, would fail without a word."""
    assert PagesManager.uses_pages_directory is None or isinstance(PagesManager.uses_pages_directory, bool)
    assert streamlit_seam.INDEX.read_text(encoding="utf-8").count(streamlit_seam.TITLE) == 1


def test_the_place_where_streamlit_keeps_its_theme_is_the_one_we_write(frontend):
    (key,) = re.findall(r"themeKey: `(\w+)-", (ROOT / "static/view/streamlit.js").read_text(encoding="utf-8"))
    assert key in frontend


def test_every_sentence_that_is_translated_is_still_said(frontend):
    """One that is gone is of no use; one that was changed would be seen in English."""
    script = (ROOT / "static/zh/zh.js").read_text(encoding="utf-8")
    table = script[script.index("const SENTENCES") : script.index("const WORDS")]
    sentences = [quoted or bare for quoted, bare in re.findall(r'^    (?:"([^"]+)"|(\w+)):', table, flags=re.M)]
    assert len(sentences) > 100
    server = [(HOME / file).read_text(encoding="utf-8") for file in SPEAKING]
    spoken = frontend + re.sub(r'"\s*\n\s*"', "", "".join(server))
    gone = [said for said in sentences if any(part not in spoken for part in TOGETHER.get(said, (said,)))]
    assert gone == []


@pytest.mark.parametrize("name", ["title", "xaxis.title.text", "yaxis2_title_font", "error_x", "shapes[1].x0", ""])
def test_plotly_parses_a_name_once_and_as_it_does_by_itself(name):
    parse = style.basedatatypes._str_to_dict_path_full
    assert parse is basedatatypes._str_to_dict_path_full
    assert "_str_to_dict_path_full" in basedatatypes.BaseFigure._str_to_dict_path.__code__.co_names
    assert parse(name) == parse.__wrapped__(name)
    assert parse(name) is parse(name)
