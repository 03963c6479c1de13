"""Product and deployment as one field of a form, and whether the customer is under NDA."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode

from assistant.errors import InvalidValueError
from assistant.statement import Scope


def scope_value(product: str, deployment: str | None) -> str:
    """Return a product and deployment as the value of one option in a form."""
    return urlencode({"product": product} | ({"deployment": deployment} if deployment else {}))


def scope_options(scopes: Mapping[str, tuple[str, ...]]) -> dict[str, list[tuple[str, str | None]]]:
    """Return product -> the options of its group, each with its deployment; the first one names none."""
    return {
        product: [(scope_value(product, deployment), deployment) for deployment in (None, *deployments)]
        for product, deployments in scopes.items()
    }


def chosen_scope(sent: Mapping[str, str]) -> Scope:
    """Return what was chosen in a form that sent these values.

    :raises InvalidValueError: when nothing was.
    """
    chosen = parse_qs(sent.get("scope", "").strip())
    if "product" not in chosen:
        raise InvalidValueError("Choose the product this questionnaire is about.")
    return Scope(chosen["product"][0], chosen.get("deployment", [None])[0], nda="nda" in sent)
