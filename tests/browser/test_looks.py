"""What can be measured of how pages look: contrast of every text, in light and dark, and nothing cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(scheme: str, review: Desk) -> None:
    browser = review.browser
    features = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", features)
    own = browser.current_url
    questionnaire = own.rsplit("/review", 1)[0]
    addresses = [own, f"{own}?search=keys", f"{own}?show=approved", f"{questionnaire}/table", f"{questionnaire}/found"]
    addresses += [f"{questionnaire}/completion"]
    addresses += [
        f"{review.site.address}/{path}"
        for path in (
            "",
            "questionnaires/new",
            "library",
            "library?q=keys",
            "library/statements",
            "help",
            "account",
            "no",
        )
    ]
    for address in addresses:
        browser.get(address)
        assert browser.execute_script(CONTRAST) == [], f"{address} in {scheme}"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
