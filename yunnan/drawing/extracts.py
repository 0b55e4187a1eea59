"""An extract of a snapshot's records as a file (CSV, workbook or zip): the same rows as on the page of the records."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from yunnan.data import citations, contract, record_selection
from yunnan.data.snapshots import Snapshot
from yunnan.drawing.exports import csv, xlsx
from yunnan.words import columns, wording

KINDS = {"csv": "text/csv; charset={}", "zip": "application/zip", "xlsx": xlsx.TYPE}  # ending -> media type
PIECE = 1 << 16  # bytes
NEVER = (2020, 1, 1, 0, 0, 0)  # date of the files in a zip, always the same, so that the same view gives the same bytes
READABLE = 0o644 << 16  # permissions of the files in a zip
MOST_YEARS = 5  # years that a file's name lists; of more than these, only their number is given
# Table of records -> table of the contract that its rows come from, where the two have different names.
ROWS_OF = {"beneficiaries": "people_counts"}
USE = "限业务主管部门与获授权人员内部使用；对外引用须经省民政厅同意，并注明数据截至日与数据性质。"
NO_CODE = "除地区与一个年度外还有筛选，没有凭证；要再看到同样的记录，用下面的网址"
APOSTROPHE = (
    "等号、加号、减号、@等起头的文字与长数字，在 CSV 中前加一个撇号，以免被当作公式或改成数字；去掉一个撇号即为原文。"
)


@dataclass(frozen=True)
class Extract:
    """One file to be made: the snapshot, the rows and columns of it, the kind (a key of KINDS) and the encoding."""

    snapshot: Snapshot
    selection: record_selection.Selection
    kind: str
    encoding: str
    view: str  # address of the page that shows the same

    @property
    def name(self) -> str:
        """The file's name, made from table, place, years and filters."""
        selection = self.selection
        place = "" if selection.place == record_selection.PROVINCE else self._names().get(selection.place, "")
        chosen_years = selection.chosen.get("year", ())
        years = "、".join(chosen_years) if len(chosen_years) <= MOST_YEARS else f"{len(chosen_years)}个年度"
        all_columns = "全字段" if selection.column_set == record_selection.ALL else ""
        filter_mark = "筛选" if set(selection.chosen) - {"year"} or selection.search else ""
        return csv.file_name(
            record_selection.title_of(selection.table), place, years, filter_mark, all_columns,
            asof=self.snapshot.asof, revision=self.snapshot.revision, kind=self.kind,
        )  # fmt: skip

    @property
    def header(self) -> list[str]:
        """The Chinese names of the columns with their units; the last two are as-of date and nature of the data."""
        return [*(columns.label(column) for column in self.selection.columns), "数据截至", "数据性质"]

    def total(self):
        """A row with the number of rows (rows) and the sum of each column that may be added up, by its name."""
        selection = self.selection
        return self.snapshot.total(selection.query, selection.sums, **selection.params)

    def pieces(self) -> Iterator[bytes]:
        """The file in pieces of bytes; only a CSV file is sent before all of it is made."""
        if self.kind == "csv":
            yield from self._csv()
            return
        with tempfile.TemporaryFile(prefix="export-") as file:  # both contain a hash of all rows, known after the last
            (self._workbook if self.kind == "xlsx" else self._zip)(file)
            file.seek(0)
            while piece := file.read(PIECE):
                yield piece

    def about(self, sha256: str) -> list[tuple[str, str]]:
        """The lines (item, content) of the sheet 说明. sha256: of the CSV file with the same rows."""
        selection, total = self.selection, self.total()
        sums = [
            (f"合计：{columns.label(name)}{stage and f'·{stage}'}", wording.plain(getattr(part, name)))
            for stage, part in self._sums()
            for name in selection.sums
        ]
        return [
            ("内容", f"{self.snapshot.title}：{record_selection.title_of(selection.table)}"),
            ("数据性质", self.snapshot.nature),
            ("数据截至", wording.day(self.snapshot.asof)),
            ("快照", f"{self.snapshot.id}（第{self.snapshot.revision}版）"),
            ("筛选", "；".join(selection.in_words(self._names()) or ["无（全部记录）"])),
            *([] if self.snapshot.sees_all else [("可见范围", self._seen())]),
            ("行数", f"{total.rows:,}"),
            *sums,
            ("数字凭证", citations.of_list(self.snapshot, selection) or NO_CODE),
            ("使用范围", USE),
            ("再次打开", self.view),
            ("数据的sha256（同一筛选的CSV）", sha256),
            ("撇号", APOSTROPHE),
        ]

    def _sums(self) -> list[tuple[str, Any]]:
        """(stage or '', the row of sums) of each part of the selection that may be added up."""
        parts = record_selection.summable(self.selection)
        return [(stage, self.snapshot.total(part.query, part.sums, **part.params)) for stage, part in parts]

    def fields(self) -> list[tuple[str, ...]]:
        """The lines of the sheet 字段, a header first: each column's label, name, unit, meaning and source."""
        table = ROWS_OF.get(self.selection.table, self.selection.table)
        dictionary = contract.dictionary().drop_duplicates(["table_name", "column_name"])
        own = dictionary[dictionary.table_name == table].set_index("column_name").comment
        elsewhere = dictionary.drop_duplicates("column_name").set_index("column_name").comment
        lines = [("列", "字段名", "单位", "含义", "来源")]
        for column in self.selection.columns:
            meaning = columns.COLUMNS[column].meaning or own.get(column) or elsewhere[column]
            source = f"{table}.{column}" if column in own else f"由 queries/{self.selection.query}.sql 算得"
            lines.append((columns.label(column), column, columns.COLUMNS[column].unit, meaning, source))
        return [
            *lines,
            ("数据截至", "", "", "快照的截至日", "快照清单"),
            ("数据性质", "", "", "演示（合成）或正式", "快照清单"),
        ]

    def _csv(self) -> Iterator[bytes]:
        selection = self.selection
        end = "," + csv.line((self.snapshot.asof, self.snapshot.nature))
        lines = self.snapshot.lines(
            selection.query, selection.columns, end=end, order=selection.order, **selection.params
        )
        return csv.stream(self.header, lines, encoding=self.encoding)

    def _workbook(self, file: IO[bytes]) -> None:
        selection = self.selection
        digest = hashlib.sha256()
        for piece in self._csv():
            digest.update(piece)
        tail = (self.snapshot.asof, self.snapshot.nature)
        batches = self.snapshot.rows(selection.query, selection.columns, order=selection.order, **selection.params)
        xlsx.write(
            file,
            header=self.header,
            batches=([(*row, *tail) for row in batch] for batch in batches),
            about=self.about(digest.hexdigest()),
            fields=self.fields(),
        )

    def _zip(self, file: IO[bytes]) -> None:
        digest = hashlib.sha256()
        stem = self.name.removesuffix(".zip")
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            with packed.open(_undated(f"{stem}.csv"), "w", force_zip64=True) as out:
                for piece in self._csv():
                    digest.update(piece)
                    out.write(piece)
            for name, lines in (("说明", [("项目", "内容"), *self.about(digest.hexdigest())]), ("字段", self.fields())):
                rows = "".join(csv.line(texts) for texts in lines[1:]).encode()
                body = b"".join(csv.stream(lines[0], [rows], encoding=self.encoding))
                packed.writestr(_undated(f"{stem}_{name}.csv"), body)

    def _seen(self) -> str:
        names = self._names()
        return "、".join(names[code] for code in sorted(self.snapshot.scope or ())) + "；不含其他州市的记录"

    def _names(self) -> dict[str, str]:
        names = self.snapshot.table("frame/names")
        return dict(zip(names.code, names.name, strict=True))


def _undated(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, NEVER)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, READABLE
    return info
