"""Checks of the settings before the server starts: values that are wrong, contradict, or name files it cannot read."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from yunnan import settings
from yunnan.access import audit_log, key_files, people_file, signed_links, viewer
from yunnan.server import gate
from yunnan.words import disk_errors

IDENTITIES = (viewer.NONE, viewer.HEADER, viewer.OIDC)
PROVIDER = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")

TOKEN = re.compile(r"[A-Za-z0-9-]+")
LINE = re.compile(r"[\x20-\x7e]+")


def faults(base: str | None = None) -> Iterator[str]:
    """A sentence for each fault: what, where, what to do. base: the path below which the dashboard is, if given."""
    yield from settings.FAULTS
    yield from _text_faults()
    yield from _choice_faults("YUNNAN_IDENTITY", settings.IDENTITY, IDENTITIES)
    yield from _choice_faults("YUNNAN_SIGNED_LINKS", settings.SIGNED_LINKS, ("optional", "required"))
    yield from _choice_faults("YUNNAN_REQUEST_LOG", settings.REQUEST_LOG, ("off", "on"))
    if not settings.SEATS.isascii() or not settings.SEATS.isdigit() or not 1 <= int(settings.SEATS) <= 10_000:
        yield f"YUNNAN_SEATS 的值“{settings.SEATS}”不对，应是1到10000的整数（同时看的人数）"
    try:
        gate.proxies()
    except ValueError:
        yield f"YUNNAN_PROXIES 中有不是地址的内容：{','.join(settings.PROXIES)}；写成 127.0.0.1,10.1.0.0/16"
    if settings.PROXY_SECRET and len(settings.PROXY_SECRET) < key_files.SHORTEST_SECRET:
        yield f"YUNNAN_PROXY_SECRET 太短，能被猜出；至少{key_files.SHORTEST_SECRET}个字符，用 openssl rand -hex 32 生成"
    if settings.IDENTITY != viewer.NONE:
        yield from _read_errors(people_file.configured)
        yield from _writable_faults(Path(settings.PEOPLE))
    if settings.IDENTITY == viewer.OIDC:
        yield from _provider_faults(base)
    if signed_links.is_required() or settings.SIGNING_KEYS:
        yield from _read_errors(signed_links.keys)
    yield from audit_log.faults()


def _text_faults() -> Iterator[str]:
    """Faults of settings that become part of headers, and of the data folder's."""
    for name in ("IDENTITY_HEADER", "GROUPS_HEADER"):
        if not TOKEN.fullmatch(header := getattr(settings, name)):
            yield f"YUNNAN_{name} 的值“{header[:80]}”不对，应是请求头的名称，只用字母、数字与横线"
    if not LINE.fullmatch(settings.FRAME_ANCESTORS) or ";" in settings.FRAME_ANCESTORS:
        yield f"YUNNAN_FRAME_ANCESTORS 的值“{settings.FRAME_ANCESTORS[:80]}”不对，应是网站的地址，空格分开，不含分号"
    if settings.CSP and not LINE.fullmatch(settings.CSP):
        yield "YUNNAN_CSP 有换行或不是英文的字符；整条策略写在一行里"
    if settings.DATA_DIR.exists() and not settings.DATA_DIR.is_dir():
        yield f"YUNNAN_DATA_DIR 的值 {settings.DATA_DIR} 不是文件夹"


def _choice_faults(name: str, value: str, choices: tuple[str, ...]) -> Iterator[str]:
    if value not in choices:
        yield f"{name} 的值“{value}”不对，应是 {'、'.join(choices)} 之一"


def _read_errors(read) -> Iterator[str]:
    try:
        read()
    except (people_file.Unusable, signed_links.NoKeys) as error:
        yield str(error)


def _writable_faults(file: Path) -> Iterator[str]:
    if file.is_file() and file.stat().st_mode & 0o002:
        yield f"人员文件 {file} 本机谁都能写，谁都能给自己权限；请先 chmod 640 {file}"


def _provider_faults(base: str | None) -> Iterator[str]:
    if not settings.OIDC_HOURS.isdecimal() or not 1 <= int(settings.OIDC_HOURS) <= 720:
        yield f"YUNNAN_OIDC_HOURS 的值“{settings.OIDC_HOURS}”不对，应是1到720的整数（小时）"
    file = f"密钥文件 {settings.SECRETS}"
    try:
        auth = tomllib.loads(Path(settings.SECRETS).read_text(encoding="utf-8")).get("auth")
        if sentence := key_files.exposed(Path(settings.SECRETS)):
            yield f"密钥文件 {sentence}"
    except OSError as error:
        yield f"{file} 无法读取（{disk_errors.why(error)}）；请核对 YUNNAN_SECRETS 与文件权限，写法见 docs/deploy.md"
        return
    except ValueError:
        yield f"{file} 不是正确的 TOML；写法见 docs/deploy.md"
        return
    auth = auth if isinstance(auth, dict) else {}
    if lacking := [name for name in PROVIDER if not isinstance(auth.get(name), str) or not auth[name]]:
        yield f"{file} 的 [auth] 一节缺少 {'、'.join(lacking)}；写法见 docs/deploy.md"
        return
    if len(auth["cookie_secret"]) < (least := key_files.SHORTEST_SECRET):
        yield f"{file} 的 cookie_secret 太短，能被猜出；至少{least}个字符，用 openssl rand -hex 32 生成"
    back = f"/{base.strip('/')}/oauth2callback" if base and base.strip("/") else "/oauth2callback"
    path = urlsplit(auth["redirect_uri"]).path
    if not path.endswith(back) or (base is not None and path != back):
        yield f"{file} 的 redirect_uri 应是 https://门户{back}，现在是 {auth['redirect_uri']}"
