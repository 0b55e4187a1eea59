"""What stands around every page: style, masthead, title, foot, and the pages for when there is nothing to show."""

import re
from html import escape
from urllib.parse import urlencode

import streamlit as st

from yunnan import settings
from yunnan.access import viewer
from yunnan.data import snapshots
from yunnan.data.snapshots import Snapshot
from yunnan.front.address import appearance, frame, navigation
from yunnan.front.address.frame import View, asof_words
from yunnan.words import wording

ROUNDED = "部分数据因四舍五入，存在总计与分项合计不等的情况。"


def style() -> None:
    """The style sheets of the whole app: for every page, then for a dark ground and for the wall."""
    look = appearance.look()
    asked = {"style": True, "dark": look.is_dark, "screen": look.is_screen}
    for name in (name for name, wanted in asked.items() if wanted):
        st.html(settings.ROOT / "static" / f"{name}.css")


def masthead(view: View, *, is_whole: bool = False, has_period: bool = True) -> None:
    """Name of the dashboard, the mark of synthetic data, where we are (全省 > 怒江州 > 福贡县), and the other looks.

    is_whole: the page is about the whole province, whatever place is chosen; has_period: it is about the period chosen.
    """
    demo = f'<span class="demo">{escape(wording.DEMO)}</span>' if is_demo(view.snapshot) else ""
    names = ["全省"] if is_whole else _crumbs(view)
    crumbs = " › ".join(escape(name) for name in names)
    period = f"　报告期{view.span.label}" if has_period else ""
    when = f"数据截至{wording.day(view.snapshot.asof)}（第{view.snapshot.revision}版）{period}"
    _every_sheet(
        head=f"{settings.TITLE}　{''.join(names[1:]) or '全省'}　{when}{'　演示数据（合成）' if demo else ''}",
        foot=f"数据来源：云南省民政厅（{nature(view.snapshot)}）　{_range(view)}",
    )
    st.html(
        f'<div class="masthead"><span class="name">{escape(settings.TITLE)}</span>{demo}'
        f'<span class="when">{escape(when)}</span>'
        f'<span class="crumbs">{crumbs}</span><nav class="tools" aria-label="显示方式">{_looks()}</nav></div>'
    )
    if viewer.is_bare():
        st.info("看板由 streamlit run 启动：没有导出、简报、深色与按键。要用这些，请改用 make run 启动。")


def _every_sheet(*, head: str, foot: str) -> None:
    """Title, scope and date at the head of every sheet but the first, whose own title says them; at the foot of all,
    the source and the sheet's number. A browser too old for it prints without.
    """
    font = "font-family: sans-serif; font-size: 8pt; color: #46505C; white-space: nowrap"
    head, foot = (re.sub(r'[\\"<>\n]', "", text) for text in (head, foot))
    st.html(
        f'<style>@page {{ @top-left {{ content: "{head}"; {font} }} @bottom-left {{ content: "{foot}"; {font} }} '
        f'@bottom-right {{ content: "第" counter(page) "页，共" counter(pages) "页"; {font} }} }} '
        f"@page :first {{ @top-left {{ content: none }} }}</style>"
    )


def _looks() -> str:
    """Links that show this very view on the wall or on the desk, on dark or on light ground."""
    look = appearance.look()
    mode = ("退出大屏", "") if look.is_screen else ("大屏", "screen")
    theme = ("浅色", "") if look.is_dark else ("深色", "dark")
    links = ((mode[0], appearance.with_look(mode=mode[1])), (theme[0], appearance.with_look(theme=theme[1])))
    shown = "".join(f'<a href="{escape(address)}" target="_self">{said}</a>' for said, address in links)
    return shown + (_leave() if viewer.can_log_in() else "")


def _leave() -> str:
    """Who is logged in here, and the way out."""
    return f'<a href="./auth/logout" target="_self" title="{escape(viewer.who())}">退出登录</a>'


def wall_bar() -> None:
    """On the wall: one block of the page after another, by button or by key."""
    if appearance.look().is_screen:
        st.html(
            '<nav class="wallbar" aria-label="分屏"><button type="button" data-step="-1">‹ 上一屏</button>'
            '<span class="at" aria-live="polite"></span>'
            '<button type="button" data-step="1">下一屏 ›</button></nav>'
        )


def whole_province(view: View, *, marks_place: bool) -> None:
    """A word that the page is the province's although a place is chosen, and the way to that place."""
    if view.region.level == "province":
        return
    name = "".join(_crumbs(view)[1:])
    is_marked = marks_place and view.region.level == "prefecture"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        told = f"所选地区{name}在图中标出" if is_marked else f"不随所选地区{name}变化"
        st.caption(f"本页为全省数字；{told}。", width="content")
        page = navigation.COUNTY_PAGE if view.region.level == "county" else navigation.PLACE_PAGE
        st.page_link(page, label=f"打开{name}", query_params=navigation.params(), width="content")


def head(title: str, view: View, *, has_period: bool = True) -> None:
    """The page's title with its period, and a word where a newer snapshot or a correction exists."""
    st.title(wording.literal(f"{title}　{view.span.label}" if has_period else title), anchor=False)
    known = snapshots.published()
    if view.snapshot.id != known[0] and not frame.is_offered():
        st.caption(
            f"当前为较早的快照：{asof_words(view.snapshot.id)}。最新快照：{asof_words(known[0])}，可在“数据截至”中改选。"
        )


def foot(view: View, *, has_period: bool = True) -> None:
    """As of when, which snapshot, what kind of data: the line that every page and iframe ends with.

    has_period: the page is about the period chosen.
    """
    nature = wording.DEMO if is_demo(view.snapshot) else "正式数据"
    period = f"报告期 {escape(view.span.label)}　" if has_period else ""
    st.html(
        f'<div class="foot">数据截至 {wording.day(view.snapshot.asof)}　{period}'
        f"快照 {escape(view.snapshot.id)}　数据来源：云南省民政厅（{escape(nature)}）　"
        f'<span class="fine">{ROUNDED}{_seen(view)}</span></div>'
    )


def _seen(view: View) -> str:
    """What the figures of this page leave out, for a reader of some prefectures."""
    if view.sees_all:
        return ""
    return f"<br>{escape(_range(view))}。各表只含本范围的记录与全省公布数，涉及其他州市的部分不计入。"


def _range(view: View) -> str:
    """What the reader may see, where that is not all; else the word about rounding, which there is room for then."""
    return ROUNDED if view.sees_all else f"可见范围：{view.seen}"


def refused(error: Exception, *, is_embedded: bool = False) -> None:
    """The page of whoever may not see this one: why, and what to do; without a menu, for there is nothing to choose."""
    st.html("<style>[data-testid=stSidebar], [data-testid=stExpandSidebarButton] { display: none; }</style>")
    is_asked_in = viewer.can_log_in() and isinstance(error, viewer.Unknown)
    is_nobody = is_asked_in and not isinstance(error, viewer.Unlisted)
    if is_nobody:
        st.html(f'<div class="masthead"><span class="name">{escape(settings.TITLE)}</span></div>')
    st.title("请先登录" if is_nobody else "不能查看", anchor=False)
    st.info(f"{error}。")  # no icon: until its font is there, it is a word
    if not is_asked_in:
        return
    if is_embedded:  # no provider lets itself be shown in a frame
        st.write("这里是别的网页里的框架，不能登录。请在单独的窗口打开看板登录，再刷新本页。")
    elif is_nobody:
        st.button("登录", on_click=st.login, type="primary")
    else:
        st.button("退出，换一个账号", on_click=st.logout, type="primary")


def no_data() -> None:
    """The page of a fresh installation."""
    st.title("还没有数据快照", anchor=False)
    st.info(
        f"看板在 {settings.snapshots_dir()} 中没有找到已发布的快照。"
        "请在服务器的项目文件夹里运行 `make demo` 生成演示快照，然后刷新本页。",
        icon=":material/info:",
    )


def broken(error: snapshots.Damaged) -> None:
    """The page of a damaged snapshot: which one, what is wrong, and the next older one that is whole."""
    st.title("这份快照不能使用", anchor=False)
    st.error(f"{error}。为免显示错误的数字，看板拒绝打开它。请通知维护人员用备份恢复。", icon=":material/block:")
    known = snapshots.published() if error.snapshot else []
    after = known.index(error.snapshot) + 1 if error.snapshot in known else len(known)
    older = next(filter(_is_whole, known[after:]), None)
    if older is None:
        st.write("没有更早的完好快照。")
    elif not navigation.is_signed():
        st.link_button(
            f"改看 {asof_words(older)}", f"?{urlencode(navigation.params() | {'asof': older})}", type="primary"
        )


def nature(snapshot: Snapshot) -> str:
    """What a file says of its data."""
    return wording.DEMO if is_demo(snapshot) else "正式数据"


def is_demo(snapshot: Snapshot) -> bool:
    return snapshot.manifest["is_synthetic"]


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
