"""Links that a portal may embed and nobody can alter: HMAC-SHA256 over the page, its parameters and the expiry.

    /prefecture?embed=true&place=533300&exp=1609459200&key=2020a&sig=...

Every parameter is signed but those in FREE, which choose no data; so none can be changed, added or taken away. Keys
come from YUNNAN_SIGNING_KEYS: a TOML file of names and secrets, or name:secret,name:secret. The first signs, all are
accepted: put a new one first, and take the old one out when its links have expired.
"""

import hashlib
import hmac
import re
import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlencode

from yunnan import settings
from yunnan.access.key_files import NoKeys, read

__all__ = ["NoKeys", "Refused", "check", "is_required", "is_signed", "keys", "sign"]

EXPIRY, KEY, SIGNATURE = "exp", "key", "sig"
SEAL = {EXPIRY, KEY, SIGNATURE}
# How it looks, and which page of a table: what a reader may change, and Streamlit writes into the address by itself.
# HARMLESS: what WeChat, portals and log-ins add to any link that passes through them; no page reads it.
HARMLESS = ("isappinstalled", "_t", "ticket", "nsukey", "scene", "clicktime", "enterid")
FREE = re.compile(rf"embed|embed_options|theme|mode|bars|page|page_\w+|{'|'.join(HARMLESS)}")
FORWARDED = {"singlemessage", "groupmessage", "timeline"}  # ?from= of WeChat; any other is not ours to take
SKEW = 60  # seconds by which the clocks of two machines may differ
LONGEST_DAYS = 366


class Refused(Exception):
    """The link is not valid: why, and what to do."""


def is_required() -> bool:
    """Whether nothing is shown without a signed link."""
    return settings.SIGNED_LINKS == "required"


def sign(page: str, params: Mapping[str, str], expires: float) -> dict[str, str]:
    """The parameters with expiry, key and signature. Raises NoKeys."""
    name, secret = next(iter(keys().items()))
    sealed = {**params, EXPIRY: str(int(expires)), KEY: name}
    return sealed | {SIGNATURE: _mac(secret, page, sealed.items())}


def check(page: str, params: Iterable[tuple[str, str]], now: float | None = None) -> float:
    """When the link of this page with all these parameters expires. Raises Refused, NoKeys."""
    pairs, now = list(params), time.time() if now is None else now
    seal = {name: value for name, value in pairs if name in SEAL}
    if SIGNATURE not in seal:
        raise Refused("这个链接没有签名，不能查看。请使用门户网页里的链接，或向发布单位索取")
    secret = keys().get(seal.get(KEY, ""))
    if secret is None:
        raise Refused("这个链接的密钥不存在或已停用。请向发布单位索取新的链接")
    rest = [(name, value) for name, value in pairs if name != SIGNATURE]
    if len(seal) < len([name for name, _ in pairs if name in SEAL]) or not hmac.compare_digest(
        seal[SIGNATURE].encode(), _mac(secret, page, rest).encode()
    ):
        raise Refused("这个链接被改动过，或不是本看板签发的，不能查看。请使用原来的链接，或向发布单位索取")
    if not re.fullmatch(r"\d{1,11}", seal.get(EXPIRY, ""), re.ASCII):
        raise Refused("这个链接没有写明到期时间，不能查看。请向发布单位索取新的链接")
    return _in_time(int(seal[EXPIRY]), now)


def is_signed(params: Iterable[tuple[str, str]]) -> bool:
    """Whether the address says that it is signed; then it must be right, whether required or not."""
    return any(name in SEAL for name, _ in params)


def keys() -> dict[str, bytes]:
    """{name: secret}, the one that signs first. Raises NoKeys."""
    return read(settings.SIGNING_KEYS, "YUNNAN_SIGNING_KEYS", "签名")


def _mac(secret: bytes, page: str, pairs: Iterable[tuple[str, str]]) -> str:
    signed = sorted((name, value) for name, value in pairs if not _is_free(name, value))
    return hmac.new(secret, f"{page}\n{urlencode(signed)}".encode(), hashlib.sha256).hexdigest()


def _is_free(name: str, value: str) -> bool:
    return bool(FREE.fullmatch(name)) or (name == "from" and value in FORWARDED)


def _in_time(expires: int, now: float) -> float:
    if now > expires + SKEW:
        day = f"{datetime.fromtimestamp(expires, settings.ZONE):%Y年%m月%d日 %H:%M}"
        raise Refused(f"这个链接已于{day}到期。请向发布单位索取新的链接")
    if expires > now + LONGEST_DAYS * 86_400 + SKEW:
        raise Refused("这个链接的有效期过长，或服务器的时钟不对，不能查看。请通知维护人员核对时间")
    return expires
