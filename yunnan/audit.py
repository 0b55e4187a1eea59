"""The two logs of who did what: 'exports', what left the house, and 'access', who looked and who was refused.

Both are chains of sealed lines (yunnan/exports/chain.py) in data/log, sealed by the first key of YUNNAN_LOG_KEYS.
"""

from pathlib import Path

from yunnan import keys, settings
from yunnan.exports import log
from yunnan.exports.chain import Chain

EXPORTS, ACCESS = "exports", "access"
TITLES = {EXPORTS: "导出日志", ACCESS: "访问日志"}


def folder() -> Path:
    """Where the logs lie; asked at each call so that tests can point elsewhere."""
    return settings.DATA_DIR / "log"


def chain(name: str, where: Path | None = None) -> Chain:
    """One of the logs, with the keys that seal and check it. Raises keys.NoKeys."""
    return Chain(where or folder(), name, seals())


def seals() -> dict[str, bytes]:
    """{name: secret} of the keys of the logs, none where none is set. Raises keys.NoKeys."""
    return keys.read(settings.LOG_KEYS, "YUNNAN_LOG_KEYS", "日志") if settings.LOG_KEYS else {}


def export(event: dict) -> None:
    """Write one event into the log of exports. Raises log.CannotLog: then nothing may leave."""
    try:
        log.append(chain(EXPORTS), event)
    except keys.NoKeys as error:
        raise log.CannotLog(f"导出日志无法写入：{error}") from error


def faults() -> list[str]:
    """What is wrong with the keys of the logs, a sentence each."""
    try:
        seals()
    except keys.NoKeys as error:
        return [str(error)]
    file = Path(settings.LOG_KEYS)
    if settings.LOG_KEYS and file.exists() and file.resolve().is_relative_to(folder().resolve()):
        return [f"日志密钥文件 {file} 放在日志文件夹里，能写日志的人就能重写日志；请放到别处，如 /etc/yunnan"]
    return []
