"""The documents tell the truth about the project: commands, paths, queries and words they name exist."""

import re
from pathlib import Path

import pytest
import typer

from yunnan.cli import main as command_line
from yunnan.data import queries
from yunnan.front.address import menu

ROOT = Path(__file__).parent.parent
GUIDES = ("README.md", "CONTRIBUTING.md")
DOCS = sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
# What tools and runs leave behind is not the project's text.
LEFT_ALONE = {"snapshots", "staging", "__pycache__", "logs", "tmp", "test-results", "node_modules"}
KEPT_HIDDEN = {".streamlit", ".ci"}
TEXT = {".md", ".py", ".sql", ".toml", ".txt", ".in", ".csv", ".css", ".js", ".json", ".geojson", "", ".cfg", ".sh"}
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home|Users|mnt)/\w")


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def code_blocks(text):
    return "\n".join(re.findall(r"```\w*\n(.*?)```", text, re.DOTALL))


def links(text):
    """Targets of Markdown links and pictures inside the project."""
    return [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target]


def quoted_paths(text):
    """What stands in `backticks` and looks like a path; <...> is whatever fits."""
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    words = [word for word in re.findall(r"`([^`\s]+)`", prose) if "://" not in word and "(" not in word]
    ends = (".md", ".py", ".sql", ".csv", ".toml", ".in", ".txt")
    return [re.sub(r"<[^>]*>", "*", word) for word in words if "/" in word or word.endswith(ends)]


def project_texts(folder=ROOT):
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".") and path.name not in KEPT_HIDDEN
        if path.is_dir() and not hidden and path.name not in LEFT_ALONE:
            yield from project_texts(path)
        elif path.is_file() and path.suffix in TEXT:
            yield path


def makefile_targets():
    return set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("command", ["run", "test"])
def test_readme_names_the_two_commands_and_the_makefile_has_them(command):
    assert f"make {command}" in code_blocks(read("README.md"))
    assert command in makefile_targets()


@pytest.mark.parametrize("doc", DOCS)
def test_every_make_command_named_exists(doc):
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", read(doc), re.MULTILINE))
    assert named <= makefile_targets()


def test_readme_fits_on_a_screen_or_two():
    assert len(read("README.md").splitlines()) <= 90


@pytest.mark.parametrize("doc", DOCS)
def test_every_link_leads_somewhere(doc):
    folder = (ROOT / doc).parent
    assert [target for target in links(read(doc)) if not (folder / target).exists()] == []


@pytest.mark.parametrize("doc", GUIDES)
def test_every_path_named_exists(doc):
    named = quoted_paths(read(doc))
    assert named
    assert [path for path in named if not any(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("doc", GUIDES)
def test_every_subcommand_named_exists(doc):
    known = set(typer.main.get_command(command_line.app).commands)
    assert set(re.findall(r"python -m yunnan ([\w-]+)", read(doc))) <= known


def test_readme_shows_every_subcommand():
    known = set(typer.main.get_command(command_line.app).commands)
    assert set(re.findall(r"python -m yunnan ([\w-]+)", read("README.md"))) == known


def test_every_query_called_in_readme_gets_its_parameters():
    called = re.findall(r"python -m yunnan query (\w+/\w+)([^\n>]*)", read("README.md"))
    assert called
    for name, rest in called:
        assert name in queries.names()
        assert set(re.findall(r"(\w+)=", rest)) == set(queries.load(name).params)


def test_every_page_of_the_menu_is_in_the_table_of_readme():
    titles = {page.title for page in menu.PAGES.values()}
    assert len(titles) == len(list(ROOT.glob("pages/*/*.py")))
    assert {title for title in titles if f"看板“{title}”" not in read("README.md")} == set()


def test_contributing_names_every_key_of_an_indicators_header():
    keys = {key for card in queries.folder("indicators") for key in card.header}
    assert {key for key in keys if f"`{key}`" not in read("CONTRIBUTING.md")} == set()


@pytest.mark.parametrize("doc", ["README.md", "docs/privacy.md"])
def test_the_number_of_indicators_in_a_document_is_counted(doc):
    assert set(re.findall(r"(\d+)项指标", read(doc))) == {str(len(queries.folder("indicators")))}


def test_the_glossary_explains_the_identifiers_and_the_code_uses_them():
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", read("GLOSSARY.md"), re.MULTILINE)
    explained = {name for row in rows for name in re.findall(r"\w+", row)}
    must = {"snapshot", "period", "place", "level", "unallocated", "grain", "attainment", "tier"}
    assert must | {"persons", "person_times"} <= explained
    code = "".join(path.read_text(encoding="utf-8") for top in ("yunnan", "queries") for path in project_code(top))
    assert {name for name in explained if not re.search(rf"\b{name}\b", code)} == set()


def project_code(top):
    return [path for path in project_texts(ROOT / top) if path.suffix in {".py", ".sql"}]


def test_no_term_is_explained_twice():
    terms = re.findall(r"^\| ([^|`]+?) \|", read("GLOSSARY.md"), re.MULTILINE)
    terms = [term for term in terms if term not in {"中文", "identifier"} and not set(term) <= {"-"}]
    assert len(terms) == len(set(terms)) > 50


def test_the_changelog_has_a_place_for_what_is_not_released():
    _, found, rest = read("CHANGELOG.md").partition("\n## 未发布\n")
    assert found
    assert rest.strip().startswith("- ")


def test_every_decision_stands_once_under_its_subject():
    head, _, rest = read("docs/decisions.md").partition("\n## ")
    listed = re.findall(r"(?:\*\*: | · )(\d+) (.*?)(?= · |$)", head, re.MULTILINE)
    assert sorted(listed) == sorted(re.findall(r"^(?:## )?(\d+)\. (.*)$", rest, re.MULTILINE))


def test_decisions_are_numbered_without_a_gap_and_say_what_why_and_what_not():
    parts = re.split(r"^## ", read("docs/decisions.md"), flags=re.MULTILINE)[1:]
    assert [int(part.partition(".")[0]) for part in parts] == list(range(1, len(parts) + 1))
    for part in parts:
        kinds = set(re.findall(r"^- (What|Why|Ruled out):", part, re.MULTILINE))
        assert kinds == {"What", "Why", "Ruled out"}, part.splitlines()[0]


@pytest.mark.parametrize("doc", ["GLOSSARY.md", *GUIDES])
def test_a_decision_referred_to_by_number_exists(doc):
    headings = set(re.findall(r"^## (\d+)\.", read("docs/decisions.md"), re.MULTILINE))
    assert set(re.findall(r"decisions\.md (?:第|no\. )(\d+)", read(doc))) <= headings


def test_no_text_holds_a_path_of_somebodys_machine():
    files = list(project_texts())
    assert ROOT / "README.md" in files
    assert ROOT / ".streamlit" / "config.toml" in files
    holding = [f for f in files if MACHINE_PATH.search(f.read_text(encoding="utf-8", errors="replace"))]
    assert [str(f.relative_to(ROOT)) for f in holding] == []


def test_the_locks_name_no_registry():
    locks = sorted(ROOT.glob("requirements*"))
    assert locks
    assert [lock.name for lock in locks if "://" in lock.read_text(encoding="utf-8")] == []
