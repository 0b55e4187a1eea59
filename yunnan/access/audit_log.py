"""The two logs of who did what: 'exports', every file handed out, and 'access', who looked and who was refused.

Both are chains of sealed lines (yunnan/access/log_chain.py) in data/log, sealed by the first key of YUNNAN_LOG_KEYS.
"""

import hashlib
import os
import sys
import time
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Lock

from yunnan import settings
from yunnan.access import key_files, sealed_log, viewer
from yunnan.access.log_chain import Chain

EXPORTS, ACCESS = "exports", "access"
QUIET = 600  # seconds in which the same of the same person from the same address is one line
ALWAYS = ("login", "logout", "withdraw", "retract")
MOST = 4096  # of these that are remembered
LONGEST = 300  # characters of a value: what a stranger sends must not fill the disk
_lately: OrderedDict[bytes, float] = OrderedDict()
_lock = Lock()
FEWEST_MONTHS, MOST_MONTHS = 6, 1200  # six: 《网络安全法》 asks for no less
SETTINGS = {EXPORTS: "EXPORT_LOG_MONTHS", ACCESS: "ACCESS_LOG_MONTHS"}
TITLES = {EXPORTS: "导出日志", ACCESS: "访问日志"}


def folder() -> Path:
    """Where the logs lie; asked at each call so that tests can point elsewhere."""
    return settings.DATA_DIR / "log"


def chain(name: str, log_folder: Path | None = None) -> Chain:
    """One of the logs, with the keys that seal and check it. Raises keys.NoKeys."""
    return Chain(log_folder or folder(), name, seals())


def seals() -> dict[str, bytes]:
    """{name: secret} of the keys of the logs, none where none is set. Raises keys.NoKeys."""
    return key_files.read(settings.LOG_KEYS, "YUNNAN_LOG_KEYS", "日志") if settings.LOG_KEYS else {}


def export(event: dict) -> None:
    """Write one event into the log of exports. Raises log.CannotLog: then nothing may leave."""
    try:
        sealed_log.append(chain(EXPORTS), event)
    except key_files.NoKeys as error:
        raise sealed_log.CannotLog(f"导出日志无法写入：{error}") from error


def origin(who: str) -> dict[str, str]:
    """The name, source address and signed link's key that both logs write in each line."""
    visit = viewer.visit()
    return {"who": who, "address": visit.address} | ({"link": visit.link} if visit.link else {})


def note(event: str, who: str, **facts: object) -> None:
    """Write an event into the access log, the same one at most once in QUIET; a failure to write goes to stderr."""
    entry = {"event": event, **origin(who), **facts}
    entry = {name: _short(value) for name, value in entry.items()}
    if event not in ALWAYS and not _is_new(key := _key(entry)):
        return
    try:
        sealed_log.append(chain(ACCESS), entry)
    except (sealed_log.CannotLog, key_files.NoKeys) as error:
        print(f"访问日志少了一行：{error}", file=sys.stderr, flush=True)
        if event not in ALWAYS:
            _forget(key)


def _key(entry: dict) -> bytes:
    """Hash by which repeats are skipped. A refused caller's own words are left out: each would be a new line."""
    if entry["event"] == "refused" and not entry["who"]:
        is_ours = entry.get("status", 403) == 403  # other sentences repeat what was sent
        entry = {"event": "refused", "address": entry["address"], "why": entry["why" if is_ours else "status"]}
    return hashlib.sha256(repr(entry).encode("utf-8", "replace")).digest()


def _is_new(key: bytes) -> bool:
    now = time.monotonic()
    with _lock:
        if now - _lately.get(key, -QUIET) < QUIET:
            return False
        _lately[key] = now
        _lately.move_to_end(key)
        while len(_lately) > MOST:
            _lately.popitem(last=False)
    return True


def _forget(key: bytes) -> None:
    """What could not be written is tried again the next time."""
    with _lock:
        _lately.pop(key, None)


def _short(value: object) -> object:
    if isinstance(value, dict):
        return {str(key)[:40]: _short(one) for key, one in list(value.items())[:20]}
    return value[:LONGEST] if isinstance(value, str) else value


def months(name: str) -> int:
    """For how many months a log is kept. Raises ValueError with a sentence."""
    setting, months_text = f"YUNNAN_{SETTINGS[name]}", getattr(settings, SETTINGS[name])
    if not months_text.isdecimal() or not FEWEST_MONTHS <= int(months_text) <= MOST_MONTHS:
        raise ValueError(f"{setting} 的值“{months_text}”不对，应是{FEWEST_MONTHS}到{MOST_MONTHS}的整数（月）")
    return int(months_text)


def oldest(name: str, today: date) -> str:
    """The oldest month that is still kept of a log, '2025-11'. Raises ValueError with a sentence."""
    count = today.year * 12 + today.month - 1 - months(name)
    return f"{count // 12}-{count % 12 + 1:02d}"


def faults() -> list[str]:
    """What is wrong with the settings of the logs, a sentence each."""
    return [*_faults_of_keys(), *_faults_of_months()]


def _faults_of_months() -> Iterator[str]:
    for name in SETTINGS:
        try:
            months(name)
        except ValueError as error:
            yield str(error)


def _faults_of_keys() -> list[str]:
    try:
        seals()
    except key_files.NoKeys as error:
        return [str(error)]
    file = Path(settings.LOG_KEYS)
    if settings.LOG_KEYS and os.path.exists(file) and file.resolve().is_relative_to(folder().resolve()):
        return [f"日志密钥文件 {file} 放在日志文件夹里，能写日志的人就能重写日志；请放到别处，如 /etc/yunnan"]
    return []
