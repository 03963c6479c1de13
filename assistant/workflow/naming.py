"""Whether a text names a customer."""

from __future__ import annotations

import re
import unicodedata

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
    return bool(_naming(text, customer))


def _naming(text: str, customer: str) -> str:
    """Return the words by which `text` names `customer`, "" when it does not."""
    told, full = _plain_words(text), _plain_words(customer)
    short = [word for word in full if not _LEGAL_FORM.fullmatch(word)]
    for wanted in (full, short):
        if wanted and any(told[start : start + len(wanted)] == wanted for start in range(len(told) - len(wanted) + 1)):
            return " ".join(wanted)
    return ""


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
        text = "\n".join(texts)
        found = [customer for customer in self._seen if names(text, customer)]
        words = dict.fromkeys(filter(None, (_naming(text, customer) for customer in self._hidden)))
        return found + [f"a customer (“{said}”)" for said in words if not any(names(said, name) for name in found)]


def _plain_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text).casefold()
    unaccented = "".join(character for character in folded if not unicodedata.combining(character))
    return re.findall(r"\w+", re.sub(r"['’]s\b", "", unaccented))
