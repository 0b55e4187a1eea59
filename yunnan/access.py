"""Who is looking, and what they may see. A scope is a set of prefecture codes; None is the whole province."""

Scope = frozenset[str] | None

WHOLE_PROVINCE: Scope = None


def scope() -> Scope:
    """The scope of whoever looks now; for the time being always the whole province."""
    return WHOLE_PROVINCE


def who() -> str:
    """Who looks now, for the log; empty while nobody is asked."""
    return ""
