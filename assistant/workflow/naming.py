"""Whether a text names a customer."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from assistant.people import Person
from assistant.workflow import visibility
from assistant.workflow.ports import Transaction

_LEGAL_FORM = re.compile(
    "inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|gmbh|ag|kg|se|sa|sas|sarl|bv|nv|ab|as|oy|aps|"
    "srl|spa|pty|group|holdings?|the"
)
"""Words of a company's name that its letters often leave out."""


def names(text: str, customer: str) -> bool:
    """Return whether `text` names `customer`, with or without its legal form, however it is spelt and broken."""
    return bool(_naming(_plain_words(text), customer))


def _naming(told: list[str], customer: str) -> str:
    """Return the words among `told` by which `customer` is named, "" when it is not."""
    for wanted in _forms(customer):
        if not wanted or wanted[0] not in told:  # which is so nearly always, and seen at once
            continue
        if any(told[start : start + len(wanted)] == wanted for start in range(len(told) - len(wanted) + 1)):
            return " ".join(wanted)
    return ""


@lru_cache(4096)
def _forms(customer: str) -> tuple[list[str], list[str]]:
    """Return the words of a customer's name, with and without its legal form."""
    full = _plain_words(customer)
    return full, [word for word in full if not _LEGAL_FORM.fullmatch(word)]


class Customers:
    """The customers known. Whoever may see none of a customer's questionnaires is not told what it is called."""

    def __init__(self, tx: Transaction, by: Person, typed: str = "") -> None:
        """Read them once, for many texts; `typed` is one more, that `by` named."""
        known = tx.questionnaires.customers()
        seen = {record.customer for record in visibility.seen(tx, by, tx.questionnaires.all())}
        self._seen = list(dict.fromkeys(name for name in (typed, *known) if name and (name in seen or name == typed)))
        self._hidden = [name for name in known if name not in self._seen]

    def named(self, *texts: str) -> list[str]:
        """Return the customers that one of `texts` names; of one that is hidden only the words that stand there."""
        told = _plain_words("\n".join(texts))
        found = [customer for customer in self._seen if _naming(told, customer)]
        words = dict.fromkeys(filter(None, (_naming(told, customer) for customer in self._hidden)))
        return found + [f"a customer (“{said}”)" for said in words if not any(names(said, name) for name in found)]


def _plain_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text).casefold()
    unaccented = "".join(character for character in folded if not unicodedata.combining(character))
    return re.findall(r"\w+", re.sub(r"['’]s\b", "", unaccented))
