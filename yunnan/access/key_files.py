"""Files of keys: names and secrets, the first one in use, the others for what was made with them.

    2020b = "at least 32 characters"
    2020a = "..."

Where a setting names no file it may hold them itself: name:secret,name:secret.
"""

import os
import re
import tomllib
from pathlib import Path

from yunnan.words import disk_errors

SHORTEST_SECRET = 32
OTHERS = 0o007  # who is neither the owner nor of the group


class NoKeys(Exception):
    """There is no key to seal or to check with, and what to do about it."""


def read(spec: str, setting: str, what: str) -> dict[str, bytes]:
    """{name: secret}, the one that seals first. Raises NoKeys."""
    if not spec:
        raise NoKeys(f"没有{what}密钥：请用 {setting} 写明密钥文件的位置")
    is_file = ":" not in spec or os.path.exists(spec)  # false, too, for what no disk would take as a name
    secrets = _of_file(Path(spec), setting, what) if is_file else _of_text(spec)
    for name, secret in secrets.items():
        if not re.fullmatch(r"[\w-]{1,40}", name, re.ASCII) or len(secret) < SHORTEST_SECRET:
            raise NoKeys(f"{what}密钥“{name[:40]}”不能用：名称用字母、数字、横线，密钥至少{SHORTEST_SECRET}个字符")
    if not secrets:
        raise NoKeys(f"{what}密钥是空的：请至少写一把，名称 = 密钥")
    return {name: secret.encode() for name, secret in secrets.items()}


def exposed(file: Path) -> str:
    """A sentence when anybody on the machine may read or write the file; empty when not. Raises OSError."""
    mode = file.stat().st_mode & 0o777
    if not mode & OTHERS:
        return ""
    return f"{file} 本机谁都能读或写（权限{mode:o}），里面的密钥等于公开；请先 chmod 640 {file}，并换掉密钥"


def _of_file(file: Path, setting: str, what: str) -> dict[str, str]:
    try:
        secrets = tomllib.loads(file.read_text(encoding="utf-8"))
        if sentence := exposed(file):
            raise NoKeys(f"{what}密钥文件 {sentence}")
    except OSError as error:
        raise NoKeys(
            f"{what}密钥文件 {file} 无法读取（{disk_errors.why(error)}）；请核对 {setting} 与文件权限"
        ) from error
    except ValueError as error:
        raise NoKeys(f'{what}密钥文件 {file} 不是正确的 TOML；一行一把，写成 2020a = "密钥"') from error
    return {name: str(secret) for name, secret in secrets.items()}


def _of_text(spec: str) -> dict[str, str]:
    return {name.strip(): secret.strip() for name, _, secret in (part.partition(":") for part in spec.split(","))}
