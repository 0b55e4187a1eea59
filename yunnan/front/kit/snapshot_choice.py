"""Another snapshot beside the one that is shown."""

import streamlit as st

from yunnan.data import snapshots
from yunnan.data.snapshots import Snapshot
from yunnan.front.address import choices, frame
from yunnan.front.address.frame import View
from yunnan.words import wording


def other_snapshot(view: View) -> Snapshot | None:
    """The snapshot the reader sets beside the frame's, until then the one before it; null when there is no other."""
    known = snapshots.published()
    others = [name for name in known if name != view.snapshot.id]
    if not others:
        st.info("只有一份快照，没有可以对比的另一份。", icon=":material/info:")
        return None
    older = others[min(known.index(view.snapshot.id), len(others) - 1)]
    chosen = choices.choose(
        "asof2", "与哪份快照比", others, older, label_of=frame.asof_words, also_valid=known, width=320
    )
    try:
        return snapshots.find(chosen, view.snapshot.scope)
    except snapshots.Damaged as error:
        st.error(f"{error}。为免显示错误的数字，看板拒绝打开它。", icon=":material/block:")
        return None


def edition(snapshot: Snapshot) -> str:
    """'2019年12月31日第1版'."""
    return f"{wording.day(snapshot.asof)}第{snapshot.revision}版"
