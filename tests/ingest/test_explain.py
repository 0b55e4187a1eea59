"""`ingest --explain`: what each column would become and all faults at once, before anything is received."""

from pathlib import Path

import pytest

from tests.command_line import run
from tests.office import UNITS
from tests.originals import CUT, HOME, PERSON, REGISTER, code, registered, write

LINE = ("怒江州茶叶协会", code("1", "533300", 1), "怒江州民政局", "省民政厅", PERSON, "2016-03-08", "正常")


@pytest.fixture
def explain(office_data, tmp_path):
    """What is said of a file of these rows, line by line, and the exit code; nothing is received."""

    def explained(head: tuple, *lines: tuple) -> tuple[list[str], int]:
        file = write(tmp_path / "原件.xlsx", head, *lines)
        result = run("ingest", str(file), "--period", "2026Q1", "--explain")
        assert not (office_data / "staging").exists()
        assert [path.name for path in Path(tmp_path).glob("*.xlsx")] == ["原件.xlsx"]
        return result.stdout.splitlines(), result.exit_code

    return explained


def test_each_column_is_said_with_what_it_becomes(explain):
    lines, exit_code = explain(REGISTER, registered(1, "怒江州茶叶协会"))
    assert exit_code == 0
    assert "“Sheet”第1行是表头，按导入方案“社会组织公示平台（22列）”读作社会组织：" in lines
    assert "  B列“登记管理机关” → 登记机关区划" in lines
    assert "  D列“法定代表人” → 涉及个人，不读取，也不保存" in lines
    assert "  K列“业务范围” → 不是登记的内容，不读取" in lines
    assert "读到1行，可以收1行，退回0行；以上是说明，什么也没有收" in lines


def test_cells_that_are_read_as_something_else_are_shown_once_a_column(explain):
    cut = [(*LINE[:1], code("1", "533300", n), *LINE[2:5], f"2016.{n}.8", "正常") for n in range(1, 7)]
    lines, exit_code = explain(CUT, *cut)
    assert exit_code == 0
    (dates,) = [line for line in lines if "“成立登记日期”：" in line]
    some = "“2016.1.8”读作“2016-01-08”，“2016.2.8”读作“2016-02-08”，“2016.3.8”读作“2016-03-08”"
    assert dates == f"○ “Sheet”“成立登记日期”：{some}等6种"
    assert "○ “Sheet”“登记管理机关”：“怒江州民政局”读作“533300”" in lines
    assert PERSON not in "\n".join(lines)


def test_all_faults_of_header_and_cells_are_said_at_once(explain):
    head = (
        "组织编号",
        "组织名称",
        "组织性质",
        "登记机关区划",
        "登记机关",
        "业务主管单位",
        "成立登记日期",
        "联系人手机",
    )
    lines, exit_code = explain(head, ("O1", "甲", "社团", "昆明市", "昆明", "没有的局", "约2016年", "13812345678"))
    text = "\n".join(lines)
    assert exit_code == 3
    parts = (
        "联系人手机是个人信息",
        "组织性质认不出",
        "缺必填列：",
        "都可以读作同一列",
        "DQ-06",
        "没有的局",
        "至少2个字",
    )
    for part in parts:
        assert part in text, (part, text)
    assert "13812345678" not in text


def test_equal_faults_are_one_line_with_a_count_and_an_example(explain):
    wrong = [(*LINE[:1], code("1", "533300", n), *LINE[2:5], "约2016年", "正常") for n in range(2, 60)]
    lines, exit_code = explain(CUT, LINE, *wrong)
    (line,) = [line for line in lines if line.startswith("✗")]
    assert exit_code == 2
    assert "58行（第3、4、5行等）" in line
    assert "约2016年" in line


def test_a_file_that_is_nearly_of_a_kind_is_said_what_differs(explain):
    lines, exit_code = explain((*CUT[:3], "主管", *CUT[4:]), LINE)
    assert exit_code == 3
    assert "最像导入方案“社会组织公示平台（7列）”：缺“业务主管单位”，多“主管”" in "\n".join(lines)


def test_a_file_that_cannot_be_read_and_a_form_are_explained_too(explain, tmp_path, office_data):
    empty = tmp_path / "空.csv"
    empty.write_bytes(b"")
    result = run("ingest", str(empty), "--explain")
    assert (result.exit_code, "文件是空的" in result.stdout) == (3, True)
    lines, exit_code = explain(UNITS, ("O000001", "怒江州茶叶协会", *("",) * 9))
    assert exit_code == 2
    assert "按报送模板的列名读作社会组织" in lines[1]
    assert HOME not in "".join(lines)
