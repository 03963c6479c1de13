from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from assistant.errors import ConflictError
from assistant.people import Role
from assistant.storage import Database
from assistant.storage.people import FAILURES_KEPT
from assistant.workflow.records import Invitation, Session
from tests.conftest import StandingClock
from tests.storage import samples
from tests.storage.samples import NOON

HOUR = timedelta(hours=1)


def test_an_account_is_found_by_its_address_whatever_the_case(store: Database, clock: StandingClock) -> None:
    with store.writing() as tx:
        made = tx.people.add("Ada.Größe@Example.com", "Ada", Role.REVIEWER, "hash")
    with store.reading() as tx:
        assert tx.people.by_email("ADA.GRÖSSE@example.COM") == made
        assert tx.people.get(made.id) == made
        assert (made.created, made.active, made.second_factor) == (clock.now, True, "")
        assert tx.people.by_email("ada@example.com") is None
        assert tx.people.get(made.id + 1) is None


def test_an_address_has_one_account(store: Database) -> None:
    with store.writing() as tx:
        tx.people.add("ada@example.com", "Ada", Role.REVIEWER, "hash")
        with pytest.raises(ConflictError):
            tx.people.add("ADA@example.com", "Eve", Role.SALES, "hash")


def test_accounts_come_by_name_and_are_saved_in_every_field(store: Database) -> None:
    with store.writing() as tx:
        tx.people.add("z@example.com", "zoe", Role.SALES, "hash")
        ada = tx.people.add("a@example.com", "Bea", Role.SALES, "hash")
        changed = replace(
            ada, email="ada@x.org", name="Ada", role=Role.EXPERT, password_hash="h", active=False, second_factor="S"
        )
        tx.people.update(changed)
        assert tx.people.get(ada.id) == changed
        assert [account.name for account in tx.people.all()] == ["Ada", "zoe"]
        assert sorted(tx.people.names().values()) == ["Ada", "zoe"]


def session(token: str, account: int, seen: datetime = NOON) -> Session:
    return Session(token * 64, account, NOON, seen, NOON + HOUR, "Firefox", "192.0.2.1")


def test_sessions_are_found_touched_and_ended(store: Database) -> None:
    with store.writing() as tx:
        ada, eve = (tx.people.add(f"{n}@example.com", n, Role.SALES, "hash").id for n in ("ada", "eve"))
        for token, account in (("a", ada), ("b", ada), ("c", ada), ("e", eve)):
            tx.people.add_session(session(token, account))
        tx.people.touch_session("a" * 64, NOON + HOUR / 2)
        assert tx.people.session("a" * 64) == session("a", ada, NOON + HOUR / 2)
        assert tx.people.session("x" * 64) is None
        assert tx.people.sessions(ada)[0] == session("a", ada, NOON + HOUR / 2)
        assert tx.people.end_sessions(eve, "a" * 64) == 0
        assert tx.people.end_sessions(ada, "a" * 64) == 1
        assert tx.people.end_sessions(ada) == 2
        assert tx.people.sessions(eve) == [session("e", eve)]


def test_sessions_that_have_expired_go_when_others_start(store: Database) -> None:
    with store.writing() as tx:
        ada = tx.people.add("ada@example.com", "Ada", Role.SALES, "hash").id
        tx.people.add_session(session("a", ada))
        later = NOON + 2 * HOUR
        tx.people.add_session(replace(session("b", ada), created=later, seen=later, expires=later + HOUR))
        assert tx.people.session("a" * 64) is None


def test_an_invitation_is_used_once(store: Database) -> None:
    with store.writing() as tx:
        maker = samples.person(tx, Role.ADMINISTRATOR, "Mae")
        invitation = Invitation("a" * 64, "Ada@example.com", "Ada", Role.EXPERT, NOON + HOUR, by=maker.id)
        tx.people.add_invitation(invitation)
        assert tx.people.invitation("a" * 64) == invitation
        assert tx.people.use_invitation("a" * 64, NOON)
        assert not tx.people.use_invitation("a" * 64, NOON + HOUR)
        assert tx.people.invitation("a" * 64) == replace(invitation, used=NOON)
        assert tx.people.invitation("b" * 64) is None


def test_invitations_are_withdrawn_by_address_unless_used(store: Database) -> None:
    with store.writing() as tx:
        for token, email in (("a", "ada@example.com"), ("b", "ADA@example.com"), ("e", "eve@example.com")):
            tx.people.add_invitation(Invitation(token * 64, email, "", Role.SALES, NOON + HOUR))
        tx.people.use_invitation("a" * 64, NOON)
        tx.people.end_invitations("Ada@Example.com")
        assert [bool(tx.people.invitation(token * 64)) for token in "abe"] == [True, False, True]


def test_failures_are_counted_by_account_and_by_network_address(store: Database) -> None:
    with store.writing() as tx:
        for minute, (email, address) in enumerate([("a@x", "1"), ("A@X", "2"), ("b@x", "1"), ("c@x", "3")]):
            tx.people.add_failure(email, address, NOON + timedelta(minutes=minute))
        of_account, of_address = tx.people.failures("a@x", "1", NOON - HOUR)
        assert [at.minute for at in of_account] == [1, 0]
        assert [at.minute for at in of_address] == [2, 0]
        assert tx.people.failures("a@x", "1", NOON) == ([NOON + timedelta(minutes=1)], [NOON + timedelta(minutes=2)])
        tx.people.clear_failures("a@X")
        assert tx.people.failures("a@x", "1", NOON - HOUR) == ([], [NOON + timedelta(minutes=2)])


def test_failures_do_not_pile_up(store: Database) -> None:
    with store.writing() as tx:
        tx.people.add_failure("a@x", "1", NOON)
        tx.people.add_failure("b@x", "2", NOON + FAILURES_KEPT + timedelta(seconds=1))
        assert tx.people.failures("a@x", "1", NOON - HOUR) == ([], [])
