"""Everything the environment may change. The only module that reads os.environ."""

import os
import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

FAULTS: list[str] = []  # what cannot be right: server and command line say it and do not start; else defaults hold


def _fitting(name: str, default: str, pattern: str, how: str) -> str:
    """The setting, or its default and a fault when it is not of the pattern."""
    text = os.environ.get(name, default)
    if re.fullmatch(pattern, text, re.ASCII):
        return text
    FAULTS.append(f"{name} 的值“{text[:80]}”不对，应是{how}")
    return default


def _zone(name: str, default: str) -> ZoneInfo:
    text = os.environ.get(name, default)
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        FAULTS.append(f"{name} 的值“{text[:80]}”不对，应是时区的名称，如 {default}")
        return ZoneInfo(default)


ROOT = Path(__file__).parent.parent
REFERENCE_DIR = ROOT / "data" / "reference"
DATA_DIR = Path(os.environ.get("YUNNAN_DATA_DIR", ROOT / "data"))
AGENDAS_DIR = Path(os.environ.get("YUNNAN_AGENDAS_DIR", DATA_DIR / "agendas"))  # the samples lie with the demo's data
THREADS = int(_fitting("YUNNAN_THREADS", str(os.cpu_count() or 2), "[1-9][0-9]{0,2}", "1到999的整数"))
MEMORY_LIMIT = _fitting("YUNNAN_MEMORY_LIMIT", "2GB", "[1-9][0-9]*([.][0-9]+)?[KMGT]i?B", "大小，如 2GB、512MB")
TITLE = os.environ.get("YUNNAN_TITLE", "")  # empty: as the stage of the snapshot has it

# When returns are due and by which clock: the day of the month after the quarter and the hour, as docs/deploy.md says;
# empty where the environment says nothing, and the data folder does (yunnan/data/due_dates.py).
ZONE = _zone("YUNNAN_TIMEZONE", "Asia/Shanghai")
DEADLINE_FORM = "(0?[1-9]|1[0-9]|2[0-8]) ([01][0-9]|2[0-3]):[0-5][0-9]"
DEADLINE_WORDS = "季后次月的日（1到28）与时刻，如 10 18:00"
DEADLINE = _fitting("YUNNAN_DEADLINE", "", f"({DEADLINE_FORM})?", DEADLINE_WORDS)

# Who may look, and what other pages may hold the dashboard: docs/deploy.md says what each is for.
IDENTITY = os.environ.get("YUNNAN_IDENTITY", "none")
PROXIES = os.environ.get("YUNNAN_PROXIES", "127.0.0.1,::1").split(",")
PROXY_SECRET = os.environ.get("YUNNAN_PROXY_SECRET", "")
IDENTITY_HEADER = os.environ.get("YUNNAN_IDENTITY_HEADER", "X-Remote-User")
GROUPS_HEADER = os.environ.get("YUNNAN_GROUPS_HEADER", "X-Remote-Groups")
OIDC_NAME = os.environ.get("YUNNAN_OIDC_NAME", "email")
OIDC_GROUPS = os.environ.get("YUNNAN_OIDC_GROUPS", "groups")
OIDC_HOURS = os.environ.get("YUNNAN_OIDC_HOURS", "12")
SECRETS = os.environ.get("YUNNAN_SECRETS", str(ROOT / ".streamlit" / "secrets.toml"))
PEOPLE = os.environ.get("YUNNAN_PEOPLE", "")
SIGNED_LINKS = os.environ.get("YUNNAN_SIGNED_LINKS", "optional")
SIGNING_KEYS = os.environ.get("YUNNAN_SIGNING_KEYS", "")
LOG_KEYS = os.environ.get("YUNNAN_LOG_KEYS", "")
EXPORT_LOG_MONTHS = os.environ.get("YUNNAN_EXPORT_LOG_MONTHS", "36")
ACCESS_LOG_MONTHS = os.environ.get("YUNNAN_ACCESS_LOG_MONTHS", "12")
FRAME_ANCESTORS = os.environ.get("YUNNAN_FRAME_ANCESTORS", "'self'")
SEATS = os.environ.get("YUNNAN_SEATS", "300")  # readers at once; the unit's TasksMax allows a thread for each
CSP = os.environ.get("YUNNAN_CSP", "")
REQUEST_LOG = os.environ.get("YUNNAN_REQUEST_LOG", "off")

# DuckDB's allocator gives back after 0.05 seconds what a query has let go of, not after 10: a server that has sent a
# file of a million rows is as small as before. Read when DuckDB is loaded, so this module comes first.
os.environ.setdefault("DUCKDB_JE_MALLOC_CONF", "dirty_decay_ms:50,muzzy_decay_ms:0")


def trust_no_forwarded_address() -> None:
    """Keep uvicorn from taking a client's word for the address it comes from: the gate must see the true one."""
    os.environ["FORWARDED_ALLOW_IPS"] = ""


def local(moment: datetime) -> datetime:
    """A moment by the clock of ZONE, without naming the zone; one that names none is by that clock already."""
    return moment.astimezone(ZONE).replace(tzinfo=None) if moment.tzinfo else moment


def now() -> datetime:
    """The moment by the clock of ZONE, to the second."""
    return datetime.now(ZONE).replace(microsecond=0, tzinfo=None)


def today() -> date:
    """The day by the clock of ZONE."""
    return now().date()


def snapshots_dir() -> Path:
    """Where published snapshots lie; read at each call so that tests can point elsewhere."""
    return DATA_DIR / "snapshots"
