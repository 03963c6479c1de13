"""What is done to one entry of the library, as part of a transaction, by whoever was found to be allowed to."""

from __future__ import annotations

from dataclasses import replace

from assistant.errors import InvalidValueError, NotFoundError, StateError
from assistant.people import Permission, Person
from assistant.statement import LibraryEntry
from assistant.workflow.knowledge import may_read
from assistant.workflow.naming import Customers
from assistant.workflow.ports import Transaction
from assistant.workflow.shelf import EntryRecord, shape_of

NOT_RETIRED = "Only an entry that is in use can be retired."
_TAKE_OUT = "take the name out of the answer first, or keep it for this customer only."


def readable(by: Person, record: EntryRecord) -> EntryRecord:
    """Return the entry when `by` may read it.

    :raises NotFoundError: when not; nothing tells that from there being none.
    """
    if not may_read(by, record.entry.audience):
        raise NotFoundError(f"There is no library entry {record.id}.")
    return record


def saved(
    tx: Transaction, by: Person | None, action: str, before: EntryRecord, after: EntryRecord, reason: str = ""
) -> EntryRecord:
    """Return the entry as saved and recorded, with the `reason` if there is one."""
    done = tx.library.save(after)
    told = {"reason": reason.strip()} if reason.strip() else {}
    tx.audit.record(by, action, before.subject, shape_of(before), {**shape_of(done), **told})
    return done


def retired(tx: Transaction, by: Person, entry: int, reason: str) -> EntryRecord:
    """Return the entry taken out of use.

    :raises StateError: when it is not in use.
    """
    before = readable(by, tx.library.get(entry))
    check_used(before, NOT_RETIRED)
    return saved(tx, by, "retired", before, replace(before, retired=True), reason)


def brought_back(tx: Transaction, by: Person, entry: int) -> EntryRecord:
    """Return the retired entry, or the proposal that was turned down, back where it was.

    :raises StateError: when it is neither.
    :raises InvalidValueError: when it would be used and names a customer.
    """
    before = readable(by, tx.library.get(entry))
    check_gone(before, Customers(tx, by))
    return saved(tx, by, "brought back", before, replace(before, retired=False))


def turned_down(tx: Transaction, by: Person, entry: int, reason: str) -> EntryRecord:
    """Return the proposal, off the list.

    :raises StateError: when it is no proposal (any longer).
    :raises InvalidValueError: without a reason, unless it is one's own.
    """
    before = tx.library.get(entry)
    check_open(before)
    if proposer(tx, before) == by.id:
        reason = reason.strip() or "withdrawn"
    else:
        by.require(Permission.KEEP_LIBRARY)
    if not reason.strip():
        raise InvalidValueError("Say why it is turned down, so that the author can mend it.")
    return saved(tx, by, "turned down", before, replace(before, retired=True), reason)


def proposer(tx: Transaction, record: EntryRecord) -> int | None:
    """Return the account that proposed the entry, None when nobody did."""
    events = tx.audit.events(record.subject)
    return next((event.by for event in reversed(events) if event.action == "proposed"), None)


def check_used(record: EntryRecord, refusal: str = "This entry is not in use.") -> None:
    """Return when the entry is in use.

    :raises StateError: when it is not; `refusal` says so.
    """
    if record.retired or record.proposed:
        raise StateError(refusal)


def check_gone(record: EntryRecord, customers: Customers) -> None:
    """Return when the entry was retired or turned down and may come back.

    :raises StateError: when it was not.
    :raises InvalidValueError: when it would be used and names a customer.
    """
    if not record.retired:
        raise StateError("This entry is in use.")
    if not record.proposed:
        check_names(customers, record.entry, "write it anew without the name.")


def check_open(record: EntryRecord) -> None:
    """Return when it is a proposal that waits.

    :raises StateError: when it is none, or was decided already.
    """
    if not record.proposed or record.retired:
        raise StateError("This proposal was decided already.")


def check_names(customers: Customers, entry: LibraryEntry, remedy: str = _TAKE_OUT) -> None:
    """Return when the entry names none of the `customers`.

    :raises InvalidValueError: when it does; `remedy` says what to do.
    """
    named = customers.named(entry.question, *entry.also_asked, entry.choice, entry.answer)
    if named:
        told = f"Question or answer name {' and '.join(named)}. Nothing of one customer may reach another: {remedy}"
        raise InvalidValueError(told)


def both_in_use(tx: Transaction, by: Person, kept: int, other: int) -> tuple[EntryRecord, EntryRecord]:
    """Return the two entries of a conflict.

    :raises StateError: when one is not in use (any longer).
    """
    one, two = readable(by, tx.library.get(kept)), readable(by, tx.library.get(other))
    if kept == other or any(record.retired or record.proposed for record in (one, two)):
        raise StateError("One of the two is not in use any more; look at what stands there now.")
    return one, two
