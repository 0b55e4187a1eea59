"""A signed link opens what it was signed for, until it expires; any other opens nothing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunnan import settings
from yunnan.access import signed_links

SECRET, OTHER = "s" * 32, "o" * 40
NOW = 1_577_800_000.0
LINK = {"place": "533300", "tile": "map:P1-08"}


@pytest.fixture(autouse=True)
def keys(monkeypatch):
    monkeypatch.setattr(settings, "SIGNING_KEYS", f"new:{SECRET},old:{OTHER}")


def signed(**changed: str) -> list[tuple[str, str]]:
    return list((signed_links.sign("prefecture", LINK, NOW + 3600) | changed).items())


def refused(match: str, told, page: str = "prefecture", now: float = NOW) -> None:
    with pytest.raises(signed_links.Refused, match=match):
        signed_links.check(page, told, now)


def test_a_link_holds_as_it_was_signed_and_in_any_order():
    assert signed_links.check("prefecture", signed(), NOW) == NOW + 3600
    assert signed_links.check("prefecture", reversed(signed()), NOW) == NOW + 3600
    assert signed_links.check("prefecture", [*signed(), ("embed", "true"), ("page_funds", "2"), ("bars", "false")], NOW)


@pytest.mark.parametrize(
    "added",
    [("from", "singlemessage"), ("from", "timeline"), ("_t", "1577800000"), ("ticket", "ST-1-abc"), ("scene", "1")],
)
def test_what_a_messenger_a_portal_or_a_log_in_adds_to_a_link_leaves_it_whole(added):
    assert signed_links.check("prefecture", [*signed(), added], NOW)


def test_another_origin_may_not_be_written_into_a_signed_link():
    refused("被改动过", [*signed(), ("from", "https://elsewhere.example")])


@pytest.mark.parametrize(
    "told",
    [
        {"place": "533400"},
        {"period": "2018"},
        {"exp": str(int(NOW) + 7200)},
        {"key": "old"},
        {"sig": "0" * 64},
        {"sig": "非"},
        {"tile": ""},
    ],
)
def test_an_altered_link_opens_nothing(told):
    refused("被改动过", signed(**told))


def test_a_parameter_taken_away_twice_or_moved_to_another_page_opens_nothing():
    refused("被改动过", [pair for pair in signed() if pair[0] != "place"])
    refused("被改动过", [*signed(), ("place", "533400")])
    refused("被改动过", [*signed(), ("sig", "0" * 64)])
    refused("被改动过", [*signed(), ("exp", "9999999999")])
    refused("被改动过", signed(), page="county")
    refused("被改动过", signed(), page="")


@pytest.mark.parametrize("exp", [None, "", "soon", "-1", "1e9", "9" * 40, "①"])
def test_a_link_rightly_signed_without_a_time_of_expiry_is_refused_in_a_sentence(exp):
    told = [(name, value) for name, value in signed(**({} if exp is None else {"exp": exp})) if name != "sig"]
    told = [(name, value) for name, value in told if name != "exp" or exp is not None]
    refused("没有写明到期时间", [*told, ("sig", signed_links._mac(SECRET.encode(), "prefecture", told))])


def test_an_unsigned_link_and_one_of_an_unknown_key_open_nothing():
    refused("没有签名", LINK.items())
    refused("没有签名", [])
    refused("密钥不存在或已停用", signed(key="gone"))
    refused("密钥不存在或已停用", [pair for pair in signed() if pair[0] != "key"])


def test_expiry_allows_for_clocks_that_differ_by_a_minute():
    end = NOW + 3600
    assert signed_links.check("prefecture", signed(), end + signed_links.SKEW) == end
    refused("已于.*到期", signed(), now=end + signed_links.SKEW + 1)
    assert signed_links.SKEW == 60


def test_a_clock_far_off_is_said():
    far = signed_links.sign("prefecture", LINK, NOW + 86_400 * (signed_links.LONGEST_DAYS + 1))
    refused("时钟不对", far.items())
    refused("时钟不对", signed(), now=NOW - 86_400 * 800)
    refused("到期", signed(), now=NOW + 86_400 * 800)


def test_without_a_clock_given_the_machines_own_counts():
    assert signed_links.check("", signed_links.sign("", {}, time.time() + 60).items()) > time.time()


def test_keys_are_rotated_with_two(monkeypatch):
    monkeypatch.setattr(settings, "SIGNING_KEYS", f"old:{OTHER}")
    before = signed_links.sign("prefecture", LINK, NOW + 3600)
    monkeypatch.setattr(settings, "SIGNING_KEYS", f"new:{SECRET},old:{OTHER}")
    assert signed_links.check("prefecture", before.items(), NOW)
    assert signed_links.sign("prefecture", LINK, NOW)["key"] == "new"
    monkeypatch.setattr(settings, "SIGNING_KEYS", f"new:{SECRET}")
    refused("已停用", before.items())


def test_a_key_of_the_same_name_and_other_secret_opens_nothing(monkeypatch):
    told = signed()
    monkeypatch.setattr(settings, "SIGNING_KEYS", f"new:{OTHER}")
    refused("被改动过", told)


@given(
    st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4).filter(
        lambda d: not set(d) & signed_links.SEAL
    ),
    st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4).filter(
        lambda d: not set(d) & signed_links.SEAL
    ),
)
def test_no_other_parameters_have_the_same_signature(first, second):
    def chosen(told):
        return {name: value for name, value in told.items() if not signed_links.FREE.fullmatch(name)}

    one, two = (signed_links.sign("", told, NOW)["sig"] for told in (first, second))
    assert (one == two) == (chosen(first) == chosen(second))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("", "没有签名密钥"),
        ("no/such/file", "无法读取"),
        ("short:abc", "至少32个字符"),
        (f"bad name:{SECRET}", "名称用字母"),
    ],
)
def test_a_missing_or_weak_key_is_said(monkeypatch, told, said):
    monkeypatch.setattr(settings, "SIGNING_KEYS", told)
    with pytest.raises(signed_links.NoKeys, match=said):
        signed_links.keys()


def test_keys_of_a_file(monkeypatch, tmp_path):
    file = tmp_path / "keys.toml"
    monkeypatch.setattr(settings, "SIGNING_KEYS", str(file))
    file.touch(0o600)
    file.write_text(f'2020b = "{SECRET}"\n2020a = "{OTHER}"\n', encoding="utf-8")
    assert list(signed_links.keys()) == ["2020b", "2020a"]
    file.write_text("", encoding="utf-8")
    with pytest.raises(signed_links.NoKeys, match="空的"):
        signed_links.keys()
    file.write_text("= broken", encoding="utf-8")
    with pytest.raises(signed_links.NoKeys, match="不是正确的 TOML"):
        signed_links.keys()


@pytest.mark.parametrize("mode", [0o644, 0o602, 0o641])
def test_a_file_of_keys_that_anybody_may_read_or_write_is_refused_in_a_sentence(monkeypatch, tmp_path, mode):
    file = tmp_path / "keys.toml"
    file.write_text(f'2020b = "{SECRET}"\n', encoding="utf-8")
    file.chmod(mode)
    monkeypatch.setattr(settings, "SIGNING_KEYS", str(file))
    with pytest.raises(signed_links.NoKeys, match=f"签名密钥文件 {file} 本机谁都能读或写.*chmod 640"):
        signed_links.keys()
