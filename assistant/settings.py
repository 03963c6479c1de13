"""The settings: one table of environment variables, and the values that follow from them.

Nothing is read from anywhere else. Keys that are not given are made once and kept in the instance
folder, readable by its owner only.
"""

from __future__ import annotations

import difflib
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from urllib.parse import urlsplit

from assistant.errors import SettingError

PROJECT = Path(__file__).resolve().parents[1]
"""Where wsgi.py stands; relative folders start here."""
PREFIX = "ASSISTANT_"
SHORTEST_KEY = 32
"""Characters of a key; fewer can be guessed."""


class Kind(Enum):
    """How the text of a variable is understood."""

    TEXT = auto()
    FOLDER = auto()
    DATABASE = auto()
    ADDRESS = auto()
    NUMBER = auto()
    SWITCH = auto()
    KEY = auto()


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable; `limits` are the smallest and largest number it takes."""

    name: str
    default: str
    help: str
    kind: Kind
    limits: tuple[int, int] = (0, 0)


SETTINGS = (
    Setting("ASSISTANT_INSTANCE", "instance", "Folder of the database, the index and the keys.", Kind.FOLDER),
    Setting(
        "ASSISTANT_DATABASE_URL",
        "",
        "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME; otherwise assistant.db in the instance folder.",
        Kind.DATABASE,
    ),
    Setting("ASSISTANT_KNOWLEDGE", "knowledge", "Folder of the statements and library files.", Kind.FOLDER),
    Setting("ASSISTANT_HOST", "127.0.0.1", "Network address to listen on.", Kind.TEXT),
    Setting("ASSISTANT_PORT", "8000", "Port to listen on.", Kind.NUMBER, (1, 65535)),
    Setting(
        "ASSISTANT_PUBLIC_URL",
        "",
        "Address that people open, for links; otherwise made of host and port.",
        Kind.ADDRESS,
    ),
    Setting(
        "ASSISTANT_SECRET_KEY",
        "",
        "Signs cookies and forms and makes the second factors, the same on every node; otherwise made once, in the"
        " instance folder.",
        Kind.KEY,
    ),
    Setting(
        "ASSISTANT_AUDIT_KEY",
        "",
        "Seals the audit log, the same on every node and for ever; otherwise made once, in the instance folder."
        " Backups do not hold it.",
        Kind.KEY,
    ),
    Setting("ASSISTANT_SESSION_HOURS", "12", "Hours until people sign in again.", Kind.NUMBER, (1, 720)),
    Setting(
        "ASSISTANT_SECURE_COOKIES",
        "",
        "yes: browsers send the cookie over HTTPS only; otherwise yes when the public address is https.",
        Kind.SWITCH,
    ),
    Setting("ASSISTANT_FOUR_EYES", "no", "yes: nobody approves their own wording.", Kind.SWITCH),
    Setting(
        "ASSISTANT_REQUIRE_SECOND_FACTOR",
        "no",
        "yes: reviewers and administrators set up a second factor before anything else.",
        Kind.SWITCH,
    ),
    Setting(
        "ASSISTANT_LOGIN_ATTEMPTS", "5", "Failed sign-ins of one account before it has to wait.", Kind.NUMBER, (1, 100)
    ),
    Setting("ASSISTANT_LOGIN_WINDOW_MINUTES", "15", "Minutes over which they are counted.", Kind.NUMBER, (1, 1440)),
    Setting(
        "ASSISTANT_TRUSTED_PROXIES",
        "0",
        "How many proxies stand in front; their X-Forwarded headers are believed.",
        Kind.NUMBER,
        (0, 10),
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force, one field for every row of `SETTINGS`."""

    instance: Path
    database_url: str = field(repr=False)
    knowledge: Path
    host: str
    port: int
    public_url: str
    secret_key: str = field(repr=False)
    audit_key: bytes = field(repr=False)
    session_hours: int
    secure_cookies: bool
    four_eyes: bool
    require_second_factor: bool
    login_attempts: int
    login_window_minutes: int
    trusted_proxies: int

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Return the settings that `environ` gives; the instance folder and its keys exist afterwards.

        :raises SettingError: naming the variable at fault and what to do.
        """
        _refuse_unknown(environ)
        given = _Given(environ)
        instance = given.folder("ASSISTANT_INSTANCE")
        _make_private(instance)
        host, port = given.text("ASSISTANT_HOST"), given.number("ASSISTANT_PORT")
        public_url = given.address("ASSISTANT_PUBLIC_URL") or f"http://{f'[{host}]' if ':' in host else host}:{port}"
        return cls(
            instance=instance,
            database_url=given.database("ASSISTANT_DATABASE_URL") or _sqlite(instance / "assistant.db"),
            knowledge=given.folder("ASSISTANT_KNOWLEDGE"),
            host=host,
            port=port,
            public_url=public_url,
            secret_key=given.key("ASSISTANT_SECRET_KEY", instance),
            audit_key=given.key("ASSISTANT_AUDIT_KEY", instance).encode(),
            session_hours=given.number("ASSISTANT_SESSION_HOURS"),
            secure_cookies=given.switch("ASSISTANT_SECURE_COOKIES", otherwise=public_url.startswith("https:")),
            four_eyes=given.switch("ASSISTANT_FOUR_EYES"),
            require_second_factor=given.switch("ASSISTANT_REQUIRE_SECOND_FACTOR"),
            login_attempts=given.number("ASSISTANT_LOGIN_ATTEMPTS"),
            login_window_minutes=given.number("ASSISTANT_LOGIN_WINDOW_MINUTES"),
            trusted_proxies=given.number("ASSISTANT_TRUSTED_PROXIES"),
        )

    def described(self) -> list[tuple[str, str, str]]:
        """Return name, value in force and meaning of every setting; keys and passwords are left out."""
        return [(row.name, self._shown(row), row.help) for row in SETTINGS]

    def _shown(self, row: Setting) -> str:
        value = getattr(self, row.name.removeprefix(PREFIX).lower())
        if row.kind is Kind.KEY:
            return "(set)"
        if row.kind is Kind.DATABASE:
            return _without_password(value)
        if row.kind is Kind.SWITCH:
            return "yes" if value else "no"
        return str(value)


class _Given:
    """The variables as they were given, each understood by its kind."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._rows = {row.name: row for row in SETTINGS}
        self._environ = environ

    def text(self, name: str) -> str:
        # Deployment tools pass variables that are not set as empty ones.
        return self._environ.get(name, "").strip() or self._rows[name].default

    def folder(self, name: str) -> Path:
        return PROJECT / Path(self.text(name)).expanduser()

    def number(self, name: str) -> int:
        first, last = self._rows[name].limits
        text = self.text(name)
        if not (text.isascii() and text.isdigit() and first <= int(text) <= last):
            raise SettingError(f"{name} is “{text}”; give a number from {first} to {last}.")
        return int(text)

    def switch(self, name: str, *, otherwise: bool = False) -> bool:
        text = self.text(name).casefold()
        if not text:
            return otherwise
        if text in ("yes", "true", "on", "1"):
            return True
        if text in ("no", "false", "off", "0"):
            return False
        raise SettingError(f"{name} is “{text}”; give yes or no.")

    def address(self, name: str) -> str:
        text = self.text(name).rstrip("/")
        if text and (urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname):
            raise SettingError(f"{name} is “{text}”; give an address such as https://assistant.example.com.")
        return text

    def database(self, name: str) -> str:
        text = self.text(name)
        if text and not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")):
            # Its value may hold a password, so it is not repeated.
            raise SettingError(f"{name} is not understood; give sqlite:///FILE or postgresql://USER@HOST/NAME.")
        return text

    def key(self, name: str, instance: Path) -> str:
        text = self.text(name) or _kept_key(instance / name.removeprefix(PREFIX).lower())
        if len(text) < SHORTEST_KEY:
            raise SettingError(
                f"{name} has {len(text)} characters; give at least {SHORTEST_KEY}, for example the output of"
                " python -c 'import secrets; print(secrets.token_hex(32))'."
            )
        return text


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = [row.name.removeprefix(PREFIX) for row in SETTINGS]
    for name in environ:
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in known:
            near = difflib.get_close_matches(name.removeprefix(PREFIX).upper(), known, n=1)
            names = ", ".join(row.name for row in SETTINGS)
            hint = f"Did you mean {PREFIX}{near[0]}?" if near else f"There are {names}."
            raise SettingError(f"{name} is not a setting. {hint}")


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as problem:
        raise SettingError(
            f"ASSISTANT_INSTANCE: the folder {folder} cannot be made private to this user ({problem.strerror});"
            " give a folder that it owns."
        ) from problem


def _kept_key(file: Path) -> str:
    """Return the key in `file`, made now if there is none; two processes that start at once get the same one."""
    try:
        if not file.exists():
            # Written aside and linked: whoever comes second finds it there, whole.
            handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
            with os.fdopen(handle, "w") as fresh:
                fresh.write(secrets.token_hex(32))
                fresh.flush()
                os.fsync(fresh.fileno())
            with suppress(FileExistsError):
                file.hardlink_to(name)
            Path(name).unlink()
        return file.read_text(encoding="ascii").strip()
    except OSError as problem:
        raise SettingError(
            f"The key {file} cannot be kept or read ({problem.strerror}); check who owns the folder."
        ) from problem


def _sqlite(file: Path) -> str:
    """Return the address of the database in `file`, whatever characters are in its path."""
    return "sqlite:///" + str(file).replace("%", "%25").replace("?", "%3F").replace("#", "%23")


def _without_password(url: str) -> str:
    password = urlsplit(url).password
    shown = url.replace(f":{password}@", ":***@", 1) if password else url
    # PostgreSQL takes them in the query as well.
    return re.sub(r"(?i)([?&](?:ssl)?password=)[^&#]*", r"\1***", shown)
