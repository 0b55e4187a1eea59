"""The table that paper shows says in every cell what the grid says, and is text and nothing else."""

import pandas as pd
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.screens import HEADING, PLACE, html, open_page
from yunnan.front.kit import clicks, grids, sections, written_tables


def test_every_cell_is_written_as_on_screen_and_nothing_in_it_is_markup():
    table = pd.DataFrame({"名称": ["<img src=//x>", None], "金额": [1.5, float("nan")]})
    told = grids.paper(table.style.format({"金额": "{:.2f}元"}, na_rep="—"), "<b>", has_index=False)
    assert "<td>&lt;img src=//x&gt;</td><td>1.50元</td>" in told
    assert "<tr><td>—</td><td>—</td></tr>" in told
    assert "<caption>&lt;b&gt;</caption>" in told
    assert "<th>名称</th><th>金额</th>" in told


def test_the_index_is_printed_under_the_name_the_grid_gives_it_and_small_charts_are_not():
    table = pd.DataFrame({"值": ["1", "2"], "各季度": [[1.0], None]}, index=pd.Index(["昆明", "怒江"], name="code"))
    told = grids.paper(table.style, "表", has_index=True, head="州市")
    assert "<th>州市</th><th>值</th></tr>" in told
    assert "<tr><td>昆明</td><td>1</td></tr><tr><td>怒江</td><td>2</td></tr>" in told
    assert "code" not in told


def test_buttons_are_not_printed_and_the_other_cells_stay_as_they_are_written():
    doors = clicks.of_rows(["P00001", None])
    table = doors.beside(pd.DataFrame({"金额": [1.5, 2.0]}))
    told = grids.paper(table.style.format({"金额": "{:.2f}元"}), "表", has_index=False)
    assert "<tr><th>金额</th></tr>" in told
    assert "<tr><td>1.50元</td></tr><tr><td>2.00元</td></tr>" in told


def test_a_row_with_a_code_has_a_button_that_opens_it():
    opened = []
    doors = clicks.of_rows(["P00001", None, "O000002"], opened.append)
    assert list(doors.beside(pd.DataFrame({"值": [1, 2, 3]}))[clicks.DOORS]) == [clicks.ONE, None, clicks.ONE]
    menus = clicks.Doors([{"项目": "P00001", "组织": "O000002"}, {"组织": "O000003"}], opened.append)
    assert list(menus.beside(pd.DataFrame({"值": [1, 2]}))[clicks.DOORS]) == [["项目", "组织"], ["组织"]]
    for door, row, label in ((doors, 2, clicks.ONE), (menus, 0, "组织"), (menus, 1, "组织")):
        st.session_state["clicked"] = {"row": row, "label": label}
        door.open("clicked")
    places = clicks.of_rows(["530600", "533300"], opened.append, is_index=True)
    st.session_state["clicked"] = {"row": 1, "label": "怒江"}
    places.open("clicked")
    assert opened == ["O000002", "O000002", "O000003", "533300"]


def test_a_very_long_table_says_how_many_rows_are_left_out():
    told = grids.paper(pd.DataFrame({"行": range(2500)}).style, "长", has_index=False)
    assert told.count("<tr>") == grids.PAPER_ROWS + 1
    assert "共2,500行，此处印出前2000行；全部见下载的文件。" in told


def test_every_grid_of_a_page_has_its_table_for_paper(snapshot):
    app = open_page(PLACE, place="533300", period="2019")
    names = {text.partition("<caption>")[2].partition("</caption>")[0] for text in html(app, "paper")}
    in_twins = {d.proto.alt for twin in app.expander for d in twin.dataframe}
    assert names >= {d.proto.alt for d in app.dataframe} - in_twins
    assert {f"怒江{HEADING}", "项目", "报送情况"} <= names


def test_a_kept_table_is_sent_as_streamlit_itself_would_send_it():
    def page() -> None:
        import pandas as pd
        import streamlit as st

        from yunnan.front.kit import written_tables

        table = pd.DataFrame({"州市": ["怒江", "昆明"], "金额": [1.5, None]})
        colours = pd.DataFrame({"州市": ["", "color: #111111"], "金额": ["background-color: #222222", ""]})
        for _ in range(2):
            st.dataframe(written_tables.shaded(table, colours))
        st.dataframe(table.style.apply(lambda _: colours, axis=None))

    first, again, own = (d.proto.arrow_data for d in AppTest.from_function(page, default_timeout=60).run().dataframe)
    assert first == again
    assert (first.data, first.styler.display_values) == (own.data, own.styler.display_values)
    assert first.styler.styles.replace(first.styler.uuid, "") == own.styler.styles.replace(own.styler.uuid, "") != ""


def test_equal_content_is_made_once_and_other_content_anew():
    made = []

    def table(values: list[int]) -> object:
        frame = pd.DataFrame({"值": values})
        return written_tables.once(("test", frame), lambda: made.append(values) or frame.style)

    assert table([1, 2]) is table([1, 2])
    assert table([1, 3]) is not table([1, 2])
    assert made == [[1, 2], [1, 3]]


def test_a_number_that_is_missing_is_a_dash_on_screen_and_no_word_of_the_program(snapshot):
    app = open_page("pages/province/scorecard.py", period="2020Q2")
    scores = next(d for d in app.dataframe if d.proto.alt.startswith("各州市综合得分"))
    assert scores.value["综合得分"].isna().any(), "德宏 has not reported"
    assert scores.proto.placeholder == "—"


def test_places_by_places_stand_in_one_order_both_ways():
    assert sections.in_order(["省本级", "怒江", "昆明"], ["省本级", "昆明", "怒江"]) == ["省本级", "昆明", "怒江"]
    assert sections.in_order(["教育", "产业"], ["省教育厅"]) == ["教育", "产业"]
