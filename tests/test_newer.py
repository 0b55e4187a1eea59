"""A number does not change in the middle of a meeting: a newer snapshot is offered and waits to be taken."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import staged
from tests.screens import FRONT, html, metric, open_page
from yunnan import settings
from yunnan.publication import merge

RAISED = "筹集款物"
OFFER = "有更新的快照：2018年3月31日（第2版）"


@pytest.fixture
def data(thin_data, tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    shutil.copytree(thin_data, tmp_path, dirs_exist_ok=True)
    return tmp_path


def publish_newer(data: Path, number: int = 1, time: str = "2018-04-25T10:00:00") -> None:
    staged.stage(data, "funds", [staged.fund(900000 + number, "90000.00")], received_at=time)
    merge.publish_staged(staged.ASOF)


def told(app: AppTest) -> tuple[str, str]:
    """The figure and the snapshot that the page shows."""
    assert [(e.message, e.stack_trace) for e in app.exception] == []
    (foot,) = html(app, "foot")
    return metric(app, RAISED).value, foot.partition("快照 ")[2].split("\u3000")[0]


def offers(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption if "有更新的快照" in caption.value]


def take(app: AppTest) -> AppTest:
    return app.button("show_newer").click().run()


def test_a_running_session_keeps_its_numbers_until_it_takes_the_newer_ones(data):
    app = open_page(FRONT, period="2018Q1")
    before, name = told(app)
    assert (name, offers(app)) == ("2018-03-31.r1", [])
    publish_newer(data)
    app.run()
    assert told(app) == (before, "2018-03-31.r1")
    assert offers(app)[0].startswith(OFFER)
    assert not [caption for caption in app.caption if "较早的快照" in caption.value]
    take(app)
    after, name = told(app)
    assert name == "2018-03-31.r2" == app.query_params["asof"]
    assert (after, offers(app)) != (before, [])
    assert after != before
    assert offers(app) == []


def test_on_another_page_the_session_still_has_what_it_got(data):
    app = open_page(FRONT, period="2018Q1")
    publish_newer(data)
    app.run()
    app.switch_page("pages/province/scorecard.py")
    app.query_params.clear()  # as the menu does
    app.run()
    assert "快照 2018-03-31.r1" in html(app, "foot")[0]
    assert offers(app)[0].startswith(OFFER)


def test_a_session_that_begins_afterwards_has_the_newer_one(data):
    publish_newer(data)
    app = open_page(FRONT, period="2018Q1")
    assert told(app)[1] == "2018-03-31.r2"
    assert offers(app) == []


def test_what_was_taken_is_kept_in_turn(data):
    app = open_page(FRONT, period="2018Q1")
    publish_newer(data)
    take(app.run())
    publish_newer(data, 2, "2018-04-26T10:00:00")
    app.run()
    assert told(app)[1] == "2018-03-31.r2"
    assert offers(app)[0].startswith("有更新的快照：2018年3月31日（第3版）")


def test_an_old_snapshot_that_was_asked_for_is_said_to_be_old_and_not_pressed(data):
    publish_newer(data)
    app = open_page(FRONT, asof="2018-03-31.r1", period="2018Q1")
    assert told(app)[1] == "2018-03-31.r1"
    assert offers(app) == []
    assert [caption for caption in app.caption if "较早的快照" in caption.value]


def test_in_an_iframe_nothing_is_offered_and_nothing_changes(data):
    app = open_page(FRONT, period="2018Q1", embed="true")
    before = told(app)
    publish_newer(data)
    app.run()
    assert told(app)[1] == before[1]
