"""Who owes returns, as somebody types it: names and codes of places apart by commas."""

import re

from yunnan.cli.terminal import stop
from yunnan.data import due_dates

ALL = "全部"


def read(text: str) -> tuple[str, ...]:
    """Their codes in the usual order; none where all are named. Stops with a sentence on a place that is not one."""
    from yunnan.ingest import places  # whose tables only returns need

    everyone = due_dates.everyone()
    if text.strip() == ALL:
        return ()
    named = [word for word in re.split(r"[,，、;；\s]+", text) if word]
    readings = {word: places.prefecture(word) for word in named}
    unknown = [word for word, reading in readings.items() if reading.value not in everyone]
    if unknown or not named:
        wrong = "、".join(unknown) or "空的"
        stop(f"报送单位“{wrong}”认不出；--senders 请写州市的名称或代码，省本级写 省本级，用逗号分开；17个都报写 {ALL}")
    codes = {str(reading.value) for reading in readings.values()}
    return () if codes == everyone.keys() else tuple(code for code in everyone if code in codes)
