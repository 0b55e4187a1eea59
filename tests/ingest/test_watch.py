"""What is in a watched folder is read when it is whole: closed by its writer, or long left alone."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ingest.corpus import HEAD, ONE, TWO, sheets, text
from yunnan.ingest import file_kinds, watched_folder

WHOLE = text(HEAD, ONE, TWO)()


@pytest.fixture(scope="module")
def inbox(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("收件")


@pytest.fixture(scope="module")
def arrivals(inbox) -> Iterator[Iterator[list[Path]]]:
    """What a watch over the inbox finds, from when it has begun."""
    (inbox / "开头.csv").write_bytes(WHOLE)
    found = watched_folder.arrivals(inbox, ".反馈.xlsx")
    assert [path.name for path in next(found)] == ["开头.csv"]
    yield found
    found.close()


def test_a_file_is_not_read_while_its_writer_only_pauses(arrivals, inbox):
    others = []
    with (inbox / "慢.csv").open("wb") as slow:
        slow.write(text(HEAD, ONE)())
        slow.flush()
        for n in range(3):  # each is seen whole by two looks, while the slow one stands still
            (inbox / f"快{n}.csv").write_bytes(WHOLE)
            others += [path.name for path in next(arrivals)]
        slow.write(text(TWO)())
    assert others == ["快0.csv", "快1.csv", "快2.csv"]
    assert [path.read_bytes() for path in next(arrivals)] == [text(HEAD, ONE)() + text(TWO)()]


def test_a_file_that_is_given_its_name_when_it_is_whole_is_read_at_once(arrivals, inbox):
    (inbox / "后到.csv.part").write_bytes(WHOLE)
    began = time.monotonic()
    (inbox / "后到.csv.part").rename(inbox / "后到.csv")
    assert [path.name for path in next(arrivals)] == ["后到.csv"]
    assert time.monotonic() - began < watched_folder.QUIET


def test_a_file_without_its_end_is_left_for_longer_than_one_that_has_it(tmp_path):
    book = sheets(资金=[HEAD, ONE])()
    ends = {
        "a.xlsx": book,
        "b.csv": WHOLE,
        "c.txt": WHOLE.decode().replace("\n", "\r\n").encode("utf-16"),
        "d.xls": b"x",
    }
    cut = {"e.xlsx": book[: len(book) // 2], "f.csv": WHOLE[:-5], "g.ods": b"PK\x03\x04", "h.csv": b""}
    for name, data in (ends | cut).items():
        (tmp_path / name).write_bytes(data)
    assert [name for name in ends | cut if watched_folder.is_complete(tmp_path / name)] == list(ends)
    whole, half = tmp_path / "b.csv", tmp_path / "f.csv"
    waits = [watched_folder.patience(path, closed, False) for path in (whole, half) for closed in (True, False)]
    assert waits == [0, watched_folder.QUIET, watched_folder.QUIET, watched_folder.LONG]
    assert watched_folder.patience(whole, False, True) == watched_folder.LONG


def test_a_name_in_the_letters_of_an_older_system_is_read_and_said(arrivals, inbox):
    name = "怒江资金.csv".encode("gbk")
    Path(os.fsdecode(os.fsencode(inbox) + b"/" + name)).write_bytes(WHOLE)
    (path,) = next(arrivals)
    assert os.fsencode(path.name) == name
    assert file_kinds.label(path) == "怒江资金.csv"
    shutil.copyfile(path, file_kinds.beside(path, ".反馈.xlsx"))


@pytest.mark.parametrize("name", ["短.csv", "长" * 80 + "abcd.csv", "a" * 251 + ".csv"])
def test_the_workbook_beside_a_file_has_a_name_that_a_disk_takes(tmp_path, name):
    file, other = tmp_path / name, tmp_path / f"x{name[1:]}"
    workbook = file_kinds.beside(file, ".反馈.xlsx")
    workbook.write_bytes(b"")
    assert workbook.name.endswith(".反馈.xlsx")
    assert workbook.name[0] == name[0]
    assert workbook != file_kinds.beside(other, ".反馈.xlsx")
