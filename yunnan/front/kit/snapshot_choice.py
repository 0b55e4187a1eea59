"""The choice of a second snapshot to compare with the one on screen."""

import streamlit as st

from yunnan.data import contract, snapshots
from yunnan.data.snapshots import Snapshot
from yunnan.data.view import View
from yunnan.front.address import choices, frame
from yunnan.words import wording


def other_snapshot(view: View) -> Snapshot | None:
    """The snapshot chosen for comparison, by default the one before the view's; None if there is no other.

    Draws the choice. For a damaged snapshot it draws the error and returns None.
    """
    names = snapshots.published()
    others = [name for name in contract.same_version(names) if name != view.snapshot.id]
    if not others:
        why = "只有一份快照" if len(names) == 1 else "别的快照用的都是另一版数据约定，须先迁移"
        st.info(f"{why}，没有可以对比的另一份。", icon=":material/info:")
        return None
    at = names.index(view.snapshot.id)
    older = next((name for name in others if names.index(name) > at), others[-1])
    chosen = choices.choose(
        "asof2", "与哪份快照比", others, older, label_of=frame.asof_words, also_valid=names, width=320
    )
    try:
        return snapshots.find(chosen, view.snapshot.scope)
    except snapshots.Damaged as error:
        st.error(f"{error}。为免显示错误的数字，看板拒绝打开它。", icon=":material/block:")
        return None


def edition(snapshot: Snapshot) -> str:
    """'2019年12月31日第1版'."""
    return f"{wording.day(snapshot.asof)}第{snapshot.revision}版"
