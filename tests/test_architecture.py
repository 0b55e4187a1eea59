"""The picture in yunnan/__init__.py is read here, and is true: wings, arrows, libraries; and what a file may be."""

import ast
import functools
import re

import pytest

from tests import map as house
from tests import reads
from tests.map import PAGES, ROOT, SOURCE, module_name
from yunnan.data import queries, record_selection
from yunnan.front.address import menu

SECTIONS = {page.parent.name for page in PAGES}


def test_the_picture_shows_every_wing_and_every_arrow_and_no_other():
    assert house.pictured() == house.wing_arrows()


def test_arrows_only_point_down():
    wings = list(house.pictured())
    for name, arrows in house.pictured().items():
        above = wings[: wings.index(name) + 1]
        assert arrows & set(above) == set(), name


def test_no_module_leads_back_to_itself():
    assert house.circle(house.module_arrows()) == []


def test_sections_of_the_front_share_only_through_the_kit_and_the_address():
    below = {"address": {"address"}, "kit": {"address", "kit"}}
    for module, targets in house.module_arrows().items():
        if module.startswith("yunnan.front."):
            section = module.split(".")[2]
            others = {target.split(".")[2] for target in targets if target.startswith("yunnan.front.")}
            assert others <= below.get(section, {"address", "kit", section}), module


def test_every_section_of_the_menu_has_a_room_of_its_name_in_the_front():
    rooms = {folder.name for folder in (ROOT / "yunnan" / "front").iterdir() if (folder / "__init__.py").exists()}
    assert rooms == {"address", "kit"} | SECTIONS


def test_at_the_first_level_are_at_most_sixteen_rooms():
    rooms = [path for path in (ROOT / "yunnan").iterdir() if path.name not in ("__init__.py", "__pycache__")]
    assert len(rooms) <= 16


def test_a_package_holds_a_sentence_and_no_list_of_names():
    for file in SOURCE:
        if file.name == "__init__.py" and file.parent.name != "demo":
            body = ast.parse(file.read_text(encoding="utf-8")).body
            assert [type(node) for node in body] == [ast.Expr], file


def test_no_formatting_is_switched_off_to_stay_under_a_limit():
    for file in SOURCE:
        assert "# fmt: off" not in file.read_text(encoding="utf-8"), file


# These say nothing of a value: a name is a noun of the field or of the thing (GLOSSARY.md).
EMPTY_WORDS = {"told", "found", "known", "asked", "where", "said", "shown", "of", "thing", "stuff"}


def names_bound(file):
    """Every name that a file gives to a value, an argument, a function or a class, without its underscores."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id.strip("_")
        elif isinstance(node, ast.arg):
            yield node.arg.strip("_")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name.strip("_")


def test_a_name_says_what_it_holds():
    assert [(file.name, name) for file in SOURCE for name in names_bound(file) if name in EMPTY_WORDS] == []


def test_what_runs_again_by_itself_is_told_who_looks():
    for file in SOURCE:
        if file.parent.name != "address":
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


def test_a_module_fits_on_a_few_screens():
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in SOURCE}
    assert {file: length for file, length in lengths.items() if length > 300} == {}


def test_the_menu_is_the_tree():
    assert sorted(page.file for page in menu.PAGES.values()) == [str(page.relative_to(ROOT)) for page in PAGES]


def test_every_query_is_asked_by_someone():
    code = "".join(f.read_text(encoding="utf-8") for f in SOURCE)
    # rows/ is asked by the code of an indicator: tests/test_rows.py; records/ by the name of a table.
    asked = {f"records/{table}" for table in record_selection.TABLES}
    names = [name for name in queries.names() if not name.startswith("rows/")]
    assert [name for name in names if f'"{name}"' not in code and name not in asked] == []


def test_every_page_names_the_queries_it_reads():
    """Through its body; what the kit asks for many pages may be named and need not."""
    assert len(set().union(*map(reads.asked_by, PAGES))) > 100
    for page in PAGES:
        asked, named = reads.asked_by(page), reads.named_by(page)
        assert asked - named == set(), page
        assert {name for name in named - asked if name not in _kit()} == set(), page


@functools.cache
def _kit() -> str:
    """The source of what is shared by many pages."""
    return "".join(file.read_text(encoding="utf-8") for file in (ROOT / "yunnan/front").glob("[ak]*/*.py"))


def test_only_settings_reads_the_environment():
    assert [f.name for f in SOURCE if "os.environ" in f.read_text(encoding="utf-8") and f.stem != "settings"] == []


def test_no_sql_is_put_together_in_the_front_of_house():
    for file in SOURCE:
        if house.wing(module_name(file)) in {"pages", "front", "drawing"}:
            assert "execute(" not in file.read_text(encoding="utf-8"), file


def test_no_test_borrows_from_another():
    """What several files of tests share stands in a module of its own, or in conftest.py."""
    for file in sorted((ROOT / "tests").glob("**/*.py")):
        borrowed = re.findall(r"^from (tests\.(?:\w+\.)*test_\w+) import", file.read_text(encoding="utf-8"), re.M)
        assert borrowed == [], file
