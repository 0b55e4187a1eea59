"""The registers that ship with the program as files an office may send: what they come from stands above the header."""

import csv
import io

from yunnan.ingest import forms

STAGE = "脱贫攻坚"  # whose registers ship
FOLDER = "registers"
SOURCES = {
    "policies": "来源：《中国民政》2020年的文章与公开文件，逐行见“依据”；要用的核对以后再报",
    "targets": "来源：随程序的演示目标，全部是虚构的，不是下达的；要用的换成下达的目标与文号再报",
    "programmes": "来源：《中国民政》2020年的文章，牵头单位有推定的；要用的核对以后再报",
    "county_poverty_annual": "来源：公开的数，有出处还是推算逐行写明，合成的不在内；要用的核对以后再报",
    "code_lists": "来源：随程序的词，逐行见“依据”；业务主管单位以外的，报了就以报的为准",
    "pairings": "来源：2017—2020年的东西部协作，部分为记忆或推断，未逐一核实；要用的核对以后再报",
    "county_names": "来源：政府公告，逐行见“依据”；县改名、换代码的在下面接着写",
    "place_traits": "来源：公开资料，逐行见“依据”；算作同一项的报了就以报的为准",
    "stages": "来源：《中国民政》2020年的文章；自己的阶段在下面接着写，起止季度不能重叠",
}


def files() -> dict[str, bytes]:
    """A CSV of each register by its name: a line on its source, the form's header, the rows that a return may hold."""
    return {f"{forms.TABLES[table]}.csv": _csv(table) for table in SOURCES}


def _csv(table: str) -> bytes:
    columns = forms.columns(table)
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow([SOURCES[table]])
    lines.writerow([column.label for column in columns.values()])
    for row in filter(_is_sendable, forms.rows(table)):
        lines.writerow([row.get(name, "") for name in columns])
    return text.getvalue().encode("utf-8-sig")


def _is_sendable(row: dict[str, str]) -> bool:
    """Whether an office may send a row: no invented figure of poverty, no list whose words are not an office's."""
    certainties, lists = forms.labels("certainty"), forms.labels("lists")
    return row.get("certainty", next(iter(certainties.values()))) in certainties.values() and (
        "list" not in row or row["list"] in lists.values()
    )
