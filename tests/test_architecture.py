"""The picture in yunnan/__init__.py, kept true. The table below is the documentation; it has no exceptions."""

import ast
import re
from pathlib import Path

import pytest

from yunnan.data import queries, record_selection

ROOT = Path(__file__).parent.parent
OURS = {"dashboard", "pages", "yunnan"}
WATCHED = {"streamlit", "duckdb", "plotly", "geopandas"}

DRAWING = {"words", "columns", "geo", "plotly"}
# wing or module -> what it may import, of ours and of the big libraries
ALLOWED = {
    "dashboard": {"access", "blocks", "filters", "records", "settings", "signing", "snapshots", "streamlit"},
    "pages": {"blocks", "contract", "filters", "findings", "geo", "queries", "snapshots", "words", "streamlit"},
    "extracts": {"citations", "columns", "contract", "exports", "records", "settings", "snapshots", "words"},
    "audit": {"access", "exports", "keys", "settings"},
    "logs": {"audit", "exports", "keys", "settings", "terminal"},
    "keys": {"disk"},
    "files": {
        "gate",
        "access",
        "audit",
        "briefing",
        "exports",
        "extracts",
        "records",
        "refusal",
        "settings",
        "signing",
        "snapshots",
        "tables",
    },
    "refusal": set(),
    "tables": {"access"},
    "kernel": set(),
    "server": {
        *("access", "crowd", "files", "gate", "headers", "health", "kernel", "login", "requestlog"),
        *("settings", "snapshots", "startup", "visits"),
        *("plotly", "streamlit"),
    },
    "startup": {"access", "audit", "disk", "gate", "keys", "rights", "settings", "signing"},
    "gate": {"access", "refusal", "requestlog", "settings", "streamlit"},
    "visits": {"access", "audit", "gate", "refusal", "signing"},
    "crowd": {"access", "refusal", "settings"},
    "login": {"gate", "refusal", "streamlit"},
    "headers": {"settings"},
    "health": {"snapshots"},
    "requestlog": set(),
    "blocks": {
        "access",
        "between",
        "agendas",
        "blocks",
        "charts",
        "citations",
        "codes",
        "columns",
        "contract",
        "exports",
        "filters",
        "findings",
        "geo",
        "jumps",
        "plotly",
        "queries",
        "records",
        "settings",
        "snapshots",
        "streamlit",
        "tables",
        "targets",
        "words",
    },
    "filters": {
        *("access", "agendas", "audit", "codes", "filters", "records", "signing", "snapshots", "words", "streamlit"),
    },
    "records": {"columns", "folding", "queries"},
    "folding": set(),
    "charts": {"charts", "keeping", *DRAWING},
    "exports": {"disk", "exports"},
    "findings": {"findings", "words"},
    "agendas": {"access", "disk", "settings", "snapshots"},
    "jumps": {"folding", "snapshots"},
    "briefing": {
        *(
            "access",
            "agendas",
            "briefing",
            "charts",
            "codes",
            "exports",
            "findings",
            "geo",
            "pictures",
            "snapshots",
            "targets",
            "words",
        ),
    },
    "pictures": {"charts", "geo", "words", "geopandas"},
    "columns": {"words"},
    "targets": {"words"},
    "words": set(),
    "codes": set(),
    "citations": {"access", "codes", "records", "snapshots", "words"},
    "geo": set(),
    "engine": {"settings", "duckdb"},
    "keeping": set(),
    "snapshots": {"access", "clauses", "engine", "folders", "keeping", "queries", "settings", "duckdb"},
    "clauses": {"queries"},
    "disk": set(),
    "folders": {"disk", "settings"},
    "between": {"engine", "keeping", "queries", "snapshots", "duckdb"},
    "contract": {"engine", "queries"},
    "access": {"rights", "settings"},
    "rights": {"disk", "geo", "settings"},
    "signing": {"keys", "settings"},
    "queries": set(),
    "settings": set(),
    "__init__": set(),
    # back of house
    "__main__": {
        *("desk", "exports", "logs", "queries", "reception", "settings", "snapshots", "takeaway", "terminal", "verify"),
        "words",
        *("desk", "exports", "queries", "reception", "settings", "signing", "snapshots", "terminal", "verify", "words"),
    },
    "reception": {"disk", "ingest", "nature", "snapshots", "staging", "terminal"},
    "nature": {"durable", "folders", "settings", "staging"},
    "desk": {
        *(
            "demo",
            "durable",
            "folders",
            "ingest",
            "intake",
            "nature",
            "prune",
            "publish",
            "settings",
            "staging",
            "terminal",
        ),
        "words",
    },
    "terminal": set(),
    "ingest": {"disk", "exports", "folding", "ingest", "settings", "snapshots", "staging"},
    "takeaway": {"access", "briefing", "codes", "snapshots", "terminal"},
    "verify": {"publish", "queries", "snapshots", "duckdb"},
    "homes": {"queries", "settings", "staging", "words", "duckdb"},
    "alike": {"queries", "staging", "words", "duckdb"},
    "states": {"folders", "staging", "duckdb"},
    "intake": {
        *("alike", "durable", "folders", "homes", "nature", "publish", "queries", "settings", "staging", "states"),
        "duckdb",
    },
    "prune": {"durable", "folders", "settings", "staging", "duckdb"},
    "publish": {"derive", "durable", "folders", "people", "queries", "settings", "duckdb"},
    "durable": {"disk", "folders"},
    "staging": {"disk", "settings"},
    "derive": {"people", "periods", "queries", "settings", "words", "duckdb"},
    "people": {"cube", "suppress", "witnesses", "duckdb"},
    "cube": {"queries", "settings", "duckdb"},
    "periods": set(),
    "suppress": {"witnesses"},
    "witnesses": set(),
    "demo": {"demo", "periods", "settings", "duckdb"},
}

PAGES = sorted(ROOT.glob("pages/*/*.py"))
SOURCE = [ROOT / "dashboard.py", *PAGES, *sorted(ROOT.glob("yunnan/**/*.py"))]


def wing(file):
    parts = file.relative_to(ROOT).parts
    if parts[0] == "yunnan" and len(parts) > 2:
        return parts[1]
    return "pages" if parts[0] == "pages" else file.stem


def imports(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{file} imports relatively"
            yield from ([*node.module.split("."), alias.name] for alias in node.names)


@pytest.mark.parametrize("file", SOURCE, ids=lambda f: str(f.relative_to(ROOT)))
def test_imports_only_point_down(file):
    for parts in imports(file):
        if parts[0] in OURS | WATCHED:
            target = parts[1] if parts[0] in OURS else parts[0]
            assert target in ALLOWED[wing(file)], f"{wing(file)} must not import {target}"


def test_what_runs_again_by_itself_is_told_who_looks():
    for file in SOURCE:
        if file.parent.name != "filters":
            assert "st.fragment" not in file.read_text(encoding="utf-8"), file


def test_no_page_sits_directly_in_pages():
    """Streamlit runs pages/*.py without dashboard.py until someone opens the front door."""
    assert not list(ROOT.glob("pages/*.py"))


@pytest.mark.parametrize("file", PAGES, ids=lambda f: f.stem)
def test_a_page_is_a_short_script_without_functions_or_state(file):
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    kinds = {type(node) for node in ast.walk(ast.parse(text))}
    assert not kinds & {ast.FunctionDef, ast.Lambda, ast.ClassDef}
    assert "session_state" not in text
    assert "st.html" not in text
    assert not re.search(r"\bselect\b.+\bfrom\b", text, re.IGNORECASE | re.DOTALL)


@pytest.mark.parametrize("file", [f for f in SOURCE if f.parts[-2] != "pages"], ids=lambda f: f.stem)
def test_a_module_fits_on_a_few_screens(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_menu_is_the_tree():
    menu = "".join(
        (ROOT / file).read_text(encoding="utf-8") for file in ("dashboard.py", "yunnan/front/address/navigation.py")
    )
    assert [p.name for p in PAGES if str(p.relative_to(ROOT)) not in menu] == []


def test_every_query_is_asked_by_someone():
    code = "".join(f.read_text(encoding="utf-8") for f in SOURCE)
    # rows/ is asked by the code of an indicator: tests/test_rows.py; records/ by the name of a table.
    asked = {f"records/{table}" for table in record_selection.TABLES}
    names = [name for name in queries.names() if not name.startswith("rows/")]
    assert [name for name in names if f'"{name}"' not in code and name not in asked] == []


def test_every_page_names_the_queries_it_reads():
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        docstring = ast.get_docstring(ast.parse(text))
        asked = set(re.findall(r'(?:table|row)\(\s*"([a-z_]+/[a-z_]+)"', text))
        asked |= {f"records/{table}" for table in re.findall(r'record_list\(.*"(\w+)"\)', text)}
        assert asked, page
        assert {name for name in asked if name not in docstring} == set(), page


def test_only_settings_reads_the_environment():
    assert [f.name for f in SOURCE if "os.environ" in f.read_text(encoding="utf-8") and f.stem != "settings"] == []


def test_no_sql_is_put_together_in_the_front_of_house():
    for file in SOURCE:
        if wing(file) in {"dashboard", "pages", "blocks", "filters", "charts", "exports"}:
            assert "execute(" not in file.read_text(encoding="utf-8"), file
