"""Reading what a request brings: numbers, days, choices; and whether a script asks for part of a page."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from flask import request

from assistant.errors import InvalidValueError

_DIGITS = 10
"""From this many digits on a number is none of ours, and may be more than a database holds."""


def wants_part() -> bool:
    """Return whether one of our scripts asks for the changing part of the page only."""
    return "X-Part" in request.headers


def typed(name: str) -> str:
    """Return what was typed into the field `name`, without spaces around it."""
    return request.form.get(name, "").strip()


def secret(name: str) -> str:
    """Return what was typed into the field `name`, every blank kept, as in a password."""
    return request.form.get(name, "")


def number(name: str) -> int:
    """Return the whole number in the form field `name`.

    :raises InvalidValueError: when there is none; only a request that no page of ours made lacks it.
    """
    try:
        return int(request.form[name])
    except (KeyError, ValueError) as problem:
        raise InvalidValueError(f"The request lacks the number “{name}”. Load the page again.") from problem


def counts(value: str) -> bool:
    """Return whether it is a number that an id or a version can be."""
    return value.isascii() and value.isdecimal() and len(value) < _DIGITS


def chosen() -> list[int]:
    """Return the numbers of the questions that were chosen in a list."""
    return [int(value) for value in request.form.getlist("question") if counts(value)]


def day(name: str, label: str) -> date | None:
    """Return the day in the form field `name`, None when it is empty.

    :raises InvalidValueError: when it is no day.
    """
    value = typed(name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as problem:
        raise InvalidValueError(f"{label} “{value}” is no day; write it as 2027-03-31.") from problem


def checked_password() -> str:
    """Return the new password, which was typed twice.

    :raises InvalidValueError: when the two differ.
    """
    if request.form.get("password") != request.form.get("again"):
        raise InvalidValueError("The two passwords differ; type the same one twice.")
    return request.form.get("password", "")


def page_number() -> int:
    """Return which page of a long list is asked for, from 1."""
    return max(1, request.args.get("page", 1, type=int))


def local(address: str) -> str:
    """Return `address` when it leads to a page of ours, else the first page; so nobody is sent elsewhere."""
    try:
        parts = urlsplit(address.replace("\\", "/"))
    except ValueError:  # half of an address of version 6
        return "/"
    ours = address.startswith("/") and not (parts.scheme or parts.netloc) and not address.startswith(("//", "/\\"))
    return address if ours and address.isprintable() else "/"
