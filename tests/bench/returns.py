"""A return of 400,000 rows from file to staged batch and feedback; prints seconds and memory."""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter
from rich.console import Console
from rich.table import Table

from tests.ingest.corpus import HEAD
from yunnan import settings

ROWS = 400_000
SECONDS, BYTES = 60, 1.5e9


def write(path: Path) -> None:
    """Funds of one prefecture in one quarter, no two alike, as a spreadsheet keeps them."""
    chance = random.Random(2020)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet("资金"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEAD)
        for row in range(1, ROWS + 1):
            sheet.write_string(row, 0, f"P{chance.randint(1, 300):05d}")
            sheet.write_datetime(row, 1, datetime(2020, 4, 1) + timedelta(days=chance.randint(0, 90)), day)
            sheet.write_string(row, 2, "社会捐赠")
            sheet.write_string(row, 3, "资金")
            sheet.write_number(row, 4, chance.randint(100_000, 10**9) / 100)
            sheet.write_string(row, 5, "怒江州")
            sheet.write_string(row, 6, chance.choice(["泸水市", "福贡县", "贡山县", "兰坪县"]))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "资金.xlsx"
        write(path)
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "yunnan", "ingest", str(path), "--period", "2020Q2"],
            cwd=settings.ROOT,
            env=os.environ | {"YUNNAN_DATA_DIR": folder},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        taken = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    table = Table("收表", "用了", "上限", title=f"{ROWS:,}行的 .xlsx")
    table.add_row("秒", f"{taken:.1f}", f"{SECONDS}")
    table.add_row("处理器秒", f"{used.ru_utime + used.ru_stime:.1f}", "")
    table.add_row("内存，GB", f"{used.ru_maxrss * 1024 / 1e9:.2f}", f"{BYTES / 1e9}")
    Console().print(table)
    sys.exit(taken > SECONDS or used.ru_maxrss * 1024 > BYTES)


if __name__ == "__main__":
    main()
