from __future__ import annotations

import re
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from assistant.errors import InvalidValueError, NotFoundError, PermissionDeniedError, StateError
from assistant.people import Person, Role
from assistant.storage import Database
from assistant.workflow.accounts import Accounts
from assistant.workflow.attempts import SignInRefusedError
from assistant.workflow.codes import PERIOD, RECOVERY_CODES, Codes, fresh_recovery_codes, fresh_seed, recovery_hash
from assistant.workflow.credentials import Passwords
from assistant.workflow.halfway import HALFWAY_LASTS, CodeWantedError
from tests.conftest import StandingClock

KEY, PASSWORD = "the secret key of the tests", "three unrelated words"
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
SEED = fresh_seed()


@pytest.fixture
def make(store: Database, clock: StandingClock) -> Callable[..., Accounts]:
    def made(key: str = KEY, required: bool = False) -> Accounts:
        return Accounts(
            store, clock, key=key, attempts=3, window=timedelta(minutes=15), session_hours=8,
            factor_required=required, passwords=QUICK,
        )  # fmt: skip

    return made


@pytest.fixture
def accounts(make: Callable[..., Accounts]) -> Accounts:
    return make()


@pytest.fixture
def admin(accounts: Accounts) -> Person:
    return accounts.add("root@example.com", "Rosa", Role.ADMINISTRATOR, PASSWORD).person


@pytest.fixture
def sam(accounts: Accounts) -> Person:
    return accounts.add("sam@example.com", "Sam", Role.SALES, PASSWORD).person


def app_of(person: Person) -> pyotp.TOTP:
    """Return what the person's phone holds."""
    return pyotp.TOTP(Codes(KEY).secret(person.id, SEED))


@pytest.fixture
def codes(accounts: Accounts, sam: Person, clock: StandingClock) -> list[str]:
    """Sam's recovery codes; the factor is on, and its next code is fresh."""
    made = accounts.factors.switch_on(sam, SEED, PASSWORD, app_of(sam).at(clock.now))
    clock.advance(seconds=PERIOD)
    return made


def halfway(accounts: Accounts) -> str:
    with pytest.raises(CodeWantedError) as wanted:
        accounts.sign_in("sam@example.com", PASSWORD, "192.0.2.1", "Firefox")
    return wanted.value.halfway


def enter(accounts: Accounts, code: str, proof: str = "") -> str:
    return accounts.enter_code(proof or halfway(accounts), code, "192.0.2.1", "Firefox")


def test_the_secret_is_derived_and_nothing_of_it_is_kept(
    accounts: Accounts, store: Database, sam: Person, codes: list[str]
) -> None:
    secret = accounts.factors.offer(sam, SEED).secret
    with store.reading() as tx:
        kept = str(tx.people.get(sam.id)) + str(tx.audit.events())
    assert secret not in kept
    assert not any(code in kept for code in codes)
    assert Codes("another key").secret(sam.id, SEED) != secret
    assert Codes(KEY).secret(sam.id + 1, SEED) != secret


def test_the_offered_address_is_what_authenticator_apps_take(accounts: Accounts, sam: Person) -> None:
    parsed = pyotp.parse_uri(accounts.factors.offer(sam, SEED).address)
    assert isinstance(parsed, pyotp.TOTP)
    assert (parsed.name, parsed.issuer) == ("sam@example.com", "Questionnaire Assistant")
    assert parsed.secret == accounts.factors.offer(sam, SEED).secret


def test_it_is_on_only_after_a_code_was_typed(accounts: Accounts, sam: Person, clock: StandingClock) -> None:
    for seed, code in ((SEED, "000000"), (SEED, ""), ("", app_of(sam).at(clock.now)), (SEED, "１２３４５６")):
        with pytest.raises(InvalidValueError, match="does not fit"):
            accounts.factors.switch_on(sam, seed, PASSWORD, code)
        clock.advance(minutes=15)
    assert not accounts.factors.standing(sam).on
    accounts.factors.switch_on(sam, SEED, PASSWORD, app_of(sam).at(clock.now))
    assert accounts.factors.standing(sam).on
    with pytest.raises(StateError, match="already"):
        accounts.factors.switch_on(sam, SEED, PASSWORD, app_of(sam).at(clock.now))


def test_it_is_switched_on_by_whoever_knows_the_password(accounts: Accounts, sam: Person, clock: StandingClock) -> None:
    with pytest.raises(SignInRefusedError, match="password is wrong"):
        accounts.factors.switch_on(sam, SEED, "another password", app_of(sam).at(clock.now))
    assert not accounts.factors.standing(sam).on


def test_codes_are_not_tried_without_end_while_it_is_set_up(
    accounts: Accounts, sam: Person, clock: StandingClock
) -> None:
    for number in range(3):
        with pytest.raises(InvalidValueError, match="does not fit"):
            accounts.factors.switch_on(sam, SEED, PASSWORD, f"{number:06}")
    with pytest.raises(SignInRefusedError, match="Too many"):
        accounts.factors.switch_on(sam, SEED, PASSWORD, app_of(sam).at(clock.now))
    clock.advance(minutes=15)
    accounts.factors.switch_on(sam, SEED, PASSWORD, app_of(sam).at(clock.now))
    assert halfway(accounts), "success forgets the tries"


def test_switching_on_ends_the_other_sessions(accounts: Accounts, sam: Person, clock: StandingClock) -> None:
    here, elsewhere = (accounts.sign_in("sam@example.com", PASSWORD, "", "") for _ in range(2))
    accounts.factors.switch_on(sam, SEED, PASSWORD, app_of(sam).at(clock.now), keep=here)
    assert accounts.sessions.person(here) == sam
    assert accounts.sessions.person(elsewhere) is None


def test_signing_in_takes_two_steps(accounts: Accounts, sam: Person, codes: list[str], clock: StandingClock) -> None:
    token = enter(accounts, app_of(sam).at(clock.now))
    assert accounts.sessions.person(token) == sam


def test_a_code_may_be_typed_in_two_groups(
    accounts: Accounts, sam: Person, codes: list[str], clock: StandingClock
) -> None:
    code = app_of(sam).at(clock.now)
    assert enter(accounts, f" {code[:3]} {code[3:]} ")


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_one_step_off(
    steps: int, accounts: Accounts, sam: Person, codes: list[str], clock: StandingClock
) -> None:
    clock.advance(seconds=PERIOD)
    assert enter(accounts, app_of(sam).at(clock.now + timedelta(seconds=PERIOD * steps)))


@pytest.mark.parametrize("steps", [-2, 2])
def test_but_not_two(steps: int, accounts: Accounts, sam: Person, codes: list[str], clock: StandingClock) -> None:
    clock.advance(seconds=2 * PERIOD)
    with pytest.raises(SignInRefusedError, match="does not fit"):
        enter(accounts, app_of(sam).at(clock.now + timedelta(seconds=PERIOD * steps)))


def test_no_code_is_taken_twice_nor_an_older_one_after_it(
    accounts: Accounts, sam: Person, codes: list[str], clock: StandingClock
) -> None:
    clock.advance(seconds=PERIOD)
    enter(accounts, app_of(sam).at(clock.now))
    for steps in (0, -1):
        with pytest.raises(SignInRefusedError):
            enter(accounts, app_of(sam).at(clock.now + timedelta(seconds=PERIOD * steps)))
    assert enter(accounts, app_of(sam).at(clock.now + timedelta(seconds=PERIOD * 1)))


def test_of_two_at_the_same_moment_with_the_same_code_one_gets_in(
    accounts: Accounts, sam: Person, codes: list[str], clock: StandingClock
) -> None:
    for code in (app_of(sam).at(clock.now), codes[0]):
        proofs = [halfway(accounts), halfway(accounts)]
        got: list[str] = []

        def enter_it(proof: str, code: str = code, got: list[str] = got) -> None:
            with suppress(SignInRefusedError):
                got.append(enter(accounts, code, proof))

        threads = [threading.Thread(target=enter_it, args=(proof,)) for proof in proofs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(got) == 1


def test_the_code_that_switched_it_on_does_not_sign_in(accounts: Accounts, sam: Person, clock: StandingClock) -> None:
    code = app_of(sam).at(clock.now)
    accounts.factors.switch_on(sam, SEED, PASSWORD, code)
    with pytest.raises(SignInRefusedError):
        enter(accounts, code)


def test_a_recovery_code_signs_in_once_however_it_is_written(accounts: Accounts, sam: Person, codes: list[str]) -> None:
    assert len(set(codes)) == RECOVERY_CODES
    assert enter(accounts, codes[0].upper().replace("-", " "))
    with pytest.raises(SignInRefusedError):
        enter(accounts, codes[0])
    assert accounts.factors.standing(sam).recovery_codes == RECOVERY_CODES - 1


def test_recovery_codes_are_long_enough_to_be_kept_as_plain_digests() -> None:
    assert all(re.fullmatch(r"(?:[a-z2-7]{4}-){3}[a-z2-7]{4}", code) for code in fresh_recovery_codes())
    assert recovery_hash("ABCD-efgh") == recovery_hash("abcd efgh")


def test_recovery_codes_outlive_the_secret_key(
    make: Callable[..., Accounts], sam: Person, codes: list[str], clock: StandingClock
) -> None:
    moved = make(key="another secret key altogether")
    with pytest.raises(SignInRefusedError):
        enter(moved, app_of(sam).at(clock.now))
    assert enter(moved, codes[0])


def test_tries_of_a_code_are_counted_whatever_the_password_did(
    accounts: Accounts, sam: Person, codes: list[str], clock: StandingClock
) -> None:
    for _ in range(3):
        with pytest.raises(SignInRefusedError, match="does not fit"):
            enter(accounts, "000000")
    with pytest.raises(SignInRefusedError, match="Too many"):
        enter(accounts, app_of(sam).at(clock.now))
    clock.advance(minutes=15)
    assert enter(accounts, app_of(sam).at(clock.now))


def test_typing_an_address_cannot_use_up_the_tries_of_a_code(
    accounts: Accounts, sam: Person, codes: list[str], clock: StandingClock
) -> None:
    for _ in range(3):
        with pytest.raises(SignInRefusedError):
            accounts.sign_in(f"\ncode of account {sam.id}", "x", "198.51.100.1", "")
    assert enter(accounts, app_of(sam).at(clock.now))


def test_the_first_step_holds_for_minutes_only(
    accounts: Accounts, sam: Person, codes: list[str], clock: StandingClock
) -> None:
    proof = halfway(accounts)
    clock.now += HALFWAY_LASTS
    with pytest.raises(NotFoundError, match="Sign in again"):
        enter(accounts, app_of(sam).at(clock.now), proof)


def test_the_first_step_is_void_once_the_password_changed(
    accounts: Accounts, sam: Person, codes: list[str], clock: StandingClock
) -> None:
    proof = halfway(accounts)
    accounts.change_password(sam, PASSWORD, "another set of words")
    with pytest.raises(NotFoundError):
        enter(accounts, app_of(sam).at(clock.now), proof)


@pytest.mark.parametrize("forged", ["", "1", "1.9999999999", "1.9999999999.", "x.y.z", "1.9999999999.é", "0.0.0.0"])
def test_a_first_step_cannot_be_made_up(forged: str, accounts: Accounts, codes: list[str]) -> None:
    with pytest.raises(NotFoundError):
        accounts.enter_code(forged, "000000", "", "")


def test_a_first_step_of_one_account_does_not_serve_another(
    accounts: Accounts, sam: Person, admin: Person, codes: list[str], clock: StandingClock
) -> None:
    accounts.factors.switch_on(admin, SEED, PASSWORD, app_of(admin).at(clock.now))
    clock.advance(seconds=PERIOD)
    _, until, mac = halfway(accounts).split(".")
    with pytest.raises(NotFoundError):
        accounts.enter_code(f"{admin.id}.{until}.{mac}", app_of(admin).at(clock.now), "", "")


def test_switching_off_takes_password_and_code(
    accounts: Accounts, sam: Person, codes: list[str], clock: StandingClock
) -> None:
    code = app_of(sam).at(clock.now)
    for password, typed in (("wrong password", code), (PASSWORD, "000000")):
        with pytest.raises(SignInRefusedError):
            accounts.factors.switch_off(sam, password, typed)
    assert accounts.factors.standing(sam).on
    accounts.factors.switch_off(sam, PASSWORD, code)
    assert not accounts.factors.standing(sam).on
    assert accounts.factors.standing(sam).recovery_codes == 0
    assert accounts.sign_in("sam@example.com", PASSWORD, "", "")


def test_new_recovery_codes_put_the_old_ones_out_of_force(accounts: Accounts, sam: Person, codes: list[str]) -> None:
    fresh = accounts.factors.renew_codes(sam, PASSWORD, codes[0])
    with pytest.raises(SignInRefusedError):
        enter(accounts, codes[1])
    assert enter(accounts, fresh[0])


def test_an_administrator_takes_it_away_and_the_sessions_end(
    accounts: Accounts, store: Database, admin: Person, sam: Person, codes: list[str]
) -> None:
    token = enter(accounts, codes[0])
    with pytest.raises(PermissionDeniedError):
        accounts.factors.reset(sam, sam.id)
    accounts.factors.reset(admin, sam.id)
    assert accounts.sessions.person(token) is None
    assert accounts.sign_in("sam@example.com", PASSWORD, "", "")
    with store.reading() as tx:
        event = tx.audit.events(f"account {sam.id}")[1]
    assert (event.action, event.by) == ("reset the second factor", admin.id)
    with pytest.raises(StateError, match="no second factor"):
        accounts.factors.reset(None, sam.id)


def test_a_new_password_by_a_link_leaves_the_second_factor_on(
    accounts: Accounts, admin: Person, sam: Person, codes: list[str]
) -> None:
    accounts.accept(accounts.reset_link(admin, sam.id), "", PASSWORD + "!")
    with pytest.raises(CodeWantedError):
        accounts.sign_in("sam@example.com", PASSWORD + "!", "", "")


def test_where_it_is_required_who_may_approve_lacks_it_until_it_is_on(
    make: Callable[..., Accounts], admin: Person, sam: Person, clock: StandingClock
) -> None:
    strict = make(required=True)
    token = strict.sign_in("root@example.com", PASSWORD, "", "")
    visit = strict.sessions.visit(token)
    assert visit is not None
    assert visit.lacks_factor
    strict.factors.switch_on(admin, SEED, PASSWORD, app_of(admin).at(clock.now), keep=token)
    visit = strict.sessions.visit(token)
    assert visit is not None
    assert not visit.lacks_factor
    other = strict.sessions.visit(strict.sign_in("sam@example.com", PASSWORD, "", ""))
    assert other is not None
    assert not other.lacks_factor


def test_what_was_done_is_recorded(
    accounts: Accounts, store: Database, sam: Person, codes: list[str], clock: StandingClock
) -> None:
    enter(accounts, codes[0])
    with pytest.raises(SignInRefusedError):
        enter(accounts, "000000")
    with store.reading() as tx:
        last, before, *_, on, _added = tx.audit.events(f"account {sam.id}")
    assert (last.action, last.by, last.after) == ("failed to sign in", None, {"from": "192.0.2.1", "at": "the code"})
    assert before.after == {"from": "192.0.2.1", "second_factor": "recovery code"}
    assert on.action == "switched the second factor on"
