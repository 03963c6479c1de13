from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.matching import Matcher
from assistant.statement import Passage, Scope

TODAY = date(2026, 3, 2)
CLOUD = Scope("Quill", "cloud")

TEXTS = (
    "All disks and backups are encrypted at rest with AES-256. Keys are rotated every 90 days.",
    "All traffic between browsers and the service is encrypted with TLS 1.2 or later.",
    "Access to production is granted by least privilege, and is reviewed every quarter and revoked when somebody "
    "leaves.",
    "Every change is reviewed by a second engineer before it is released.",
    "An independent firm performs a penetration test every year.",
    "Backups are taken daily and kept for 30 days.",
    "Our operators monitor the service around the clock and respond to alerts.",
    "The service is hosted on Amazon Web Services in Frankfurt.",
)


def passage(text: str, line: int = 1, **given: Any) -> Passage:
    given.setdefault("product", "Quill")
    return Passage("quill.md", (line, line), text, **given)


@pytest.fixture
def passages() -> list[Passage]:
    return [passage(text, line) for line, text in enumerate(TEXTS, 1)]


@pytest.fixture
def matcher(tmp_path: Path, passages: list[Passage]) -> Matcher:
    ready = Matcher(tmp_path / "index")
    ready.refresh(passages)
    return ready


@pytest.fixture
def matching(tmp_path: Path) -> Callable[..., Matcher]:
    """Return a matcher over the given passages and profile."""

    def build(passages: list[Passage], profile: Any = ()) -> Matcher:
        ready = Matcher(tmp_path / "index")
        ready.refresh(passages, profile)
        return ready

    return build
