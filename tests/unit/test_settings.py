from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import make_url

from assistant.errors import SettingError
from assistant.settings import PREFIX, PROJECT, SETTINGS, Settings

KEY = "k" * 32


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    return tmp_path / "made" / "instance"


def given(instance: Path, **values: str) -> Settings:
    return Settings.from_environment(
        {"ASSISTANT_INSTANCE": str(instance), "PATH": "/bin"} | {PREFIX + name: value for name, value in values.items()}
    )


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_without_any_variable_the_defaults_hold(instance: Path) -> None:
    settings = given(instance)
    assert settings.database_url == f"sqlite:///{instance}/assistant.db"
    assert settings.knowledge == PROJECT / "knowledge"
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert (settings.secure_cookies, settings.four_eyes, settings.trusted_proxies) == (False, False, 0)
    assert not settings.require_second_factor


def test_what_is_given_holds(instance: Path) -> None:
    settings = given(
        instance,
        DATABASE_URL="postgresql://ada@db/assistant",
        KNOWLEDGE="elsewhere",
        HOST="::1",
        PORT="9000",
        PUBLIC_URL="https://answers.example.com/",
        SECRET_KEY=KEY,
        AUDIT_KEY="ä" * 32,
        SESSION_HOURS="1",
        FOUR_EYES="Yes",
        REQUIRE_SECOND_FACTOR="on",
        LOGIN_ATTEMPTS="3",
        LOGIN_WINDOW_MINUTES="1440",
        TRUSTED_PROXIES="1",
    )
    assert settings.database_url == "postgresql://ada@db/assistant"
    assert settings.knowledge == PROJECT / "elsewhere"
    assert settings.public_url == "https://answers.example.com"
    assert (settings.secret_key, settings.audit_key) == (KEY, ("ä" * 32).encode())
    assert (settings.secure_cookies, settings.four_eyes, settings.require_second_factor) == (True, True, True)
    assert (settings.port, settings.session_hours, settings.login_attempts) == (9000, 1, 3)
    assert list(instance.iterdir()) == []


def test_cookies_are_secure_as_the_variable_says_whatever_the_address(instance: Path) -> None:
    assert given(instance, SECURE_COOKIES="on").secure_cookies
    assert not given(instance, SECURE_COOKIES="0", PUBLIC_URL="https://a.example").secure_cookies


def test_an_address_for_links_is_made_for_ipv6_too(instance: Path) -> None:
    assert given(instance, HOST="::1").public_url == "http://[::1]:8000"


def test_an_empty_variable_is_one_that_is_not_set(instance: Path) -> None:
    assert given(instance, PORT="", FOUR_EYES=" ", SECRET_KEY="").port == 8000


def test_the_instance_folder_and_its_keys_are_for_their_owner_only(instance: Path) -> None:
    given(instance)
    assert mode(instance) == 0o700
    assert {file.name: mode(file) for file in instance.iterdir()} == {"secret_key": 0o600, "audit_key": 0o600}


def test_a_folder_that_others_could_read_is_closed(instance: Path) -> None:
    instance.mkdir(parents=True)
    instance.chmod(0o755)
    given(instance)
    assert mode(instance) == 0o700


def test_the_database_lies_in_the_instance_folder_whatever_its_name(tmp_path: Path) -> None:
    odd = tmp_path / "100%25 a?b#c ä"
    assert make_url(given(odd).database_url).database == str(odd / "assistant.db")


def test_keys_are_made_once_and_differ(instance: Path) -> None:
    first, second = given(instance), given(instance)
    assert (first.secret_key, first.audit_key) == (second.secret_key, second.audit_key)
    assert first.secret_key.encode() != first.audit_key
    assert given(instance.with_name("other")).secret_key != first.secret_key


def test_processes_that_start_at_once_get_the_same_keys(instance: Path) -> None:
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(given(instance).secret_key)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1
    assert sorted(file.name for file in instance.iterdir()) == ["audit_key", "secret_key"]


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("PORT", "http", "1 to 65535"),
        ("PORT", "0", "1 to 65535"),
        ("PORT", "-1", "1 to 65535"),
        ("PORT", "²", "1 to 65535"),
        ("LOGIN_WINDOW_MINUTES", "1441", "1 to 1440"),
        ("FOUR_EYES", "maybe", "yes or no"),
        ("PUBLIC_URL", "answers.example.com", "https://"),
        ("PUBLIC_URL", "ftp://answers.example.com", "https://"),
        ("DATABASE_URL", "mysql://host/name", "postgresql://"),
        ("SECRET_KEY", "too short", "at least 32"),
        ("AUDIT_KEY", "x" * 31, "at least 32"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_its_remedy(instance: Path, name: str, value: str, remedy: str) -> None:
    with pytest.raises(SettingError, match=remedy) as refused:
        given(instance, **{name: value})
    assert str(refused.value).startswith(f"ASSISTANT_{name} ")


def test_the_value_of_a_key_or_password_is_not_repeated(instance: Path) -> None:
    for name, value in (("SECRET_KEY", "hush"), ("DATABASE_URL", "mysql://ada:hush@host/name")):
        with pytest.raises(SettingError) as refused:
            given(instance, **{name: value})
        assert "hush" not in str(refused.value)


def test_a_variable_that_is_no_setting_is_refused_with_the_nearest(instance: Path) -> None:
    with pytest.raises(
        SettingError, match=r"ASSISTANT_DATABSE_URL is not a setting. Did you mean ASSISTANT_DATABASE_URL"
    ):
        given(instance, DATABSE_URL="sqlite:///a.db")
    with pytest.raises(SettingError, match="There are ASSISTANT_INSTANCE, "):
        given(instance, QQ="1")
    assert not instance.exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingError, match="ASSISTANT_INSTANCE"):
        given(tmp_path / "file" / "instance")


def test_a_key_that_cannot_be_read_is_named(instance: Path) -> None:
    (instance / "secret_key").mkdir(parents=True)
    with pytest.raises(SettingError, match="secret_key"):
        given(instance)


def test_secrets_do_not_reach_a_log_with_the_settings(instance: Path) -> None:
    settings = given(instance, DATABASE_URL="postgresql://ada:hush@db/assistant", SECRET_KEY=KEY)
    for secret in ("hush", KEY, settings.audit_key.decode()):
        assert secret not in repr(settings)


def test_every_setting_is_described_without_secrets(instance: Path) -> None:
    settings = given(instance, DATABASE_URL="postgresql://ada:hu%3Ash@db/assistant", SECRET_KEY=KEY, FOUR_EYES="yes")
    described = {name: (value, meaning) for name, value, meaning in settings.described()}
    assert list(described) == [row.name for row in SETTINGS]
    assert all(meaning for _, meaning in described.values())
    assert described["ASSISTANT_DATABASE_URL"][0] == "postgresql://ada:***@db/assistant"
    assert described["ASSISTANT_SECRET_KEY"][0] == described["ASSISTANT_AUDIT_KEY"][0] == "(set)"
    assert described["ASSISTANT_FOUR_EYES"][0] == "yes"
    assert described["ASSISTANT_PORT"][0] == "8000"


def test_the_table_and_the_values_are_the_same_settings() -> None:
    assert [row.name for row in SETTINGS] == [PREFIX + name.upper() for name in Settings.__dataclass_fields__]


def test_a_password_in_the_query_of_the_database_is_not_shown(instance: Path) -> None:
    address = "postgresql+psycopg://ada@db/assistant?connect_timeout=3&password=hush"
    settings = given(instance, DATABASE_URL=address)
    assert settings.database_url == address
    shown = {name: value for name, value, _ in settings.described()}["ASSISTANT_DATABASE_URL"]
    assert shown == "postgresql+psycopg://ada@db/assistant?connect_timeout=3&password=***"
