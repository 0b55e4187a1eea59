"""What kind of file this is, by its content; whatever must not be opened is refused here, by name."""

import hashlib
import os
import re
import stat
import zipfile
import zlib
from pathlib import Path

from yunnan.ingest.notes import Unreadable
from yunnan.ingest.personal import masked

EXTENSIONS = {".xlsx": "xlsx", ".xls": "xls", ".ods": "ods", ".csv": "csv", ".txt": "csv", ".tsv": "csv"}
LONGEST_NAME = 120  # characters of a name that are kept
LONGEST_BYTES, SHORT_NAME = 255, 60  # bytes of a name that a disk takes; characters of one that we shorten
LARGEST = 120_000_000  # bytes of a file
UNPACKED, ENTRIES, RATIO, SMALL = 900_000_000, 3_000, 250, 20_000_000  # of a packed one
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
ENCRYPTED, MACROS = "EncryptedPackage".encode("utf-16-le"), "_VBA_PROJECT".encode("utf-16-le")
XLS_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
PROLOG = 65_536  # bytes in which a declaration of entities must stand
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OTHERS = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"MZ": "程序",
    b"\x7fELF": "程序",
    b"\x1f\x8b": "压缩包",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"{\\rtf": "文稿",
}


def kind(path: Path) -> str:
    """'xlsx', 'xls', 'ods' or 'csv'. Raises Unreadable for anything else and for what is unsafe to open."""
    given = EXTENSIONS.get(path.suffix.lower())
    if given is None:
        raise Unreadable(
            "DQ-33",
            f"不收扩展名为“{masked(path.suffix)[:12] or '（无）'}”的文件；请另存为 .xlsx、.xls、.ods 或 .csv 再报",
        )
    if path.is_symlink():
        raise Unreadable("DQ-33", "是指向别处的链接，不是文件本身；请给出报表文件")
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("DQ-33", "文件是空的，一个字节也没有；请检查后重新导出再报")
    if size > LARGEST:
        raise Unreadable(
            "DQ-33", f"文件有{size / 1e6:,.0f}MB，超过{LARGEST / 1e6:,.0f}MB的上限；请按县或按月拆成几份再报"
        )
    file_kind = _content(path)
    if file_kind != given:
        raise Unreadable(
            "DQ-33",
            f"扩展名是 {path.suffix}，内容却是{_name_of_kind(file_kind)}；请用表格软件打开，另存为与内容相符的格式再报",
        )
    return file_kind


def label(path: Path) -> str:
    """The file's name, safe to print and store: nothing personal, no invisible characters, not too long."""
    name = masked(readable(path.name))
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 9]}…{name[-8:]}"


def readable(name: str) -> str:
    """A file's name as text: its bytes are UTF-8, else those of GBK, in which older systems write."""
    written = os.fsencode(name)
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("gb18030", "replace")


def beside(path: Path, ending: str) -> Path:
    """Where a file of ours lies beside a return: its name and the ending, shortened where that is too long a name."""
    name = os.fsencode(path.name)
    if len(name) + len(os.fsencode(ending)) <= LONGEST_BYTES:
        return path.with_name(path.name + ending)
    mark = hashlib.sha256(name).hexdigest()[:8]
    return path.with_name(f"{readable(path.name)[:SHORT_NAME]}…{mark}{ending}")


def fingerprint(path: Path) -> str | None:
    """The file's sha256; None when it is no regular file, cannot be read, or is too large to be read at all."""
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK | os.O_NOFOLLOW)) as file:
            file_status = os.fstat(file.fileno())
            if not stat.S_ISREG(file_status.st_mode) or file_status.st_size > 10 * LARGEST:
                return None
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _name_of_kind(file_kind: str) -> str:
    return {"csv": "文本", "xlsx": "Excel 工作簿（.xlsx）", "xls": "旧版 Excel（.xls）", "ods": "ODS 表格"}[file_kind]


def _content(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(path)
    for start, name in OTHERS.items():
        if head.startswith(start):
            raise Unreadable("DQ-33", f"内容是{name}，不是表格；请用表格软件另存为 .xlsx 或 .csv 再报")
    text = head.lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if text.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<")):
        raise Unreadable(
            "DQ-33", "内容是网页，不是表格（有的系统导出时只改了扩展名）；请用表格软件打开，另存为 .xlsx 再报"
        )
    return "csv"


def _compound(path: Path) -> str:
    data = path.read_bytes()
    if ENCRYPTED in data:
        raise Unreadable("DQ-33", "工作簿设了打开密码；请取消密码（文件—信息—保护工作簿）后再报")
    if MACROS in data:
        raise Unreadable("DQ-33", "工作簿带有宏；请另存为不含宏的 .xlsx 再报")
    if not any(name in data for name in XLS_STREAMS):
        raise Unreadable("DQ-33", "内容是其他 Office 文档，不是工作簿；请另存为 .xlsx 再报")
    return "xls"


def _packed(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as pack:
            entries = pack.infolist()
            _bounded(entries)
            names = {entry.filename for entry in entries}
            _plain_xml(pack, names)
            if "mimetype" in names:
                return _open_document(pack, names)
            return _office(names)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:  # Runtime: packed in no known way
        raise Unreadable("DQ-33", "工作簿已经损坏，打不开；请用表格软件重新保存再报") from error


def _bounded(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > ENTRIES:
        raise Unreadable("DQ-33", f"压缩内容有{len(entries):,}个部件，不是正常的工作簿；请重新保存再报")
    if len({entry.filename for entry in entries}) < len(entries):
        raise Unreadable("DQ-33", "压缩内容有重名部件，不是正常的工作簿；请重新保存再报")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("DQ-33", "文件加了密码；请取消密码后再报")
    unpacked = sum(entry.file_size for entry in entries)
    crowded = any(e.file_size > SMALL and e.file_size > RATIO * max(e.compress_size, 1) for e in entries)
    if unpacked > UNPACKED or crowded:
        raise Unreadable(
            "DQ-33", f"压缩异常：展开后有{unpacked / 1e6:,.0f}MB，疑似压缩炸弹；请重新保存，或拆成几份再报"
        )


def _plain_xml(pack: zipfile.ZipFile, names: set[str]) -> None:
    """No part declares entities of its own: no program of offices does, and a reader might fetch or unfold them."""
    for name in names:
        if name.lower().endswith((".xml", ".rels")):
            with pack.open(name) as stream:
                head = stream.read(PROLOG).replace(b"\0", b"")
            if DOCTYPE.search(head):
                raise Unreadable("DQ-33", "工作簿的部件里有文档类型声明（DTD），不安全；请用表格软件重新保存再报")


def _office(names: set[str]) -> str:
    lower = {name.lower() for name in names}
    if any("vbaproject" in name or "macrosheets/" in name or "activex/" in name for name in lower):
        raise Unreadable("DQ-33", "工作簿带有宏；请另存为不含宏的 .xlsx 再报")
    if "xl/connections.xml" in lower:
        raise Unreadable("DQ-33", "工作簿链接了别的数据源，数值不可靠；请断开链接、粘贴为数值后再报")
    if "xl/workbook.xml" not in names:
        what = "二进制工作簿（.xlsb）" if "xl/workbook.bin" in lower else "其他文档或压缩包"
        raise Unreadable("DQ-33", f"内容是{what}，不是 .xlsx 工作簿；请另存为 .xlsx 再报")
    return "xlsx"


def _open_document(pack: zipfile.ZipFile, names: set[str]) -> str:
    if pack.read("mimetype").strip() != ODS:
        raise Unreadable("DQ-33", "内容是其他文档，不是 ODS 表格；请另存为 .xlsx 或 .ods 再报")
    if "META-INF/manifest.xml" in names and b"encryption-data" in pack.read("META-INF/manifest.xml"):
        raise Unreadable("DQ-33", "表格设了打开密码；请取消密码后再报")
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names):
        raise Unreadable("DQ-33", "表格带有宏；请另存为不含宏的文件再报")
    return "ods"
