from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from assistant.errors import (
    AssistantError,
    InputError,
    InvalidValueError,
    NotFoundError,
    PermissionDeniedError,
    StateError,
)
from assistant.people import Person, Role
from assistant.storage import Database
from assistant.workflow.accounts import Accounts
from assistant.workflow.attempts import SignInRefusedError
from assistant.workflow.credentials import Passwords
from assistant.workflow.records import Account
from tests.conftest import StandingClock

PASSWORD = "three unrelated words"
KEY = "the secret key of the tests"
OTHER = "another set of words"
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def accounts(store: Database, clock: StandingClock) -> Accounts:
    return Accounts(store, clock, key=KEY, attempts=3, window=timedelta(minutes=15), session_hours=8, passwords=QUICK)


@pytest.fixture
def admin(accounts: Accounts) -> Person:
    return accounts.add("root@example.com", "Rosa", Role.ADMINISTRATOR, PASSWORD).person


@pytest.fixture
def sales(accounts: Accounts) -> Account:
    return accounts.add("sam@example.com", "Sam", Role.SALES, PASSWORD)


def signed_in(accounts: Accounts, email: str = "sam@example.com", password: str = PASSWORD) -> str:
    return accounts.sign_in(email, password, "192.0.2.1", "Firefox")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Return what the acts, each in a thread of its own, returned or raised."""
    outcomes: list[object] = []

    def run(act: Callable[[], object]) -> None:
        try:
            outcomes.append(act())
        except AssistantError as problem:
            outcomes.append(problem)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def actions(store: Database) -> list[str]:
    with store.reading() as tx:
        return [event.action for event in tx.audit.events()]


class TestTheFirstAdministrator:
    def test_is_made_by_a_link_and_then_may_sign_in(self, accounts: Accounts) -> None:
        assert accounts.needs_first_administrator()
        account = accounts.accept(accounts.first_link(), "Rosa", PASSWORD, "rosa@example.com")
        assert account.role is Role.ADMINISTRATOR
        assert not accounts.needs_first_administrator()
        assert accounts.sessions.person(signed_in(accounts, "rosa@example.com")) == account.person

    def test_has_to_give_an_address(self, accounts: Accounts) -> None:
        with pytest.raises(InvalidValueError, match="e-mail"):
            accounts.accept(accounts.first_link(), "Rosa", PASSWORD)

    def test_is_made_by_the_latest_link_only(self, accounts: Accounts) -> None:
        older, newer = accounts.first_link(), accounts.first_link()
        assert accounts.invitation(older) is None
        assert accounts.invitation(newer) is not None

    def test_is_not_made_twice_by_one_link(self, accounts: Accounts) -> None:
        link = accounts.first_link()
        accounts.accept(link, "Rosa", PASSWORD, "rosa@example.com")
        with pytest.raises(NotFoundError):
            accounts.accept(link, "Eve", PASSWORD, "eve@example.com")

    def test_is_not_made_by_a_link_when_one_was_added_meanwhile(self, accounts: Accounts) -> None:
        link = accounts.first_link()
        accounts.add("root@example.com", "Rosa", Role.ADMINISTRATOR, PASSWORD)
        assert accounts.invitation(link) is None
        with pytest.raises(NotFoundError):
            accounts.accept(link, "Eve", PASSWORD, "eve@example.com")

    def test_is_not_made_by_a_link_that_has_expired(self, accounts: Accounts, clock: StandingClock) -> None:
        link = accounts.first_link()
        clock.advance(hours=24)
        with pytest.raises(NotFoundError):
            accounts.accept(link, "Rosa", PASSWORD, "rosa@example.com")

    def test_gets_no_link_when_there_is_one(self, accounts: Accounts, admin: Person) -> None:
        with pytest.raises(StateError):
            accounts.first_link()


class TestInvitations:
    def test_make_an_account_with_the_role_that_was_invited(self, accounts: Accounts, admin: Person) -> None:
        link = accounts.invite(admin, " ada@example.com ", "Ada  Lovelace", Role.REVIEWER)
        shown = accounts.invitation(link)
        assert shown is not None
        assert (shown.email, shown.name, shown.role) == ("ada@example.com", "Ada Lovelace", Role.REVIEWER)
        account = accounts.accept(link, "", PASSWORD)
        assert (account.email, account.name, account.role) == ("ada@example.com", "Ada Lovelace", Role.REVIEWER)
        assert accounts.invitation(link) is None

    def test_ignore_another_address_given_when_accepting(self, accounts: Accounts, admin: Person) -> None:
        link = accounts.invite(admin, "ada@example.com", "Ada", Role.REVIEWER)
        assert accounts.accept(link, "Ada", PASSWORD, "eve@example.com").email == "ada@example.com"

    def test_expire(self, accounts: Accounts, admin: Person, clock: StandingClock) -> None:
        link = accounts.invite(admin, "ada@example.com", "Ada", Role.REVIEWER)
        clock.advance(hours=72)
        assert accounts.invitation(link) is None

    def test_replace_older_ones_to_the_same_address(self, accounts: Accounts, admin: Person) -> None:
        older = accounts.invite(admin, "ada@example.com", "Ada", Role.ADMINISTRATOR)
        accounts.invite(admin, "ADA@example.com", "Ada", Role.SALES)
        assert accounts.invitation(older) is None

    @pytest.mark.parametrize("role", [Role.SALES, Role.EXPERT, Role.REVIEWER])
    def test_come_from_administrators_only(self, accounts: Accounts, role: Role) -> None:
        nobody = accounts.add("n@example.com", "Nobody", role, PASSWORD).person
        with pytest.raises(PermissionDeniedError):
            accounts.invite(nobody, "ada@example.com", "Ada", Role.SALES)

    @pytest.mark.parametrize("name", ["", " ", "x" * 101, "A\x00B"])
    def test_need_a_name(self, accounts: Accounts, admin: Person, name: str) -> None:
        with pytest.raises(InvalidValueError):
            accounts.invite(admin, "ada@example.com", name, Role.SALES)

    @pytest.mark.parametrize("email", ["", "ada", "@example.com", "a b@example.com", "a@b\n@c", "x" * 250 + "@b.com"])
    def test_need_an_address(self, accounts: Accounts, admin: Person, email: str) -> None:
        with pytest.raises(InvalidValueError):
            accounts.invite(admin, email, "Ada", Role.SALES)

    def test_are_refused_for_an_address_that_has_an_account(
        self, accounts: Accounts, admin: Person, sales: Account
    ) -> None:
        with pytest.raises(InvalidValueError, match="already"):
            accounts.invite(admin, sales.email.upper(), "Sam", Role.SALES)

    def test_that_were_never_made_do_not_hold(self, accounts: Accounts) -> None:
        assert accounts.invitation("") is None
        assert accounts.invitation("\udcff") is None

    def test_make_one_account_when_they_are_accepted_twice_at_once(
        self, accounts: Accounts, admin: Person, store: Database
    ) -> None:
        link = accounts.invite(admin, "ada@example.com", "Ada", Role.REVIEWER)
        outcomes = at_once(*[lambda: accounts.accept(link, "Ada", PASSWORD)] * 4)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Account"] + ["NotFoundError"] * 3


class TestSigningIn:
    def test_starts_a_session_that_ends_after_the_hours_that_are_set(
        self, accounts: Accounts, sales: Account, clock: StandingClock
    ) -> None:
        token = signed_in(accounts)
        clock.advance(hours=8, seconds=-1)
        assert accounts.sessions.person(token) == sales.person
        clock.advance(seconds=1)
        assert accounts.sessions.person(token) is None
        assert accounts.sessions.of(sales.person) == []

    def test_does_not_mind_the_case_of_the_address(self, accounts: Accounts, sales: Account) -> None:
        assert accounts.sessions.person(signed_in(accounts, " SAM@Example.com ")) == sales.person

    def test_takes_the_same_password_however_it_is_composed(self, accounts: Accounts) -> None:
        accounts.add("zoe@example.com", "Zoë", Role.SALES, "Zoe\u0308 and others")
        assert signed_in(accounts, "zoe@example.com", "Zo\u00eb and others")

    def test_says_the_same_for_a_wrong_password_an_unknown_and_a_deactivated_account(
        self, accounts: Accounts, admin: Person, sales: Account
    ) -> None:
        refusals = set()
        for email, password in ((sales.email, "wrong"), ("nobody@example.com", PASSWORD)):
            with pytest.raises(SignInRefusedError) as refused:
                signed_in(accounts, email, password)
            refusals.add(str(refused.value))
        accounts.set_active(admin, sales.id, False)
        with pytest.raises(SignInRefusedError) as refused:
            signed_in(accounts)
        assert refusals == {str(refused.value)}

    def test_proves_a_password_for_an_unknown_account_too(
        self, accounts: Accounts, sales: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        proofs: list[str | None] = []

        def proved(password_hash: str | None, password: str) -> bool:
            proofs.append(password_hash)
            return False

        monkeypatch.setattr(QUICK, "proved", proved)
        for email in (sales.email, "nobody@example.com"):
            with pytest.raises(SignInRefusedError):
                signed_in(accounts, email)
        assert proofs == [sales.password_hash, None]

    def test_is_limited_for_an_account_and_says_until_when(
        self, accounts: Accounts, sales: Account, clock: StandingClock
    ) -> None:
        start = clock.now
        for _ in range(3):
            with pytest.raises(SignInRefusedError):
                accounts.sign_in(sales.email, "wrong", "192.0.2.7", "")
            clock.advance(minutes=1)
        with pytest.raises(SignInRefusedError, match="Try again at 09:45 UTC, in 12 minutes") as limited:
            signed_in(accounts)
        assert limited.value.again == start + timedelta(minutes=15)
        clock.advance(minutes=12)
        assert signed_in(accounts)

    def test_is_limited_for_unknown_accounts_alike(self, accounts: Accounts) -> None:
        for _ in range(3):
            with pytest.raises(SignInRefusedError, match="do not match"):
                signed_in(accounts, "nobody@example.com")
        with pytest.raises(SignInRefusedError, match="Too many"):
            signed_in(accounts, "nobody@example.com")

    def test_is_limited_for_a_network_address_that_tries_many_accounts(
        self, accounts: Accounts, sales: Account
    ) -> None:
        for number in range(30):
            with pytest.raises(SignInRefusedError, match="do not match"):
                signed_in(accounts, f"guess{number}@example.com")
        with pytest.raises(SignInRefusedError, match="Too many"):
            signed_in(accounts)
        assert accounts.sign_in(sales.email, PASSWORD, "192.0.2.200", "")

    def test_forgets_failures_after_a_success(self, accounts: Accounts, sales: Account) -> None:
        for _ in range(5):
            with pytest.raises(SignInRefusedError):
                signed_in(accounts, password="wrong")
            signed_in(accounts)

    def test_counts_tries_that_are_made_at_the_same_time(
        self, accounts: Accounts, sales: Account, store: Database
    ) -> None:
        refused = [str(problem) for problem in at_once(*[lambda: signed_in(accounts, password="wrong")] * 8)]
        assert sum("do not match" in message for message in refused) == 3
        assert sum("Too many" in message for message in refused) == 5

    def test_hashes_the_password_anew_when_the_parameters_have_become_stronger(
        self, accounts: Accounts, sales: Account, store: Database, clock: StandingClock
    ) -> None:
        stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
        now = Accounts(
            store, clock, key=KEY, attempts=3, window=timedelta(minutes=1), session_hours=1, passwords=stronger
        )
        signed_in(now)
        with store.reading() as tx:
            account = tx.people.get(sales.id)
        assert account is not None
        assert not stronger.outdated(account.password_hash)
        assert signed_in(now)

    def test_with_characters_no_database_holds_is_refused_like_any_other(self, accounts: Accounts) -> None:
        for text in ("a\x00b@example.com", "\udcff@example.com"):
            with pytest.raises(InputError):
                signed_in(accounts, text, "\udcff")

    def test_fails_when_the_account_is_changed_while_the_password_is_proved(
        self, accounts: Accounts, admin: Person, sales: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        link = accounts.reset_link(admin, sales.id)
        proved = QUICK.proved

        def slowly(password_hash: str | None, password: str) -> bool:
            if accounts.invitation(link):
                accounts.accept(link, "", OTHER)
            return proved(password_hash, password)

        monkeypatch.setattr(QUICK, "proved", slowly)
        with pytest.raises(SignInRefusedError, match="changed meanwhile"):
            signed_in(accounts)
        link = accounts.reset_link(admin, sales.id)
        with pytest.raises(SignInRefusedError, match="changed meanwhile"):
            accounts.change_password(sales.person, OTHER, "yet another set of words")


class TestSessions:
    def test_end_by_signing_out(self, accounts: Accounts, sales: Account) -> None:
        first, second = signed_in(accounts), signed_in(accounts)
        accounts.sessions.end(first)
        accounts.sessions.end(first)
        assert accounts.sessions.person(first) is None
        assert accounts.sessions.person(second) == sales.person

    def test_are_listed_with_where_they_are(self, accounts: Accounts, sales: Account, clock: StandingClock) -> None:
        signed_in(accounts)
        clock.advance(minutes=1)
        accounts.sign_in(sales.email, PASSWORD, "198.51.100.9", "Safari")
        assert [(s.address, s.agent) for s in accounts.sessions.of(sales.person)] == [
            ("198.51.100.9", "Safari"),
            ("192.0.2.1", "Firefox"),
        ]

    def test_are_told_at_once_while_somebody_writes(
        self,
        accounts: Accounts,
        sales: Account,
        clock: StandingClock,
        open_database: Callable[..., Database],
    ) -> None:
        token, started = signed_in(accounts), clock.now
        clock.advance(minutes=5)
        with open_database().writing():
            before = time.monotonic()
            assert accounts.sessions.person(token) == sales.person
            assert time.monotonic() - before < 5
        assert accounts.sessions.of(sales.person)[0].seen == started
        assert accounts.sessions.person(token) == sales.person
        assert accounts.sessions.of(sales.person)[0].seen == clock.now

    def test_note_their_last_use_once_a_minute(self, accounts: Accounts, sales: Account, clock: StandingClock) -> None:
        token, start = signed_in(accounts), clock.now
        clock.advance(seconds=59)
        accounts.sessions.person(token)
        assert accounts.sessions.of(sales.person)[0].seen == start
        clock.advance(seconds=1)
        accounts.sessions.person(token)
        assert accounts.sessions.of(sales.person)[0].seen == clock.now

    def test_are_ended_by_their_owner_or_an_administrator_and_nobody_else(
        self, accounts: Accounts, admin: Person, sales: Account
    ) -> None:
        other = accounts.add("eve@example.com", "Eve", Role.REVIEWER, PASSWORD).person
        signed_in(accounts)
        with pytest.raises(PermissionDeniedError):
            accounts.sessions.end_all(other, sales.id)
        assert accounts.sessions.end_all(sales.person, sales.id) == 1
        token = signed_in(accounts)
        assert accounts.sessions.end_all(admin, sales.id) == 1
        assert accounts.sessions.person(token) is None

    def test_are_kept_as_a_digest_only(self, accounts: Accounts, sales: Account) -> None:
        token = signed_in(accounts)
        assert token not in repr(accounts.sessions.of(sales.person))

    def test_of_nobody_are_nobodys(self, accounts: Accounts) -> None:
        assert accounts.sessions.person("") is None
        assert accounts.sessions.person("\udcff") is None


class TestPasswords:
    def test_are_changed_with_the_old_one_and_other_sessions_end(self, accounts: Accounts, sales: Account) -> None:
        here, there = signed_in(accounts), signed_in(accounts)
        accounts.change_password(sales.person, PASSWORD, OTHER, keep=here)
        assert accounts.sessions.person(here) == sales.person
        assert accounts.sessions.person(there) is None
        with pytest.raises(SignInRefusedError):
            signed_in(accounts)
        assert signed_in(accounts, password=OTHER)

    def test_are_not_changed_without_the_old_one_however_often_it_is_guessed(
        self, accounts: Accounts, sales: Account
    ) -> None:
        for _ in range(3):
            with pytest.raises(SignInRefusedError, match="present password"):
                accounts.change_password(sales.person, "wrong", OTHER)
        with pytest.raises(SignInRefusedError, match="Too many"):
            accounts.change_password(sales.person, PASSWORD, OTHER)

    def test_are_reset_by_a_link_that_ends_every_session(
        self, accounts: Accounts, admin: Person, sales: Account
    ) -> None:
        token = signed_in(accounts)
        link = accounts.reset_link(admin, sales.id)
        assert accounts.accept(link, "Another Name", OTHER).person == sales.person
        assert accounts.sessions.person(token) is None
        assert signed_in(accounts, password=OTHER)
        with pytest.raises(NotFoundError):
            accounts.accept(link, "", PASSWORD)

    def test_are_reset_from_the_console(self, accounts: Accounts, sales: Account) -> None:
        assert accounts.accept(accounts.reset_link(None, sales.id), "", OTHER).id == sales.id

    def test_are_not_reset_for_others_by_others(self, accounts: Accounts, admin: Person, sales: Account) -> None:
        with pytest.raises(PermissionDeniedError):
            accounts.reset_link(sales.person, admin.id)
        with pytest.raises(NotFoundError):
            accounts.reset_link(admin, 4711)

    def test_lift_the_limit_when_they_are_reset(self, accounts: Accounts, admin: Person, sales: Account) -> None:
        for _ in range(3):
            with pytest.raises(SignInRefusedError):
                signed_in(accounts, password="wrong")
        accounts.accept(accounts.reset_link(admin, sales.id), "", OTHER)
        assert signed_in(accounts, password=OTHER)

    @pytest.mark.parametrize(
        "password",
        [
            "short",
            "x" * 501,
            "sam@example.com",
            "SAM@EXAMPLE.COM",
            "P@ssw0rd2026!",
            "passwordpassword",
            "aaaaaaaaaaaaaa",
            "123456789012",
            "0987-6543-2109",
            "Administrator1!",
            "qwertyuiop1234",
            "ababababababab",
        ],
    )
    def test_that_are_tried_first_are_refused(self, accounts: Accounts, password: str) -> None:
        with pytest.raises(InvalidValueError):
            accounts.add("sam@example.com", "Sam", Role.SALES, password)

    @pytest.mark.parametrize("password", [PASSWORD, "password manager wrote it", "x7#kQ!9zLm@2", "ключ от квартиры"])
    def test_that_are_not_guessed_are_taken(self, accounts: Accounts, password: str) -> None:
        accounts.add("sam@example.com", "Sam", Role.SALES, password)
        assert signed_in(accounts, password=password)


class TestRoles:
    def test_change_and_the_sessions_end(self, accounts: Accounts, admin: Person, sales: Account) -> None:
        token = signed_in(accounts)
        assert accounts.set_role(admin, sales.id, Role.REVIEWER).role is Role.REVIEWER
        assert accounts.sessions.person(token) is None
        person = accounts.sessions.person(signed_in(accounts))
        assert person is not None
        assert person.role is Role.REVIEWER

    def test_are_changed_by_administrators_only(self, accounts: Accounts, admin: Person, sales: Account) -> None:
        with pytest.raises(PermissionDeniedError):
            accounts.set_role(sales.person, sales.id, Role.ADMINISTRATOR)
        with pytest.raises(PermissionDeniedError):
            accounts.set_active(sales.person, admin.id, False)

    def test_are_not_changed_by_somebody_whose_own_was_taken_meanwhile(
        self, accounts: Accounts, admin: Person, sales: Account
    ) -> None:
        second = accounts.add("two@example.com", "Two", Role.ADMINISTRATOR, PASSWORD).person
        accounts.set_role(admin, second.id, Role.SALES)
        with pytest.raises(PermissionDeniedError):
            accounts.set_role(second, sales.id, Role.ADMINISTRATOR)
        accounts.set_active(admin, second.id, False)
        with pytest.raises(PermissionDeniedError, match="deactivated"):
            accounts.set_role(second, sales.id, Role.ADMINISTRATOR)

    def test_leave_the_last_administrator_alone(self, accounts: Accounts, admin: Person) -> None:
        accounts.set_active(admin, accounts.add("t@example.com", "T", Role.ADMINISTRATOR, PASSWORD).id, False)
        with pytest.raises(StateError, match="last administrator"):
            accounts.set_role(admin, admin.id, Role.SALES)
        with pytest.raises(StateError, match="last administrator"):
            accounts.set_active(admin, admin.id, False)
        assert not accounts.needs_first_administrator()

    def test_leave_one_of_two_administrators_who_take_away_each_others_at_once(
        self, accounts: Accounts, admin: Person
    ) -> None:
        second = accounts.add("two@example.com", "Two", Role.ADMINISTRATOR, PASSWORD).person
        outcomes = at_once(
            lambda: accounts.set_role(admin, second.id, Role.SALES),
            lambda: accounts.set_role(second, admin.id, Role.SALES),
        )
        assert sum(isinstance(outcome, PermissionDeniedError) for outcome in outcomes) == 1
        assert not accounts.needs_first_administrator()

    def test_deactivating_ends_sessions_and_links_until_activated_again(
        self, accounts: Accounts, admin: Person, sales: Account
    ) -> None:
        token, link = signed_in(accounts), accounts.reset_link(admin, sales.id)
        accounts.set_active(admin, sales.id, False)
        assert accounts.sessions.person(token) is None
        assert accounts.invitation(link) is None
        with pytest.raises(StateError):
            accounts.reset_link(admin, sales.id)
        accounts.set_active(admin, sales.id, True)
        assert accounts.sessions.person(token) is None
        assert signed_in(accounts)

    @pytest.mark.parametrize("left", [True, False])
    def test_that_keep_accounts_no_more_take_their_links_along(
        self, accounts: Accounts, admin: Person, sales: Account, left: bool
    ) -> None:
        other = accounts.add("otto@example.com", "Otto", Role.ADMINISTRATOR, PASSWORD)
        made = accounts.invite(other.person, "new@example.com", "Nora", Role.ADMINISTRATOR)
        reset = accounts.reset_link(other.person, sales.id)
        assert accounts.invitation(made) is not None
        if left:
            accounts.set_active(admin, other.id, False)
        else:
            accounts.set_role(admin, other.id, Role.SALES)
        for link in (made, reset):
            assert accounts.invitation(link) is None
            with pytest.raises(NotFoundError):
                accounts.accept(link, "Nora", OTHER)
        console = accounts.reset_link(None, sales.id)
        assert accounts.accept(console, "", OTHER).id == sales.id

    def test_that_stay_the_same_change_nothing(
        self, accounts: Accounts, admin: Person, sales: Account, store: Database
    ) -> None:
        token, before = signed_in(accounts), actions(store)
        assert accounts.set_role(admin, sales.id, Role.SALES) == sales
        assert accounts.sessions.person(token) == sales.person
        assert actions(store) == before


def test_everything_is_in_the_audit_log_and_no_secret_is(
    accounts: Accounts, admin: Person, sales: Account, store: Database
) -> None:
    tokens = [signed_in(accounts)]
    with pytest.raises(SignInRefusedError):
        signed_in(accounts, "my secret typed in the wrong field", "wrong secret")
    accounts.change_password(sales.person, PASSWORD, OTHER, keep=tokens[0])
    accounts.sessions.end(tokens[0])
    tokens += [accounts.invite(admin, "ada@example.com", "Ada", Role.EXPERT), accounts.reset_link(admin, sales.id)]
    accounts.accept(tokens[1], "Ada", PASSWORD)
    accounts.accept(tokens[2], "", PASSWORD)
    accounts.set_role(admin, sales.id, Role.EXPERT)
    accounts.set_active(admin, sales.id, False)
    accounts.set_active(admin, sales.id, True)
    accounts.sessions.end_all(admin, sales.id)
    with store.reading() as tx:
        events = tx.audit.events()
        hashes = [account.password_hash for account in tx.people.all()]
        assert tx.audit.faults() == []
    assert [event.action for event in reversed(events)] == [
        "added an account",
        "added an account",
        "signed in",
        "failed to sign in",
        "changed the password",
        "signed out",
        "invited",
        "made a link for a new password",
        "accepted an invitation",
        "set a new password by a link",
        "changed the role",
        "deactivated",
        "activated",
        "ended the sessions",
    ]
    told = repr(events)
    for secret in [*tokens, *hashes, PASSWORD, OTHER, "secret typed", "wrong secret"]:
        assert secret not in told


def test_an_account_saved_with_an_address_that_is_taken_is_refused(
    accounts: Accounts, admin: Person, sales: Account, store: Database
) -> None:
    with pytest.raises(StateError, match="already"), store.writing() as tx:
        tx.people.update(replace(sales, email="Root@Example.com"))
