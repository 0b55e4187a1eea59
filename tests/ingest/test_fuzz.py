"""Damaged files by the hundred: an answer for each, in bounded time, and no failure of our own."""

import io
import random
import time
import zipfile

import pytest

from tests.ingest.corpus import CASES

SEED = 20200630
BASES = {"csv": ("minimal", "title-and-footer", "gbk", "beneficiaries"), "xlsx": ("minimal-xlsx", "two-line-header")}
TIMES = {"csv": 240, "xlsx": 160}


def test_a_part_that_does_not_unpack_is_a_damaged_file(ask, tmp_path):
    data = bytearray(next(case for case in CASES if case.name == "minimal-xlsx").build())
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        parts = [entry for entry in pack.infolist() if entry.filename.endswith(".xml")]
    for part in parts:
        broken, path = bytearray(data), tmp_path / "damaged.xlsx"
        start = part.header_offset + 30 + len(part.filename)
        broken[start : start + 40] = b"\xff" * 40
        path.write_bytes(broken)
        answer, report = ask(path)
        assert "error" not in answer, part.filename
        assert report["status"] in ("refused", "accepted")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some changed, removed, doubled or cut off."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(out) or 1), chance.randint(1, 40)
        what = chance.randrange(5)
        if what == 0:
            out[at : at + 1] = bytes([chance.randrange(256)])
        elif what == 1:
            del out[at : at + length]
        elif what == 2:
            out[at:at] = out[at : at + length] * chance.randint(1, 3)
        elif what == 3:
            out[at:at] = chance.choice(
                [b'"', b",", b"\n", b"\t", b"=", "１".encode(), b"\xff", b"0" * 30, b"PK\x03\x04"]
            )
        else:
            del out[at + length * 10 :]
    return bytes(out)


@pytest.mark.parametrize("kind", BASES)
def test_damaged_bytes_are_answered_and_nothing_is_lost(kind, ask, tmp_path):
    chance = random.Random(SEED)
    bases = [case.build() for case in CASES if case.name in BASES[kind]]
    path = tmp_path / f"damaged.{kind}"
    for _ in range(TIMES[kind]):
        path.write_bytes(damaged(chance.choice(bases), chance))
        before = time.monotonic()
        answer, report = ask(path)
        assert time.monotonic() - before < 30
        assert "error" not in answer, (answer, path.read_bytes())
        assert report["status"] in ("accepted", "partly", "refused")
        assert report["rows_in"] == report["accepted"] + report["rows_refused"] + report["rows_dropped"]
