"""Who is looking, and what they may see. A scope is a set of prefecture codes; None is the whole province.

Names come from outside: from nobody (YUNNAN_IDENTITY=none), from a header that the portal's proxy sets, or from an
OpenID provider. yunnan/server/gate.py reads them off each request, and yunnan/access/people_file.py says what each
may see. Without an identified viewer there is no scope: asking for one raises Unknown, it never means everything.
"""

import base64
import hmac
import json
import secrets
import sys
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace

from yunnan import settings
from yunnan.access import people_file
from yunnan.access.people_file import Right, Scope

WHOLE_PROVINCE: Scope = None
NONE, HEADER, OIDC = "none", "header", "oidc"  # where names come from
LOOKER = "x-yunnan-looker"  # a header from the gate to the pages; a client's own never gets past the gate
ADDRESS = "x-yunnan-address"  # a header from the gate to the pages as well: the request's source address
_SEAL = secrets.token_hex()  # random for each process: no client can forge a valid seal
EVERYTHING = Right("staff", WHOLE_PROVINCE, "rows")


class Unknown(Exception):
    """The viewer is not identified; what to do about it."""


class Unlisted(Unknown):
    """The viewer is identified and has no right to look; what to do about it."""


@dataclass(frozen=True)
class Person:
    """A viewer: a name for the log ('' where no names are used), and what they may see and export."""

    name: str
    right: Right


@dataclass(frozen=True)
class Visit:
    """How the viewer came, for the logs: source address, and the key of the signed link."""

    address: str = ""
    link: str = ""


NOWHERE = Visit()
_visit: ContextVar[Visit] = ContextVar("visit", default=NOWHERE)
_looking: ContextVar[Person | str | None] = ContextVar("looking", default=None)  # text: a name that may not look


def person() -> Person:
    """The current viewer. Raises Unknown."""
    if settings.IDENTITY == NONE:
        return Person("", EVERYTHING)
    current = _looking.get()
    if isinstance(current, Person):
        return current
    if current:
        raise Unlisted(f"“{current}”不在可查看人员之列。需要查看的，请联系管理员登记")
    if can_log_in():
        raise Unknown("本看板只对登记的人员开放。请用单位账号登录")
    raise Unknown("看板没有认出您是谁。请从单位门户登录后打开；仍不能打开的，请联系管理员登记")


def stranger() -> str:
    """Why the current viewer may not look; '' for those who may."""
    try:
        person()
    except Unknown as error:
        return str(error)
    return ""


def scope() -> Scope:
    """The current viewer's scope. Raises Unknown."""
    return person().right.scope


def who() -> str:
    """The current viewer's name, for the log; '' where no names are used. Raises Unknown."""
    return person().name


def exports(kind: str) -> bool:
    """Whether the current viewer may export 'tables' (the numbers behind a chart) or 'rows'. Raises Unknown."""
    return not is_bare() and people_file.EXPORTS.index(person().right.exports) >= people_file.EXPORTS.index(kind)


def is_bare() -> bool:
    """Whether Streamlit's own command has started the pages: nothing answers an address of a file then."""
    return "streamlit.web.cli" in sys.modules


def can_log_in() -> bool:
    """Whether readers log in and out here, with the OpenID provider."""
    return settings.IDENTITY == OIDC


def enter(seal: str | None) -> None:
    """Set the viewer of this thread or task from the gate's seal; no viewer where the seal is not the gate's."""
    _looking.set(_opened(seal))


def come(address: str) -> None:
    """Set the source address of this thread's or task's visit."""
    _visit.set(Visit(address))


def come_by(link: str) -> None:
    """Note in the visit that it uses a signed link of this key."""
    _visit.set(replace(_visit.get(), link=link))


def visit() -> Visit:
    """The current visit."""
    return _visit.get()


def looker() -> str:
    """The current viewer's name, also of one who may not look; '' without a viewer."""
    current = _looking.get()
    return current.name if isinstance(current, Person) else current or ""


def seal(name: str, groups: Sequence[str] = ()) -> str:
    """A name and its groups as the gate hands them on."""
    payload = json.dumps([name, *groups], ensure_ascii=False).encode()
    return f"{_SEAL}.{base64.urlsafe_b64encode(payload).decode()}"


def _opened(sealed: str | None) -> Person | str | None:
    mark, _, payload = (sealed or "").partition(".")
    if not hmac.compare_digest(mark.encode(), _SEAL.encode()):
        return None
    name, *groups = json.loads(base64.urlsafe_b64decode(payload))
    right = people_file.configured().right(name, groups)
    return Person(name, right) if right else name
