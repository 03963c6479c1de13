"""Where in the application the things are that the audit log and notifications name."""

from __future__ import annotations

from collections.abc import Collection

from flask import url_for


def source(path: str, line: int, files: Collection[str]) -> str:
    """Return the address of the page of what a citation names, "" where there is none; `files` are the statements."""
    kind, _, key = path.rpartition("/")
    if kind == "library" and key.isdecimal():
        return url_for("library.entry", entry=int(key))
    return url_for("library.statement", path=path, _anchor=f"line-{line}") if path in files else ""


def address(subject: str, questionnaire: int | None) -> str:
    """Return the address of the page about `subject`, which stands in `questionnaire` unless that is None."""
    kind, _, key = subject.rpartition(" ")
    if questionnaire is not None and kind == "question" and key.isdecimal():
        return url_for("review.at", key=questionnaire, question=int(key))
    if questionnaire is not None:
        return url_for("questionnaires.questionnaire", key=questionnaire)
    if subject.startswith("statement "):
        return url_for("library.statement", path=subject.removeprefix("statement "))
    if kind == "library entry" and key.isdecimal():
        return url_for("library.entry", entry=int(key))
    return url_for("library.due")  # several things of the library at once
