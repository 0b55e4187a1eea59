"""`keys`: a roster with identity numbers becomes a return with anonymous keys; nothing personal is anywhere else."""

import hashlib
import hmac
import itertools
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tests.command_line import assert_refused, run
from yunnan import settings
from yunnan.ingest import anonymous_keys, personal

SECRET = "一把只在这里用的密钥，三十二个字节以上".encode()
HEAD = (
    *("序号", "姓名", "身份证号", "联系电话", "家庭住址", "银行账号", "服务日期", "常住州市", "常住县", "对象类别"),
    *("帮扶方式", "到人金额(元)", "备注"),
)
LI, HE, OLD = "533321198503124517", "533321199905051239", "532501900101123"
OLD_AS_NEW = "532501199001011239"
NAMES, PHONE, STREET, CARD = ("李阿普", "和秀英", "王小明"), "13812345678", "向阳路3号", "6222021234567890128"
SECRETS = (LI, HE, OLD, OLD_AS_NEW, *NAMES, PHONE, STREET, CARD, "家里困难")
HELP = ("2020-05-12", "怒江州", "泸水市", "残疾人", "助学", 500)


def person(number: object = LI, name: str = NAMES[0], help_given: tuple = HELP, note: str = "家里困难") -> tuple:
    return (1, name, number, PHONE, STREET, CARD, *help_given, note)


@pytest.fixture
def bureau(tmp_path, monkeypatch) -> Path:
    """A folder where a roster lies and a secret, and beside it an empty data folder."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "data")
    folder = tmp_path / "bureau"
    folder.mkdir()
    (folder / "secret").write_bytes(SECRET + b"\n")
    (folder / "secret").chmod(0o600)
    return folder


def roster(bureau: Path, *rows: tuple, head: tuple = HEAD, title: str = "怒江州受益名册") -> Path:
    file = bureau / "名册.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet, day = book.add_worksheet("名册"), book.add_format({"num_format": "yyyy-mm-dd"})
        for index, row in enumerate([(title,), head, *rows]):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(index, column, datetime(value.year, value.month, value.day), day)
                elif isinstance(value, str):
                    sheet.write_string(index, column, value)
                elif value is not None:
                    sheet.write_number(index, column, value)
    return file


def keyed(file: Path, *more: str):
    return run("keys", str(file), "--secret", str(file.parent / "secret"), *more)


def result_of(bureau: Path) -> list[dict]:
    head, *rows = openpyxl.load_workbook(bureau / "受益_匿名.xlsx").active.values
    return [dict(zip(head, row, strict=True)) for row in rows]


def key(number: str) -> str:
    """As the contract says it, without our code."""
    return hmac.new(SECRET, number.encode(), hashlib.sha256).hexdigest()[:16]


def everything_written(*folders: Path) -> bytes:
    """All bytes of all files in the folders, those packed in workbooks too."""
    parts = []
    for file in (one for folder in folders for one in folder.rglob("*") if one.is_file()):
        parts += [file.name.encode(), file.read_bytes()]
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as pack:
                parts += [pack.read(name) for name in pack.namelist()]
        if file.suffix == ".parquet":
            parts.append(str(pq.read_table(file).to_pylist()).encode())
    return b"\n".join(parts)


def assert_nothing_personal(text: str, bureau: Path) -> None:
    """Neither in what was printed nor in any file but the roster."""
    (bureau / "名册.xlsx").unlink(missing_ok=True)
    written = everything_written(bureau, bureau.parent)
    for secret in SECRETS:
        assert secret not in text
        assert secret.encode() not in written


def test_the_return_has_keys_and_no_personal_column_and_is_received(bureau):
    rows = (
        person(),
        person(HE, NAMES[1], (date(2020, 5, 13), "怒江州", "福贡县", "建档立卡已脱贫", "技能培训", None)),
        person(LI.lower()),
        ("合计", None, None, None, None, None, None, None, None, None, None, 1000, None),
        ("填表人：王小明",),
    )
    result = keyed(roster(bureau, *rows))
    assert result.exit_code == 0, result.output
    for sentence in ("3行，2个对象", "姓名、身份证号、联系电话、家庭住址、银行账号、备注", "第6、7行"):
        assert sentence in result.stdout
    made = result_of(bureau)
    assert [row["对象匿名键"] for row in made] == [key(LI), key(HE), key(LI)]
    assert list(made[0]) == [
        *("服务日期", "常住州市", "常住县", "对象类别", "帮扶方式", "到人金额(元)", "对象类型", "人数", "对象匿名键")
    ]
    received = run("ingest", str(bureau / "受益_匿名.xlsx"), "--period", "2020Q2")
    assert received.exit_code == 0, received.output
    assert "接收3，拒收0" in received.stdout
    (batch,) = (settings.DATA_DIR / "staging").glob("beneficiaries-533300-2020Q2-*")
    staged = pq.read_table(batch / "rows.parquet").to_pylist()
    assert [row["subject_key"] for row in staged] == [key(LI), key(HE), key(LI)]
    assert len({row["record_id"] for row in staged}) == 3
    assert_nothing_personal(result.output + received.output, bureau)


@pytest.mark.parametrize(
    "number",
    [
        OLD_AS_NEW,
        OLD,
        f" {OLD_AS_NEW[:6]} {OLD_AS_NEW[6:]}",
        "５３２５０１１９９００１０１１２３９",
        float(OLD),
        f"'{OLD}",
    ],
    ids=["eighteen", "fifteen", "blanks", "full width", "fifteen as a number", "apostrophe"],
)
def test_one_person_has_one_key_however_the_number_is_written(bureau, number):
    result = keyed(roster(bureau, person(number)))
    assert result.exit_code == 0, result.output
    assert [row["对象匿名键"] for row in result_of(bureau)] == [key(OLD_AS_NEW)]


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (LI[:-1] + "8", "第4行的证件号不对"),
        (LI[:-1], "第4行的证件号不对"),
        ("533321198513124517", "第4行的证件号不对"),
        ("003321198503124517", "第4行的证件号不对"),
        ("533321209901011236", "第4行的证件号不对"),
        (NAMES[0], "第4行的证件号不对"),
        (None, "第4行没有证件号"),
        ("无", "第4行的证件号不对"),
        (533321198503124517.0, "第4行的证件号被表格软件改成了数值"),
    ],
)
def test_a_row_without_a_true_number_is_named_and_nothing_is_written(bureau, number, why):
    file = roster(bureau, person(HE, NAMES[1]), person(number))
    result = keyed(file)
    assert_refused(result, why, "一行也没有写")
    assert not (bureau / "受益_匿名.xlsx").exists()
    assert_nothing_personal(result.output, bureau)


def test_all_faulty_rows_are_named_at_once(bureau):
    rows = [person(LI[:-1] + "8")] * 30 + [person(None)]
    assert_refused(keyed(roster(bureau, *rows)), "第3、4、", "等30行的证件号不对", "第33行没有证件号")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"项目编号": LI}, "第3行的“项目编号”一列里有个人信息"),
        ({"项目编号": PHONE}, "第3行的“项目编号”一列里有个人信息"),
        ({"记录号": f"B-{NAMES[0]}"}, "第3行的“记录号”一列里有个人信息"),
        ({"对象匿名键": "00000000000000aa"}, "证件号与匿名键都有"),
        ({"对象类型": "家庭"}, "不是个人，却有证件号"),
        ({"证件号码": HE}, "不知用哪一列"),
    ],
)
def test_what_would_carry_something_personal_along_is_refused(bureau, change, why):
    ((header, value),) = change.items()
    result = keyed(roster(bureau, (*person(), value), head=(*HEAD, header)))
    assert_refused(result, why)
    assert not (bureau / "受益_匿名.xlsx").exists()
    assert_nothing_personal(result.output, bureau)


def test_a_household_with_a_key_of_the_province_keeps_it_and_one_without_is_named(bureau):
    head = (*HEAD, "对象类型", "人数", "对象匿名键")
    household = (*person(None), "家庭", 4, "00000000000000AA")
    assert keyed(roster(bureau, (*person(), "个人", 1, None), household, head=head)).exit_code == 0
    assert [row["对象匿名键"] for row in result_of(bureau)] == [key(LI), "00000000000000aa"]
    (bureau / "受益_匿名.xlsx").unlink()
    assert_refused(keyed(roster(bureau, (*person(None), "家庭", 4, None), head=head)), "第3行是家庭或集体，没有匿名键")
    assert_refused(keyed(roster(bureau, (*person(None), "家庭", 4, "aa"), head=head)), "第3行的匿名键不是16位")


def test_a_column_that_nobody_knows_is_named_by_its_letter(bureau):
    result = keyed(roster(bureau, (*person(), "不知道"), head=(*HEAD, NAMES[2])))
    assert result.exit_code == 0
    assert "N列" in result.stdout
    assert_nothing_personal(result.output, bureau)


@pytest.mark.parametrize(
    ("rows", "head", "why"),
    [
        ([person()], HEAD[:2] + HEAD[3:], "没有认出证件号一列"),
        ([person()[:-3]], HEAD[:-3], "缺少必填列：帮扶方式"),
        ([], HEAD, "一行记录也没有"),
    ],
    ids=["no number", "no help", "no row"],
)
def test_a_roster_that_is_no_return_is_told_what_it_lacks(bureau, rows, head, why):
    result = keyed(roster(bureau, *rows, head=head))
    assert_refused(result, why)
    assert_nothing_personal(result.output, bureau)


def test_files_that_cannot_be_read_or_written_are_said(bureau):
    file = roster(bureau, person())
    assert keyed(file).exit_code == 0
    assert_refused(keyed(file), "受益_匿名.xlsx 已经有了", "--out")
    assert_refused(keyed(file, "--out", str(bureau / "没有" / "一.xlsx")), "写不下", "已不在")
    (bureau / "受益_匿名.xlsx").unlink()
    assert_refused(keyed(bureau / "没有.xlsx"), "名册读不了", "已不在")
    (bureau / "坏.xlsx").write_bytes(b"PK\x03\x04" + LI.encode())
    result = keyed(bureau / "坏.xlsx")
    assert_refused(result, "名册读不了")
    assert LI not in result.output
    assert_refused(run("keys"), "--new-secret")
    assert_refused(run("keys", str(file)), "--secret")


def test_a_text_file_is_a_roster_too_and_one_that_was_cut_off_is_none(bureau):
    file = bureau / "名册.csv"
    lines = [",".join(map(str, HEAD)), ",".join(map(str, person())), ",".join(map(str, person(HE)))]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    assert keyed(file).exit_code == 0
    assert [row["对象匿名键"] for row in result_of(bureau)] == [key(LI), key(HE)]
    (bureau / "受益_匿名.xlsx").unlink()
    file.write_text("\n".join(lines)[:-12], encoding="utf-8-sig")
    assert_refused(keyed(file), "第3行不完整")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_secret_that_others_may_read_is_refused(bureau, mode):
    (bureau / "secret").chmod(mode)
    assert_refused(keyed(roster(bureau, person())), "别人也能读或写", "chmod 600")


def test_a_secret_that_is_short_missing_or_beside_the_data_is_refused(bureau):
    file = roster(bureau, person())
    (bureau / "secret").write_bytes(b"x" * 31 + b"\n\n")
    assert_refused(keyed(file), "只有31个字节，至少要32个")
    (bureau / "secret").unlink()
    assert_refused(keyed(file), "读不了", "--secret")
    settings.DATA_DIR.mkdir()
    inside = settings.DATA_DIR / "secret"
    inside.write_bytes(SECRET)
    inside.chmod(0o600)
    assert_refused(run("keys", str(file), "--secret", str(inside)), "放在数据文件夹里")


def test_a_new_secret_is_for_its_owner_alone_and_never_replaces_another(bureau):
    file = bureau / "new"
    result = run("keys", "--new-secret", str(file))
    assert result.exit_code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    text = file.read_text(encoding="ascii").strip()
    assert len(text) == 64
    assert text not in result.output
    assert_refused(run("keys", "--new-secret", str(file)), "已经有了")
    assert file.read_text(encoding="ascii").strip() == text
    assert run("keys", str(roster(bureau, person())), "--secret", str(file)).exit_code == 0
    assert result_of(bureau)[0]["对象匿名键"] != key(LI)


def test_the_check_code_is_that_of_the_secret_and_says_nothing_of_it(bureau):
    first = keyed(roster(bureau, person())).stdout
    (bureau / "受益_匿名.xlsx").unlink()
    assert anonymous_keys.check_code(SECRET) in keyed(roster(bureau, person(HE))).stdout
    assert anonymous_keys.check_code(SECRET) in first
    assert anonymous_keys.check_code(SECRET + b"x") not in first


def test_a_key_that_looks_like_a_bank_card_gives_way_to_the_next_digits():
    """One in some fifty thousand; a return that holds it would be refused."""
    number = next(text for text in map(str, itertools.count()) if key(text).isdigit() and personal.is_card(key(text)))
    assert anonymous_keys.key_of(number, SECRET) == hmac.new(SECRET, number.encode(), "sha256").hexdigest()[16:32]
