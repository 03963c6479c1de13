"""Where in the application the things are that the audit log and notifications name."""

from __future__ import annotations

from flask import url_for


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
