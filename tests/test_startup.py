"""A setting that cannot be right keeps the server from starting, and says what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from yunnan import settings
from yunnan.access import signed_links
from yunnan.cli import main as command_line
from yunnan.server import startup_checks
from yunnan.server.response_headers import policy

KEYS = f"2020a:{'s' * 32}"


def test_as_it_comes_nothing_is_wrong():
    assert list(startup_checks.faults()) == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"IDENTITY": "ldap"}, "YUNNAN_IDENTITY 的值“ldap”不对，应是 none、header、oidc 之一"),
        ({"SIGNED_LINKS": "yes"}, "YUNNAN_SIGNED_LINKS 的值“yes”不对"),
        ({"REQUEST_LOG": "1"}, "YUNNAN_REQUEST_LOG 的值“1”不对"),
        ({"SEATS": "many"}, "YUNNAN_SEATS 的值“many”不对，应是1到10000的整数"),
        ({"PROXIES": ["10.0.0.1", "portal"]}, "YUNNAN_PROXIES 中有不是地址的内容"),
        ({"IDENTITY": "header"}, "没有人员文件"),
        ({"IDENTITY": "header", "PEOPLE": "no/such/people.toml"}, "无法读取"),
        ({"SIGNED_LINKS": "required"}, "没有签名密钥"),
        ({"SIGNING_KEYS": "no/such/keys.toml"}, "签名密钥文件 no/such/keys.toml 无法读取"),
        ({"IDENTITY": "oidc"}, "secrets.toml"),
        ({"IDENTITY_HEADER": "X User"}, "YUNNAN_IDENTITY_HEADER 的值“X User”不对"),
        ({"GROUPS_HEADER": ""}, "YUNNAN_GROUPS_HEADER 的值“”不对"),
        ({"FRAME_ANCESTORS": "'self'; script-src *"}, "YUNNAN_FRAME_ANCESTORS 的值"),
        ({"CSP": "default-src 'self'\nX-Evil: 1"}, "YUNNAN_CSP 有换行"),
        ({"DATA_DIR": Path(__file__)}, "不是文件夹"),
        ({"PROXY_SECRET": "short"}, "YUNNAN_PROXY_SECRET 太短"),
    ],
)
def test_each_fault_has_its_sentence(monkeypatch, told, said):
    for name, value in told.items():
        monkeypatch.setattr(settings, name, value)
    assert any(said in fault for fault in startup_checks.faults())


def test_a_file_of_people_that_anybody_may_write_and_secrets_that_anybody_may_read_are_said(monkeypatch, tmp_path):
    people, secrets = tmp_path / "people.toml", tmp_path / "secrets.toml"
    people.write_text('[people.a]\nrole = "leader"\n', encoding="utf-8")
    secrets.write_text("[auth]\n", encoding="utf-8")
    people.chmod(0o646)
    secrets.chmod(0o644)
    for name, value in {"IDENTITY": "oidc", "PEOPLE": str(people), "SECRETS": str(secrets)}.items():
        monkeypatch.setattr(settings, name, value)
    told = "".join(startup_checks.faults())
    assert f"人员文件 {people} 本机谁都能写" in told
    assert f"密钥文件 {secrets} 本机谁都能读或写（权限644）" in told


def test_the_server_does_not_start_and_names_file_and_line(tmp_path):
    people = tmp_path / "people.toml"
    people.write_text('[people.a]\nrole = "leader"\n\n[people.b]\nrole = "boss"\n', encoding="utf-8")
    told = {"YUNNAN_IDENTITY": "header", "YUNNAN_PEOPLE": str(people), "YUNNAN_SIGNED_LINKS": "required"}
    done = subprocess.run(
        [sys.executable, "-m", "yunnan.server", "--port", "1"],
        cwd=settings.ROOT,
        env=os.environ | told,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    first, second = done.stderr.splitlines()
    assert first == f"没有启动：人员文件 {people} 第4行 b 的 role 应是 leader、staff、prefecture 之一。"
    assert second.startswith("没有启动：没有签名密钥：请用 YUNNAN_SIGNING_KEYS")


NONSENSE = [
    ("YUNNAN_TIMEZONE", "Mars/Olympus"),
    ("YUNNAN_TIMEZONE", ""),
    ("YUNNAN_TIMEZONE", "../../etc/passwd"),
    ("YUNNAN_TIMEZONE", "America"),
    ("YUNNAN_DEADLINE", "soon"),
    ("YUNNAN_DEADLINE", "31 18:00"),
    ("YUNNAN_DEADLINE", "10 24:00"),
    ("YUNNAN_THREADS", "many"),
    ("YUNNAN_THREADS", "0"),
    ("YUNNAN_MEMORY_LIMIT", "2GB'; drop table"),
]
AGENDAS = "from yunnan import settings; print(settings.AGENDAS_DIR)"


def test_agendas_lie_in_the_data_folder_unless_it_is_said_where(tmp_path):
    lies = {}
    for more in ({}, {"YUNNAN_AGENDAS_DIR": str(tmp_path / "议程")}):
        env = os.environ | {"YUNNAN_DATA_DIR": str(tmp_path)} | more
        done = subprocess.run(
            [sys.executable, "-c", AGENDAS], cwd=settings.ROOT, env=env, capture_output=True, text=True, check=True
        )
        lies[len(more)] = done.stdout.strip()
    assert lies == {0: str(tmp_path / "agendas"), 1: str(tmp_path / "议程")}


TOLD = "from yunnan import settings; print(*settings.FAULTS, sep='|')"


@pytest.mark.parametrize(("name", "value"), NONSENSE)
def test_nonsense_in_a_setting_is_one_sentence(name, value):
    command = [sys.executable, "-c", TOLD]
    done = subprocess.run(command, cwd=settings.ROOT, env=os.environ | {name: value}, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.startswith(f"{name} 的值“{value}”不对，应是")
    assert "|" not in done.stdout


@pytest.mark.parametrize(("module", "before"), [("yunnan", "没有运行"), ("yunnan.server", "没有启动")])
def test_command_line_and_server_say_every_nonsense_and_do_not_start(module, before):
    told = {"YUNNAN_TIMEZONE": "Mars", "YUNNAN_DEADLINE": "soon"}
    command = [sys.executable, "-m", module, *(["snapshots"] if module == "yunnan" else ["--port", "1"])]
    done = subprocess.run(command, cwd=settings.ROOT, env=os.environ | told, capture_output=True, text=True)
    assert done.returncode in (1, 2)
    assert done.stderr.splitlines() == [
        f"{before}：YUNNAN_TIMEZONE 的值“Mars”不对，应是时区的名称，如 Asia/Shanghai。",
        f"{before}：YUNNAN_DEADLINE 的值“soon”不对，应是季后次月的日（1到28）与时刻，如 10 18:00。",
    ]


def test_the_policy_can_be_the_offices_own(monkeypatch):
    page = "<script>\n  a = 1\n</script><script src='x.js'></script>"
    monkeypatch.setattr(settings, "FRAME_ANCESTORS", "https://portal.example")
    assert policy(page).endswith("frame-ancestors https://portal.example")
    assert policy(page).count("'sha256-") == 1
    monkeypatch.setattr(settings, "CSP", "script-src {scripts}; frame-ancestors {ancestors} https://other.example")
    assert policy(page).endswith("frame-ancestors https://portal.example https://other.example")


def sign(monkeypatch, *told: str, keys: str = KEYS):
    monkeypatch.setattr(settings, "SIGNING_KEYS", keys)
    return CliRunner().invoke(command_line.app, ["sign", *told])


def test_the_command_signs_a_link_that_holds(monkeypatch):
    done = sign(
        monkeypatch, "--page", "prefecture", "--place", "533300", "--days", "30", "--base", "https://portal/yn/"
    )
    address, _, query = done.stdout.strip().partition("?")
    assert (done.exit_code, address) == (0, "https://portal/yn/prefecture")
    pairs = [tuple(pair.split("=", 1)) for pair in query.split("&")]
    assert dict(pairs)["embed"] == "true"
    assert signed_links.check("prefecture", pairs)
    with pytest.raises(signed_links.Refused):
        signed_links.check("prefecture", [pair for pair in pairs if pair[0] != "place"])


@pytest.mark.parametrize("place", ["532302", "禄丰市", "532331000"])
def test_a_link_is_signed_for_the_place_that_pages_understand(snapshot, monkeypatch, place):
    done = sign(monkeypatch, "--page", "county", "--place", place)
    assert "place=532331&" in f"{done.stdout.strip()}&", done.output
    refused = sign(monkeypatch, "--page", "county", "--place", f"{place}9")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert f"没有名称或代码为“{place}9”的地区" in refused.stderr


@pytest.mark.parametrize(
    ("told", "keys", "said"),
    [
        (["--page", "nowhere"], KEYS, "没有名为 nowhere 的页面"),
        (["--param", "exp=9999999999"], KEYS, "参数 exp 由签名自己写"),
        ([], "", "没有签名密钥"),
    ],
)
def test_the_command_says_what_it_cannot_sign(monkeypatch, told, keys, said):
    done = sign(monkeypatch, *told, keys=keys)
    assert done.exit_code == 1
    assert said in done.output
