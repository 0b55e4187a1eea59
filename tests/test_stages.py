"""A stage of the work is a register: an office's own enters by rows, and everything speaks its words."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tests.command_line import run
from tests.conftest import publish_tiny, reference
from tests.office import FUNDS, GIFT, LINKING, PROGRAMME, PROGRAMMES, STAGES, UNITS, WORDS, publish, rows, send
from tests.screens import DEFINITIONS, PAGES, open_page, words_of
from yunnan import settings
from yunnan.data import snapshots
from yunnan.data.view import View
from yunnan.publication.publish import Refused
from yunnan.words.stage_words import UNNAMED, stage_of

ORG = (
    *("O000001", "怒江州助农协会", "社会团体", "州市级", "怒江州民政局", "怒江州", "不适用", "2019-03-01"),
    *("正常", "未覆盖", "未评估"),
)
SECTOR = ("行业领域", "产业振兴", "产业振兴", "乡村振兴规划")
HELP = ("帮扶方式", "就业帮扶", "就业帮扶", "乡村振兴规划")
# What the article says of its own time and may not be said of another.
OF_THE_ARTICLE = (
    "脱贫攻坚",
    "国务院扶贫办",
    "省扶贫办",
    "2017—2020年",
    "415万",
    "4.4亿",
    "演示",
    "惠及贫困人口",
    "扶老救孤",
    "科技扶贫",
)
ARTICLES_PAGE = "pages/trust/reconciliation.py"


def of_the_article(text: str) -> list[str]:
    return [word for word in OF_THE_ARTICLE if word in text]


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    """The data folder of an office in a stage of its own: a programme, an organization and money of one quarter."""
    folder = tmp_path_factory.mktemp("stage")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", folder / "data")
        returns = (
            (STAGES, [LINKING]),
            (WORDS, [SECTOR, HELP]),
            (PROGRAMMES, [PROGRAMME]),
            (UNITS, [ORG]),
            (FUNDS, [GIFT]),
        )
        for head, sent in returns:
            report = send(folder, head, *sent, file=f"{sent[0][0]}.csv")
            assert (report["status"], report["accepted"]) == ("accepted", len(sent)), report
        publish()
    return folder / "data"


@pytest.fixture
def snapshot(office, monkeypatch) -> snapshots.Snapshot:
    monkeypatch.setattr(settings, "DATA_DIR", office)
    return snapshots.find("2026-03-31.r1")


def test_the_words_of_the_stage_stand_in_the_snapshot_and_the_articles_stage_beside_it(snapshot):
    kept = rows(snapshot.path, "select stage, first_quarter, last_quarter, source_file from {stages} order by 2")
    assert kept == [("脱贫攻坚", "2018Q1", "2020Q4", None), ("有效衔接", "2021Q1", "2026Q4", "有效衔接.csv")]
    assert (snapshot.stage.name, snapshot.title) == ("有效衔接", "云南省社会组织参与乡村振兴看板")
    assert View(snapshot, "2026Q1", "530000").pillars["P4"] == "平台共建"
    names = dict(rows(snapshot.path, "select indicator_code, name_zh from {indicators}"))
    assert names["P1-07"] == "参与乡村振兴社会组织数"
    assert names["P1-09"] == "惠及脱贫人口和监测对象数"
    assert names["P3-09"] == "生态帮扶覆盖县(市)数"
    assert names["P4-09"] == "小额信贷惠及脱贫户数"


@pytest.mark.parametrize("page", [page for page in PAGES if page != ARTICLES_PAGE])
def test_no_page_of_another_stage_says_what_the_article_says_of_its_own(snapshot, page):
    app = open_page(page, place="533300")
    assert not app.exception
    assert of_the_article("\n".join(words_of(app))) == []


@pytest.mark.parametrize("aspect", ["units", "together", "help", "programmes"])
def test_every_aspect_of_guidance_is_the_offices(snapshot, aspect):
    app = open_page("pages/pillars/guidance.py", aspect=aspect, place="")
    assert not app.exception
    (choice,) = [group for group in app.segmented_control if group.label == "看哪一方面"]
    assert choice.options == ["指标", "主管单位", "协同整合", "帮扶类型", "品牌计划"]
    assert of_the_article("\n".join(words_of(app))) == []
    assert any("乡村振兴专项行动" in text for text in words_of(app)) == (aspect == "programmes")


def test_a_programme_that_is_not_registered_is_said_on_every_run_and_after_a_reload(snapshot):
    app = open_page("pages/pillars/guidance.py", aspect="programmes", part="", plan="zzz")
    for _ in range(2):
        (warning,) = app.warning
        assert warning.value == "网址中的看哪个品牌计划“`zzz`”不存在，已改用“乡村振兴专项行动”。"
        app.run()
    address = {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}
    assert len(open_page("pages/pillars/guidance.py", **{"part": ""} | address).warning) == 1


def test_lists_of_the_snapshot_are_asked_for_by_pages_and_by_ingest(snapshot):
    def table(name: str) -> list[tuple]:
        return list(
            snapshot.table(name).astype(object).where(lambda t: t.notna(), None).itertuples(index=False, name=None)
        )

    assert table("sectors/all") == [("产业振兴",)]
    assert table("programmes/all") == [(PROGRAMME[0], PROGRAMME[1], True)]
    assert table("intake/stages") == [("脱贫攻坚", "2018Q1", "2020Q4", ""), ("有效衔接", "2021Q1", "2026Q4", "2026Q1")]


def test_the_comparison_with_the_article_says_that_there_is_none(snapshot):
    app = open_page(ARTICLES_PAGE)
    assert not app.exception
    assert [info.value for info in app.info] == [
        "没有登记可以对照的公布数；单位公布过的数，用登记表“公布数”报来后在此核对。"
    ]
    assert rows(snapshot.path, "select count(*) from {published_figures}") == [(0,)]


@pytest.mark.parametrize("options", [[], ["--pillar", "P4"], ["--place", "533300", "--slides"]])
def test_no_briefing_of_another_stage_says_what_the_article_says_of_its_own(snapshot, options, tmp_path):
    result = run("brief", "--out", str(tmp_path), "--period", "2026Q1", *options)
    assert result.exit_code == 0, result.output
    (file,) = tmp_path.iterdir()
    with zipfile.ZipFile(file) as parts:
        text = b"".join(parts.read(name) for name in parts.namelist()).decode("utf-8", "ignore")
    assert of_the_article(text) == []
    assert "乡村振兴" in text


def test_the_cards_of_indicators_say_nothing_of_the_article(snapshot):
    app = open_page(DEFINITIONS, indicator="P1-09")
    assert not any("42万" in text for text in words_of(app))


def test_a_date_in_no_stage_has_general_words_and_no_name_of_a_stage(tmp_path):
    path = publish_tiny(tmp_path, asof=date(2021, 3, 31), synthetic=False)
    assert "stage" not in json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    names = dict(rows(path, "select indicator_code, name_zh from {indicators}"))
    assert names["P1-07"] == "参与帮扶社会组织数"
    assert rows(path, "select count(*) from {published_figures}") == [(0,)]


@pytest.mark.parametrize(
    ("text", "general"),
    [
        ("参与脱贫攻坚社会组织数", "参与帮扶社会组织数"),
        ("惠及贫困人口", "惠及帮扶对象"),
        ("贷款建档立卡户", "贷款帮扶户"),
        ("政府扶贫工作体系", "政府帮扶工作体系"),
        ("扶贫济困、扶老救孤", "扶贫济困、扶老救孤"),
        ("党建引领", "党建引领"),
    ],
)
def test_a_text_said_twice_is_said_once(text, general):
    assert UNNAMED.say(text) == UNNAMED.say(UNNAMED.say(text)) == general
    row = dict(
        zip(
            ("title", "cause", "people", "households", "help"),
            ("看板", "巩固脱贫攻坚成果", "脱贫人口", "脱贫户", "扶贫"),
            strict=True,
        )
    )
    stage = stage_of({"stage": "衔接", **row, **{f"pillar_{n}": f"党建引领{n}" for n in range(1, 5)}})
    assert stage.say(stage.say(text)) == stage.say(text)


@pytest.mark.parametrize(
    ("sent", "rule", "says"),
    [
        ([(*LINKING[:1], "2020Q3", *LINKING[2:])], "DQ-16", "与阶段“脱贫攻坚”（2018Q1至2020Q4）重叠"),
        (
            [(*LINKING[:2], "", *LINKING[3:]), ("全面振兴", "2027Q1", "", *LINKING[3:])],
            "DQ-16",
            "与阶段“有效衔接”（2021Q1起）重叠",
        ),
        ([(*LINKING[:1], "2021Q3", "2021Q1", *LINKING[3:])], "DQ-31", "截止季度2021Q1早于起始季度2021Q3"),
        ([(*LINKING[:1], "2021年", *LINKING[2:])], "DQ-31", "应如2021Q1"),
        ([(*LINKING[:4], "乡村`振兴", *LINKING[5:])], "DQ-31", "里的“`”不能用在名称里"),
        ([(*LINKING[:3], "<b>看板</b>", *LINKING[4:])], "DQ-31", "请删去或换成中文标点"),
        ([(*LINKING[:7], "党建引领", *LINKING[8:])], "DQ-16", "两个支柱都叫“党建引领”"),
    ],
)
def test_stages_that_overlap_or_end_before_they_begin_are_refused_by_row(office_send, sent, rule, says):
    report = office_send(STAGES, *sent)
    assert report["accepted"] == 0
    assert any(note["rule"] == rule and says in note["message"] for note in report["refused"]), report["refused"]


def test_a_stage_is_renamed_by_the_return_that_replaces_its_own(office_send):
    assert office_send(STAGES, LINKING)["accepted"] == 1
    renamed = ("全面振兴", *LINKING[1:])
    assert office_send(STAGES, renamed, file="改名.csv")["accepted"] == 1
    publish()
    assert office_send(STAGES, ("常态帮扶", *LINKING[1:]), file="又改.csv")["accepted"] == 1
    preview = run("publish", "--as-of", "2026-03-31", "--preview").stdout
    assert "阶段：全面振兴（云南省社会组织参与乡村振兴看板） → 常态帮扶（" in preview
    assert [name for (name,) in rows(publish(), "select stage from {stages} order by first_quarter")] == [
        "脱贫攻坚", "常态帮扶"
    ]  # fmt: skip


def test_the_articles_stage_can_be_closed_earlier_by_a_row_of_its_own(office_send):
    sent = [
        ("脱贫攻坚", "2018Q1", "2019Q4", "旧看板", "脱贫攻坚", "贫困人口", "建档立卡户", "平台搭建", "本单位"),
        (*LINKING[:1], "2020Q1", "", *LINKING[3:]),
    ]
    report = office_send(STAGES, *sent)
    assert report["accepted"] == len(sent), report
    assert not stage_of({"stage": "脱贫攻坚", "cause": "脱贫攻坚", "people": "低收入人口"}).is_articles


def test_overlapping_stages_are_not_published(tmp_path):
    shipped = reference("stages").to_pylist()[0]
    with pytest.raises(Refused, match="两个阶段的起止季度重叠"):
        publish_tiny(tmp_path, stages=pa.Table.from_pylist([shipped | {"stage": "衔接", "first_quarter": "2020Q2"}]))
