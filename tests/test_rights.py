"""The file of people: what it grants, and the line on which it is wrong."""

import pytest

from yunnan.access import people_file

GOOD = """
[people."zhang.wei"]
role = "leader"

[people.li]
role = "prefecture"
scope = ["533300", "533400"]
exports = "none"

[groups."昆明市民政局"]
role = "prefecture"
scope = ["530100"]

[groups."怒江州民政局"]
role = "prefecture"
scope = ["533300"]
exports = "tables"

[groups."省民政厅"]
role = "staff"
"""


def read(tmp_path, text: str | bytes) -> people_file.People:
    file = tmp_path / "people.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return people_file.read(file)


def test_a_person_has_what_stands_under_the_name(tmp_path):
    people = read(tmp_path, GOOD)
    assert people.right("ZHANG.wei") == people_file.Right("leader", None, "tables")
    assert people.right("li", ["省民政厅"]) == people_file.Right("prefecture", frozenset({"533300", "533400"}), "none")
    assert people.right("wang", ["没有的组"]) is None
    assert people.right("") is None


@pytest.mark.parametrize("name", ["\u212aang", "kang\u017f", "\uff4bang", "k\u0061ng\u200b", "ﬀ"])
def test_a_character_that_only_resembles_a_letter_is_another_name(tmp_path, name):
    people = read(tmp_path, "".join(f'[people.{one}]\nrole = "staff"\n' for one in ("kang", "kangs", "ff")))
    assert people.right(name) is None
    assert people.right("KANG")


def test_of_several_groups_the_narrower_role_counts_and_the_least_of_exports(tmp_path):
    people = read(tmp_path, GOOD)
    both = frozenset({"530100", "533300"})
    assert people.right("x", ["昆明市民政局", "怒江州民政局"]) == people_file.Right("prefecture", both, "tables")
    assert people.right("x", ["省民政厅", "昆明市民政局"]).scope == frozenset({"530100"})
    assert people.right("x", ["省民政厅"]) == people_file.Right("staff", None, "rows")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[people.a]\nrole = "leader"\n[people.a]\nrole = "staff"\n', 3, "写了两次"),
        ('[people.a]\nrole = "leader"\n[people.A]\nrole = "staff"\n', 3, "大小写不算不同"),
        ('[people.a]\nrole = "leader\n', 2, "不是正确的 TOML"),
        ('\n[people.wang]\nrole = "boss"\n', 2, "role 应是"),
        ('\n\n[people.wang]\nrole = "prefecture"\n', 3, "必须有 scope"),
        ('[people.wang]\nrole = "leader"\nscope = ["533300"]\n', 1, "不能有 scope"),
        ('[groups.wang]\nrole = "prefecture"\nscope = ["999900"]\n', 1, "999900 不是州市代码"),
        ('[groups.wang]\nrole = "prefecture"\nscope = "533300"\n', 1, "必须有 scope"),
        ('[groups.wang]\nrole = "staff"\nexports = "all"\n', 1, "exports 应是"),
        ('[people.wang]\nrole = "staff"\npassword = "x"\n', 1, "不认识的项 password"),
        ('[people]\nwang = "staff"\n', 2, "后面应是一节"),
        ('[user.wang]\nrole = "staff"\n', 1, "不认识这一节"),
        (b'[people.a]\nrole = "staff"\n# \xd5\xc5\n', 3, "不是 UTF-8"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, text, line, said):
    with pytest.raises(people_file.Unusable, match=f"people.toml 第{line}行.*{said}"):
        read(tmp_path, text)


def test_a_file_that_is_empty_or_not_there_is_said(tmp_path):
    with pytest.raises(people_file.Unusable, match="没有任何人"):
        read(tmp_path, "# 还没有写\n")
    with pytest.raises(people_file.Unusable, match="无法读取"):
        people_file.read(tmp_path / "none.toml")
