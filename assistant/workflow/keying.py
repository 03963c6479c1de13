"""Filling in the keys of questions, and which of a customer's questions are nearly the same: the worker's regular look.

Which questions are nearly the same is sought among those of one customer only. Answers of one customer are never held
against those of another but for the very same question (`consistency`), and what is not sought need not be kept.
"""

from __future__ import annotations

from assistant.workflow.asked import Likeness, key_of
from assistant.workflow.ports import Store

BATCH = 250
"""Questions keyed in one transaction."""
_COMPARED = 5_000
"""Earlier questions of the customer that new ones are held against, the latest first."""


class Keying:
    """Gives questions their keys."""

    def __init__(self, store: Store, matching: Likeness) -> None:
        """Keep what the use case needs."""
        self._store, self._matching = store, matching

    def look(self) -> bool:
        """Key some of the questions that have none; return whether there were any."""
        with self._store.reading() as tx:
            waiting = tx.asked.keyless(BATCH)
            if not waiting:
                return False
            customer = tx.questionnaires.get(waiting[0].questionnaire).customer
            same = [each.id for each in tx.questionnaires.all() if same_customer(each.customer, customer)]
            known = dict(tx.asked.texts(same, _COMPARED))
        keyed = [(item, self.key(item.text)) for item in waiting]
        fresh = {key: item.text for item, key in keyed}
        pairs = self._alike(fresh, {key: text for key, text in known.items() if key not in fresh})
        with self._store.writing() as tx:
            tx.asked.put_keys(keyed)
            tx.asked.note_alike(pairs)
        return True

    def key(self, text: str) -> str:
        """Return the key of a question that reads `text`."""
        return key_of(self._matching.question_key(text))

    def _alike(self, fresh: dict[str, str], known: dict[str, str]) -> list[tuple[str, str]]:
        keys = {text: key for key, text in (known | fresh).items()}
        found = self._matching.same(list(fresh.values()), list(known.values()))
        return [(keys[one], keys[other]) for one, other in found]


def same_customer(one: str, other: str) -> bool:
    """Return whether both are names of one customer, spelt alike but for case and spaces."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
