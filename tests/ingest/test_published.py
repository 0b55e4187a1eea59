"""What ingest accepts, publication accepts: one return of every table goes from file to snapshot."""

import shutil

from typer.testing import CliRunner

from tests.ingest import corpus
from yunnan import settings
from yunnan.cli.main import app
from yunnan.data import snapshots

FUNDS = [[*corpus.HEAD, "接收组织代码"], [*corpus.ONE, "O000001"], [*corpus.row(corpus.TWO, 日期="2020-03-30"), ""]]
RETURNS = {
    "资金": FUNDS,
    "项目": [corpus.PLANS, corpus.PLAN],
    "活动": [corpus.EVENTS, corpus.EVENT],
    "组织": [corpus.ORGS, corpus.ORG],
    "受益": [corpus.HELP, corpus.HELPED],
    "统计": [corpus.STATS, corpus.STAT],
}


def test_one_return_of_every_table_is_published(official_data, tmp_path, monkeypatch):
    shutil.copytree(official_data / "snapshots", tmp_path / "snapshots")
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    for name, rows in RETURNS.items():
        (tmp_path / f"{name}.csv").write_bytes(corpus.text(*rows)())
    registers = [f"{tmp_path}/{name}.csv" for name in ("组织", "项目")]  # what is sent beside what the base has
    others = sorted(str(path) for path in tmp_path.glob("*.csv") if str(path) not in registers)
    for files, how in ((registers, ["--part", "2"]), (others, ["--replace"])):
        read = CliRunner().invoke(
            app, ["ingest", *files, "--period", "2020Q2", *how, "--received-at", "2020-07-20T09:00:00"]
        )
        assert read.exit_code == 0, read.output
    published = CliRunner().invoke(app, ["publish", "--as-of", "2020-06-30"])
    assert published.exit_code == 0, published.output
    rows = snapshots.find("2020-06-30.r2").table("intake/ids")
    assert {"O009001", "P00901"} <= set(rows.item_id)
