"""What is around every page: style, masthead, title, foot; and the pages shown instead when there is no data."""

import base64
import functools
import re
from html import escape
from urllib.parse import urlencode

import streamlit as st

from yunnan import settings, streamlit_seam
from yunnan.access import viewer
from yunnan.data import due_dates, snapshots
from yunnan.data.view import View
from yunnan.front.address import appearance, frame, navigation
from yunnan.front.address.frame import asof_words
from yunnan.words import palette, wording
from yunnan.words.stage_words import UNNAMED

NO_TABLES = "表格在此没有印出；请先点页首的“打印版”（或按 Ctrl+P），再打印。"
ROUNDED = "部分数据因四舍五入，存在总计与分项合计不等的情况。"


@functools.cache
def icon() -> str:
    """The icon of the browser's tab, in itself: a browser would load a file anew at every change of the address."""
    image = (settings.ROOT / "static" / "favicon.png").read_bytes()
    return f"data:image/png;base64,{base64.b64encode(image).decode()}"


def style() -> None:
    """The style sheets: one for every page, one for the dark theme, one for a wall screen."""
    look = appearance.look()
    sheets = {"style": True, "dark": look.is_dark, "screen": look.is_screen}
    for name in (name for name, wanted in sheets.items() if wanted):
        st.html(_sheet(name))


@functools.cache
def _sheet(name: str) -> str:
    return f"<style>{(settings.ROOT / 'static' / f'{name}.css').read_text(encoding='utf-8')}</style>"


def masthead(view: View, *, is_whole: bool = False, has_period: bool = True) -> None:
    """The bar at the top: name of the dashboard, mark of synthetic data, path of the place, date, links to other looks.

    is_whole: the page is about the province whatever place is chosen. has_period: it depends on the chosen period.
    """
    kind, _, rest = wording.DEMO.partition("，")
    demo = f'<span class="demo" title="{wording.DEMO}">{kind}<span class="rest">，{rest}</span></span>'
    demo = demo if view.snapshot.is_synthetic else ""
    names = ["全省"] if is_whole else _crumbs(view)
    crumbs = " › ".join(escape(name) for name in names)
    period = f"　报告期{view.span.label}" if has_period else ""
    when = f"数据截至{wording.day(view.snapshot.asof)}（第{view.snapshot.revision}版）{period}"
    _print_margins(
        head=f"{view.snapshot.title}　{''.join(names[1:]) or '全省'}　{when}{'　演示数据（合成）' if demo else ''}",
        foot=f"数据来源：云南省民政厅（{view.snapshot.nature}）　{_scope_or_rounding(view)}",
    )
    st.html(
        f'<div class="masthead"><span class="name">{escape(view.snapshot.title)}</span>{demo}'
        f'<span class="when">{escape(when)}</span>'
        f'<span class="crumbs">{crumbs}</span><nav class="tools" aria-label="显示方式">{_look_links()}</nav></div>'
    )
    if viewer.is_bare():
        st.info("看板由 streamlit run 启动：没有导出、简报、深色与按键。要用这些，请改用 make run 启动。")


def _print_margins(*, head: str, foot: str) -> None:
    """Margins of printed pages: head at the top of all but the first, which has a title; foot and number at the bottom.

    Old browsers print without them.
    """
    font = f"font-family: sans-serif; font-size: 8pt; color: {palette.SOFT}; white-space: nowrap"
    head, foot = (re.sub(r'[\\"<>\n]', "", text) for text in (head, foot))
    st.html(
        f'<style>@page {{ @top-left {{ content: "{head}"; {font} }} @bottom-left {{ content: "{foot}"; {font} }} '
        f'@bottom-right {{ content: "第" counter(page) "页，共" counter(pages) "页"; {font} }} }} '
        f"@page :first {{ @top-left {{ content: none }} }}</style>"
    )


def _look_links() -> str:
    """HTML of the links to this view for a wall screen or a desk, dark or light; and to log out."""
    look = appearance.look()
    mode = ("退出大屏", "") if look.is_screen else ("大屏", "screen")
    theme = ("浅色", "") if look.is_dark else ("深色", "dark")
    links = ((mode[0], appearance.with_look(mode=mode[1])), (theme[0], appearance.with_look(theme=theme[1])))
    anchors = "".join(f'<a href="{escape(address)}" target="_self">{label}</a>' for label, address in links)
    left, paper, label = ("", "true", "打印版") if not navigation.flag("paper") else (" left", "", "退出打印版")
    address = escape(appearance.with_look(paper=paper))
    anchors += f'<a class="paper-form{left}" href="{address}" target="_self">{label}</a>'
    return anchors + (_logout_link() if viewer.can_log_in() else "")


def _logout_link() -> str:
    """HTML of the link to log out, with the reader's name as its title."""
    return f'<a href="./auth/logout" target="_self" title="{escape(viewer.who())}">退出登录</a>'


def wall_bar() -> None:
    """On a wall screen: buttons that scroll the page by one block; view.js does it, by keys too."""
    if appearance.look().is_screen:
        st.html(
            '<nav class="wallbar" aria-label="分屏"><button type="button" data-step="-1">‹ 上一屏</button>'
            '<span class="at" aria-live="polite"></span>'
            '<button type="button" data-step="1">下一屏 ›</button></nav>'
        )


def whole_province(view: View) -> None:
    """If a place is chosen: a line that this page is about the province, with a link to that place's page."""
    if view.region.level == "province":
        return
    name = "".join(_crumbs(view)[1:])
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"本页为全省数字；不随所选地区{name}变化。", width="content")
        page = navigation.COUNTY_PAGE if view.region.level == "county" else navigation.PLACE_PAGE
        st.page_link(page, label=f"打开{name}", query_params=navigation.params(), width="content")


def head(title: str, view: View, *, has_period: bool = True) -> None:
    """The page's title with its period, and a line below it if the snapshot is not the newest."""
    st.title(wording.literal(f"{title}　{view.span.label}" if has_period else title), anchor=False)
    names = snapshots.published()
    if view.snapshot.id != names[0] and not frame.is_offered():
        st.container(key="older").caption(
            f"当前为较早的快照：{asof_words(view.snapshot.id)}。最新快照：{asof_words(names[0])}，可在“数据截至”中改选。"
        )


def foot(view: View, *, has_period: bool = True) -> None:
    """The last line of every page and iframe: as-of date, period, snapshot, source.

    has_period: the page depends on the chosen period.
    """
    period = f"报告期 {escape(view.span.label)}　" if has_period else ""
    st.html(
        f'<div class="foot">数据截至 {wording.day(view.snapshot.asof)}　{period}'
        f"快照 {escape(view.snapshot.id)}　数据来源：云南省民政厅（{escape(view.snapshot.nature)}）　"
        f'<span class="fine">{ROUNDED}{_omissions(view)}</span></div>'
        + ("" if appearance.is_paper() else f'<p class="printed-only">{NO_TABLES}</p>')
    )


def _omissions(view: View) -> str:
    """HTML of the note that figures leave out other prefectures; '' for a reader who sees all."""
    if view.sees_all:
        return ""
    return f"<br>{escape(_scope_or_rounding(view))}。各表只含本范围的记录与全省公布数，涉及其他州市的部分不计入。"


def _scope_or_rounding(view: View) -> str:
    """The prefectures that the reader may see; for one who sees all, the note on rounding."""
    return ROUNDED if view.sees_all else f"可见范围：{view.visible_names}"


def refused(error: Exception, *, is_embedded: bool = False) -> None:
    """The page for a reader without access: why, and what to do; without a menu."""
    st.html(streamlit_seam.WITHOUT_MENU)
    is_asked_in = viewer.can_log_in() and isinstance(error, viewer.Unknown)
    is_nobody = is_asked_in and not isinstance(error, viewer.Unlisted)
    if is_nobody:
        st.html(f'<div class="masthead"><span class="name">{escape(settings.TITLE or UNNAMED.title)}</span></div>')
    st.title("请先登录" if is_nobody else "不能查看", anchor=False)
    st.info(f"{error}。")  # no icon: until its font has loaded, its name would be shown
    if not is_asked_in:
        return
    if is_embedded:  # login providers do not allow their page in an iframe
        st.write("这里是别的网页里的框架，不能登录。请在单独的窗口打开看板登录，再刷新本页。")
    elif is_nobody:
        st.button("登录", on_click=st.login, type="primary")
    else:
        st.button("退出，换一个账号", on_click=st.logout, type="primary")


def no_data() -> None:
    """The page shown while there is no snapshot."""
    st.title("还没有数据快照", anchor=False)
    is_begun = (settings.DATA_DIR / due_dates.FILE).exists()
    ways = (
        "数据文件夹已经建立：按 `docs/start.md` 收报表、发布。"
        if is_begun
        else "先看演示：在服务器的项目文件夹里运行 `make demo`；"
        "用自己的数据：先 `python -m yunnan init` 建立数据文件夹，再按 `docs/start.md` 收报表、发布。"
    )
    st.info(
        f"看板在 {settings.snapshots_dir()} 中没有找到已发布的快照。{ways}做好后刷新本页。",
        icon=":material/info:",
    )


def broken(error: snapshots.Damaged) -> None:
    """The page of a damaged snapshot: what is wrong, and a link to one of its date or an older one."""
    st.title("这份快照不能使用", anchor=False)
    st.error(f"{error}。为免显示错误的数字，看板拒绝打开它。{error.remedy}。", icon=":material/block:")
    names = snapshots.published() if error.snapshot else []
    at = names.index(error.snapshot) if error.snapshot in names else len(names)
    same_day = [name for name in names[:at] if name.partition(".r")[0] == error.snapshot.partition(".r")[0]]
    older = next(filter(_is_whole, [*same_day, *names[at + 1 :]]), None)
    if older is None:
        st.write("没有更早的完好快照。")
    elif not navigation.is_signed():
        st.link_button(
            f"改看 {asof_words(older)}", f"?{urlencode(navigation.params() | {'asof': older})}", type="primary"
        )


def _is_whole(name: str) -> bool:
    try:
        snapshots.find(name, viewer.scope())
    except (snapshots.Damaged, snapshots.NoSnapshot):
        return False
    return True


def _crumbs(view: View) -> list[str]:
    if view.region.level == "province":
        return ["全省"]
    names = dict(zip(view.places.place, view.places.short_name, strict=True))
    prefecture = names[view.region.prefecture_code]
    return ["全省", prefecture] if view.region.level == "prefecture" else ["全省", prefecture, view.region.short_name]
