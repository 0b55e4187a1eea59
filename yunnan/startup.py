"""What keeps the server from starting: settings that contradict each other or name what cannot be read."""

from collections.abc import Iterator

from streamlit.runtime.secrets import secrets_singleton

from yunnan import access, gate, rights, settings, signing

IDENTITIES = (access.NONE, access.HEADER, access.OIDC)


def faults() -> Iterator[str]:
    """A sentence for each: what, where, what to do."""
    yield from _one_of("YUNNAN_IDENTITY", settings.IDENTITY, IDENTITIES)
    yield from _one_of("YUNNAN_SIGNED_LINKS", settings.SIGNED_LINKS, ("optional", "required"))
    yield from _one_of("YUNNAN_REQUEST_LOG", settings.REQUEST_LOG, ("off", "on"))
    try:
        gate.proxies()
    except ValueError:
        yield f"YUNNAN_PROXIES 中有不是地址的内容：{','.join(settings.PROXIES)}；写成 127.0.0.1,10.1.0.0/16"
    if settings.IDENTITY != access.NONE:
        yield from _of(rights.known)
    if settings.IDENTITY == access.OIDC and not _has_provider():
        yield "YUNNAN_IDENTITY=oidc 需要 .streamlit/secrets.toml 的 [auth] 一节；写法见 docs/deploy.md"
    if signing.is_required() or settings.SIGNING_KEYS:
        yield from _of(signing.keys)


def _one_of(name: str, told: str, known: tuple[str, ...]) -> Iterator[str]:
    if told not in known:
        yield f"{name} 的值“{told}”不对，应是 {'、'.join(known)} 之一"


def _of(read) -> Iterator[str]:
    try:
        read()
    except (rights.Unusable, signing.NoKeys) as error:
        yield str(error)


def _has_provider() -> bool:
    return secrets_singleton.load_if_toml_exists() and "auth" in secrets_singleton
