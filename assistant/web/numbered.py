"""Addresses that differ in a number only, for pages that list hundreds of things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for

_STAND_IN = 909_090_909
"""A number that nothing has, which is put where the number goes."""


def numbered(endpoint: str, name: str, **arguments: Any) -> Callable[[int], str]:
    """Return what gives the address of `endpoint` for each value of `name`.

    The address is built once: building hundreds takes longer than all else on the page.
    """
    values: dict[str, Any] = {**arguments, name: _STAND_IN}
    before, _, after = url_for(endpoint, **values).partition(str(_STAND_IN))
    return lambda number: f"{before}{number}{after}"
