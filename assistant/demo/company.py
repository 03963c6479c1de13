"""The people of the demonstration's company, its clock, and what people do there with a questionnaire."""

from __future__ import annotations

import heapq
import re
import secrets
from collections.abc import Callable, Generator, Iterable
from datetime import datetime, timedelta
from itertools import count

from assistant.answer import State
from assistant.demo.asking import by_hand
from assistant.errors import AssistantError
from assistant.filling import canonical, fit
from assistant.people import Person, Role
from assistant.statement import Scope
from assistant.wiring import Application
from assistant.workflow.records import QuestionRecord, Stage

Story = Generator[timedelta]
"""What happens with one thing: it yields how long it takes until the next step."""

PEOPLE = (
    ("Ada Admin", Role.ADMINISTRATOR),
    ("Rosa Reviewer", Role.REVIEWER),
    ("Ravi Reviewer", Role.REVIEWER),
    ("Sam Sales", Role.SALES),
    ("Sofia Sales", Role.SALES),
    ("Ellis Expert", Role.EXPERT),
    ("Emre Expert", Role.EXPERT),
)

_OPEN = re.compile(r"(?:in |by |from |to )?(?:which|what|how|who|where|when|why|describe)\b", re.IGNORECASE)
"""What begins a question that "Yes" is no answer to."""


class Calendar:
    """A clock that is set."""

    def __init__(self, now: datetime) -> None:
        """Begin at `now`."""
        self.now = now

    def __call__(self) -> datetime:
        """Return the present moment of the demonstration."""
        return self.now


class Company:
    """Everybody who works there, with the use cases."""

    def __init__(self, application: Application, calendar: Calendar, today: datetime) -> None:
        """Nobody has an account yet; `today` is the moment at which the newcomer comes."""
        self.application, self.calendar, self.today = application, calendar, today
        self.passwords: dict[str, str] = {}
        self._people: dict[str, Person] = {}
        self._numbers = count()
        self._waiting: list[tuple[datetime, int, Story]] = []

    def hire(self) -> None:
        """Give everybody an account, with a password of its own."""
        for name, role in PEOPLE:
            email = f"{name.split()[0].casefold()}@example.com"
            self.passwords[email] = secrets.token_urlsafe(12)
            self._people[name] = self.application.accounts.add(email, name, role, self.passwords[email]).person

    def accounts(self) -> list[tuple[str, Role, str]]:
        """Return name, role and address of everybody."""
        return [(person.name, person.role, person.email) for person in self._people.values()]

    def person(self, name: str) -> Person:
        """Return the person whose name begins with `name`."""
        return next(person for full, person in self._people.items() if full.startswith(name))

    def begin(self, days_ago: float, story: Story) -> None:
        """Let a story begin so many days before today."""
        heapq.heappush(self._waiting, (self.today - timedelta(days=days_ago), next(self._numbers), story))

    def live(self, told: Callable[[], None]) -> None:
        """Let everything happen, in the order of time, up to today; `told` is called after each step."""
        while self._waiting:
            at, number, story = heapq.heappop(self._waiting)
            self.calendar.now = max(self.calendar.now, min(at, self.today))
            pause = next(story, None)
            if pause is not None:
                heapq.heappush(self._waiting, (self.calendar.now + pause, number, story))
            told()
        self.calendar.now = self.today

    # What people do

    def upload(
        self, by: str, file: bytes, name: str, customer: str, scope: Scope, due: float | None = None, deal: str = ""
    ) -> int:
        """Return the id of the questionnaire that somebody uploads, wanted in `due` days from now."""
        day = (self.calendar.now + timedelta(days=due)).date() if due is not None else None
        return self.application.intake.receive(
            self.person(by), file, name, customer=customer, scope=scope, due=day, deal=deal
        )

    def draft(self, by: str, questionnaire: int) -> None:
        """Confirm the layout and let the answers be drafted."""
        record = self.application.review.desk(self.person(by), questionnaire).record
        self.application.layouts.confirm(self.person(by), questionnaire, record.version)
        while self.application.worker.run_once():
            pass

    def questions(self, questionnaire: int, *states: State) -> list[QuestionRecord]:
        """Return the questions as they stand, those in `states` only when any are given."""
        found = self.application.review.desk(self.person("Ada"), questionnaire).questions
        return [item for item in found if not states or item.answer.state in states]

    def unsent(self) -> list[int]:
        """Return the questionnaires that were not sent yet."""
        with self.application.store.reading() as tx:
            return [record.id for record in tx.questionnaires.all() if record.stage is not Stage.SENT]

    def questionnaire_of(self, customer: str) -> int:
        """Return the id of a customer's latest questionnaire."""
        with self.application.store.reading() as tx:
            return next(record.id for record in tx.questionnaires.all() if record.customer == customer)

    def answer(self, by: str, items: Iterable[QuestionRecord]) -> None:
        """Let somebody answer questions by hand, as they know it."""
        for item in items:
            choice, text = by_hand(item.question.text)
            meant = None if _OPEN.match(item.question.text) else canonical(choice)
            field = item.question.choice_field
            fitting = fit(meant, field.allowed(), field.meanings) if meant is not None and field is not None else None
            self.application.review.edit(self.person(by), item.id, item.version, choice=fitting, text=text)
            self.calendar.now += timedelta(minutes=3)

    def complete_choices(self, by: str, items: Iterable[QuestionRecord]) -> None:
        """Let somebody give the choice that matching left blank, the wording kept; "which" and "how" are left blank."""
        for item in items:
            field, answer = item.question.choice_field, item.answer
            if field is None or answer.choice or answer.state is not State.DRAFTED or _OPEN.match(item.question.text):
                continue
            yes = next((value for value in field.allowed() if value.casefold().startswith("yes")), None)
            cited = [citation.digest for citation in answer.citations]
            self.application.review.edit(
                self.person(by), item.id, item.version, choice=yes, text=answer.text, cited=cited
            )
            self.calendar.now += timedelta(minutes=1)

    def reword(self, by: str, item: QuestionRecord, text: str, choice: str | None = None) -> None:
        """Let somebody word a draft in another way, its sources kept."""
        cited = [citation.digest for citation in item.answer.citations]
        self.application.review.edit(
            self.person(by), item.id, item.version, choice=choice or item.answer.choice, text=text, cited=cited
        )

    def submit(self, by: str, questionnaire: int) -> None:
        """Let somebody hand every draft of a questionnaire to the reviewers."""
        questions = [item.id for item in self.questions(questionnaire)]
        self.application.bulk.submit(self.person(by), questionnaire, questions)

    def approve(self, by: str, items: Iterable[QuestionRecord]) -> None:
        """Let a reviewer approve what can be approved."""
        for item in items:
            self.application.review.approve(self.person(by), item.id, item.version, without_choice=True)
            self.calendar.now += timedelta(minutes=1)

    def say(self, by: str, item: QuestionRecord, text: str) -> None:
        """Let somebody comment on a question."""
        self.application.commenting.add(self.person(by), item.id, text)

    def assign(
        self, by: str, questionnaire: int, items: Iterable[QuestionRecord], to: str, due: float | None = None
    ) -> None:
        """Give questions to somebody, wanted in `due` days from now."""
        day = (self.calendar.now + timedelta(days=due)).date() if due is not None else None
        self.application.assigning.assign(
            self.person(by), questionnaire, [item.id for item in items], self.person(to).id, day
        )

    def take(self, by: str, items: Iterable[QuestionRecord]) -> None:
        """Let a reviewer take approved answers into the library, those that may and are not there yet."""
        for item in items:
            try:
                self.application.library.take(self.person(by), item.id)
            except AssistantError:
                continue  # it is there already, or names the customer
        self.application.knowledge.refresh()

    def complete(self, by: str, questionnaire: int, recipient: str = "") -> None:
        """Make the completed document and, with a `recipient`, note that it was sent."""
        done = self.application.completion.complete(self.person(by), questionnaire)
        if recipient:
            self.calendar.now += timedelta(minutes=20)
            self.application.sent.note(self.person(by), done.id, recipient)
