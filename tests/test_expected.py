"""tests/expected/ is read whole: the query of the same path answers what was counted by hand from tests/snapshot/.

A file is a CSV. Its columns are parameters of the query, written $period as in its SQL (those left out take what
tests/query_params.py gives; the values of a list stand apart by a space), columns of its answer, and last `counted`:
the arithmetic in words. Each line is one row that the answer has once: numbers and texts exactly, 3/4 for a rate, null
as nothing. Files of indicators have columns of their own and are compared in tests/test_indicators.py.
"""

import ast
import csv
import functools
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.query_params import PARAMS, params_of
from yunnan.data import queries, record_selection, snapshots
from yunnan.words.geography import PROVINCE

TESTS = Path(__file__).parent
EXPECTED = TESTS / "expected"
FILES = sorted(path for path in EXPECTED.rglob("*") if path.is_file())
OF_INDICATORS = ["period", "level", "region_code", "num", "den", "counted"]


def name_of(file: Path, folder: Path = EXPECTED) -> str:
    """The query that a file is compared with: 'funds/totals'."""
    return file.relative_to(folder).with_suffix("").as_posix()


def read(file: Path) -> tuple[list[str], list[list[str]]]:
    """The columns of a file, and its lines as they are."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        columns, *rest = [*csv.reader(lines, strict=True)] or [[]]
    return columns, rest


def lines_of(file: Path) -> list[dict[str, str]]:
    columns, lines = read(file)
    return [dict(zip(columns, line, strict=True)) for line in lines]


def faults(file: Path, folder: Path = EXPECTED) -> list[str]:
    """Why a file cannot be compared, or says less than it seems to."""
    name = name_of(file, folder)
    if file.suffix != ".csv":
        return [f"{file.name} is no CSV"]
    if not (queries.FOLDER / f"{name}.sql").is_file():
        return [f"there is no queries/{name}.sql"]
    is_indicator = name.startswith("indicators/")
    if not is_indicator and (name not in queries.names() or name.startswith("changes/")):
        return [f"queries/{name}.sql is not asked of one snapshot"]
    columns, lines = read(file)
    query = queries.load(name)
    allowed = OF_INDICATORS if is_indicator else [*(f"${key}" for key in query.params), *query.returns, "counted"]
    answered = [column for column in columns[:-1] if not column.startswith("$")]
    at = columns.index("$place") if "$place" in columns else None
    checks = {
        f"unknown columns: {', '.join(set(columns) - set(allowed))}": set(columns) <= set(allowed),
        f"columns are missing: {', '.join(OF_INDICATORS)}": not is_indicator or columns == OF_INDICATORS,
        "a column stands twice": len(set(columns)) == len(columns),
        "the last column is not counted": columns[-1:] == ["counted"],
        "no column of the answer": bool(answered),
        "no line, or only one": len(lines) > (0 if is_indicator else 1),
        "every line is of the whole province": at is None or {line[at] for line in lines if line[at:]} != {PROVINCE},
    }
    found = [fault for fault, is_right in checks.items() if not is_right]
    for number, line in enumerate(lines, 2):
        if len(line) != len(columns):
            found.append(f"line {number} has {len(line)} cells and not {len(columns)}")
        elif not line[-1].strip():
            found.append(f"line {number} does not say how it was counted")
    return found


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_file_is_of_a_query_and_says_how_each_line_was_counted(file):
    assert faults(file) == []


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("funds/totals.csv", "$place,fund_rows,counted\n530000,8,八笔\n", "unknown columns: $place"),
        ("funds/totals.csv", "place,fund_rows,counted\n530000,8,八笔\n", "unknown columns: place"),
        ("funds/totals.csv", "", "no line, or only one"),
        ("funds/totals.csv", "fund_rows,counted\n", "no line, or only one"),
        ("funds/totals.csv", "fund_rows,counted\n8,八笔\n", "no line, or only one"),
        ("funds/totals.csv", "fund_rows,counted\n8, \n", "line 2 does not say how it was counted"),
        ("funds/totals.csv", "fund_rows,counted\n8,八笔\n\n", "line 3 has 0 cells and not 2"),
        ("funds/totals.csv", "counted,fund_rows\n八笔,8\n", "the last column is not counted"),
        ("funds/totals.csv", "fund_rows,fund_rows,counted\n8,8,八笔\n", "a column stands twice"),
        (
            "people/totals.csv",
            "$place,persons,counted\n530000,1,一人\n530000,2,两人\n",
            "every line is of the whole province",
        ),
        ("funds/totals.csv", "$start_date,counted\n2019-01-01,八笔\n", "no column of the answer"),
        ("funds/totals.txt", "fund_rows,counted\n8,八笔\n", "totals.txt is no CSV"),
        ("funds/sums.csv", "fund_rows,counted\n8,八笔\n", "there is no queries/funds/sums.sql"),
        ("funds/2019/totals.csv", "fund_rows,counted\n8,八笔\n", "there is no queries/funds/2019/totals.sql"),
        ("scope.csv", "fund_rows,counted\n8,八笔\n", "queries/scope.sql is not asked of one snapshot"),
        ("changes/rows.csv", "rows,counted\n8,八笔\n", "queries/changes/rows.sql is not asked of one snapshot"),
        ("figures/CAL_01.csv", "actual,counted\n8,八笔\n", "queries/figures/CAL_01.sql is not asked of one snapshot"),
        ("indicators/P1_01.csv", "period,level,num,den,counted\n2019,province,1,2,一\n", "columns are missing: "),
    ],
)
def test_a_file_that_nothing_would_be_compared_with_is_refused(tmp_path, path, text, fault):
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    assert [found for found in faults(file, tmp_path) if found.startswith(fault)] != []


# What the queries answer


def is_same(text: str, value: object) -> bool:
    """Whether a cell written by hand is exactly a value of the answer."""
    if value is None or text == "":
        return value is None and text == ""
    if isinstance(value, bool):
        return text == str(value).lower()
    if isinstance(value, float):
        return float(Fraction(text)) == value
    if isinstance(value, int | Decimal):
        return Fraction(text) == Fraction(value)
    if isinstance(value, list):
        texts = text.split()
        return len(texts) == len(value) and all(map(is_same, texts, value))
    return text == str(value)


@pytest.mark.parametrize(
    ("text", "value", "others"),
    [
        ("", None, ["", 0, False, []]),
        ("0", 0, [None, 1, "", "0.0", False]),
        ("true", True, [False, None, "True"]),
        ("12/17", 12 / 17, [12 / 17 + 1e-15, 0.70588, None]),
        ("0.1", 0.1, [0.1 + 1e-16]),
        ("90000.50", Decimal("90000.5"), [Decimal("90000.51"), 90000]),
        ("2018-09-30", date(2018, 9, 30), [date(2018, 9, 29), "2018-9-30"]),
        ("530621 530627", ["530621", "530627"], [["530621"], ["530627", "530621"], None]),
        ("省本级", "省本级", ["省本级 ", "", None]),
    ],
)
def test_a_cell_is_one_value_and_no_other(text, value, others):
    assert is_same(text, value)
    assert [other for other in others if is_same(text, other)] == []


def parameter(key: str, meaning: str, text: str) -> object:
    """What a cell under $key stands for."""
    if meaning.startswith("varchar[]"):
        return text.split()
    return int(text) if isinstance(PARAMS[key], int) else text


LINES = [
    pytest.param(name_of(file), line, id=f"{name_of(file)} {number}")
    for file in FILES
    if not name_of(file).startswith("indicators/") and faults(file) == []
    for number, line in enumerate(lines_of(file), 2)
]


@pytest.mark.parametrize(("name", "line"), LINES)
def test_the_answer_has_the_row_counted_by_hand_once(snapshot, name, line):
    query = queries.load(name)
    given = {key: parameter(key, query.params[key], line[f"${key}"]) for key in query.params if f"${key}" in line}
    wanted = {column: text for column, text in line.items() if column in query.returns}
    with snapshots._reading(snapshot.path, None) as cursor:
        cursor.execute(query.sql, params_of(name, **given))
        columns = [column for column, *_ in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    differences = [{c: (text, row[c]) for c, text in wanted.items() if not is_same(text, row[c])} for row in rows]
    nearest = min(differences, key=len, default="no row at all")
    assert differences.count({}) == 1, f"{line['counted']}; (by hand, answer) of the nearest row: {nearest}"


# Every query


@functools.cache
def texts_of(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_query_that_is_asked_has_a_file_of_expectations_or_a_test_that_names_it():
    named = set().union(*(texts_of(file) for file in TESTS.rglob("test_*.py") if file != Path(__file__)))
    # Lists are asked for there by their table; rows of an indicator by its code: tests/test_rows.py.
    named |= {f"records/{table}" for table in record_selection.TABLES if table in texts_of(TESTS / "test_records.py")}
    counted = {name_of(file) for file in FILES}
    wanted = [name for name in queries.names() if not name.startswith("rows/")]
    assert [name for name in wanted if name not in named | counted] == []
