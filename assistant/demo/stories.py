"""What happened at the demonstration's company in the last months: a story for every state that pages show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from assistant.answer import State
from assistant.demo import forms
from assistant.demo.asking import asked
from assistant.demo.company import Company, Story
from assistant.statement import LibraryEntry, Scope

CLOUD, PREMISE = Scope("Sourcegraph", "cloud"), Scope("Sourcegraph", "on-premise")
UNDER_NDA, SONAR = Scope("Sourcegraph", "cloud", nda=True), Scope("SonarCloud", "cloud")
HOURS, DAY = timedelta(hours=3), timedelta(days=1)


def fill(company: Company, told: Callable[[], None] = lambda: None) -> None:
    """Let everything happen; `told` is called after each step."""
    company.hire()
    form = forms.workbook
    for days, story in (
        (162, told_and_sent(company, form("Supplier security", asked(0, 24, 0)), "Halvorsen Bank", CLOUD, "Sam")),
        (133, told_and_sent(company, forms.ticked(asked(8, 22, 1)), "Mirelle Insurance", SONAR, "Sofia", pace=0.4)),
        (
            104,
            told_and_sent(
                company, forms.document("Security", asked(14, 20, 2)), "Kestrel Air", PREMISE, "Sam", "docx", 2.1
            ),
        ),
        (
            78,
            told_and_sent(
                company, form("Vendor check", asked(20, 26, 1)), "Brightwater Health", UNDER_NDA, "Sofia", pace=0.7
            ),
        ),
        (52, told_and_sent(company, forms.plain(asked(4, 18, 0)), "Pinecrest University", CLOUD, "Sam", "csv", 0.3)),
        (31, completed_in_part(company)),
        (24, overdue(company)),
        (15, approved(company)),
        (21, completed(company)),
        (11, in_review(company)),
        (6, in_progress(company)),
        (5, told_otherwise(company)),
        (4, second_file(company)),
        (9, newer_version(company)),
        (3, next_round(company)),
        (2.5, confidential(company)),
        (1.2, layout_needs_a_look(company)),
        (0.3, just_drafted(company)),
        (40, library(company)),
        (2, source_changes(company)),
    ):
        company.begin(days, story)
    company.live(told)


def told_and_sent(
    company: Company, file: bytes, customer: str, scope: Scope, owner: str, suffix: str = "xlsx", pace: float = 1.0
) -> Story:
    """A questionnaire that went all the way, at a `pace` of its own."""
    key = company.upload(owner, file, f"{customer} security questionnaire.{suffix}", customer, scope, due=14)
    yield HOURS * pace
    company.draft(owner, key)
    yield DAY * pace
    company.complete_choices("Rosa", company.questions(key, State.DRAFTED))
    drafts = company.questions(key, State.DRAFTED)
    for item in drafts[2::6]:
        company.reword("Rosa", item, f"{item.answer.text}\nSee also our Security Trust Portal.")
    yield DAY * pace
    company.approve("Rosa", company.questions(key, State.DRAFTED))
    company.assign(owner, key, company.questions(key, State.UNANSWERED)[::2], "Ellis", 5)
    yield 2 * DAY * pace
    company.answer("Ellis", company.questions(key, State.UNANSWERED)[::2])
    company.answer(owner, company.questions(key, State.UNANSWERED))
    company.submit(owner, key)
    yield DAY * pace
    company.approve("Ravi", company.questions(key, State.SUBMITTED))
    company.take("Ravi", [item for item in company.questions(key) if item.answer.author][:4])
    yield (DAY + HOURS) * pace
    company.complete(owner, key, f"procurement of {customer}")


def completed_in_part(company: Company) -> Story:
    """A document that was completed although something is still open."""
    file = forms.document("Information security requirements", asked(2, 16, 2))
    key = company.upload("Sofia", file, "Tamarind requirements.docx", "Tamarind Retail", CLOUD, due=20)
    company.draft("Sofia", key)
    yield DAY
    company.approve("Rosa", company.questions(key, State.DRAFTED))
    company.answer("Sofia", company.questions(key, State.UNANSWERED)[:-3])
    yield 3 * DAY
    company.approve("Rosa", company.questions(key, State.DRAFTED))
    yield 4 * DAY
    company.complete("Sofia", key)


def overdue(company: Company) -> Story:
    """One that is late: answers came back, and an expert has not answered yet."""
    file = forms.letter("Questions on information security", asked(22, 18, 0))
    key = company.upload("Sam", file, "Quillfeather letter.docx", "Quillfeather Press", CLOUD, due=21)
    company.draft("Sam", key)
    yield DAY
    gaps = company.questions(key, State.UNANSWERED)
    company.assign("Sam", key, gaps[:4], "Emre", 7)
    company.answer("Sam", gaps[4:7])
    yield 2 * DAY
    company.submit("Sam", key)
    yield DAY
    reject = company.application.review.reject
    submitted = company.questions(key, State.SUBMITTED)
    for item, reason in zip(
        submitted, ("Too vague: name the standard and the interval.", "Legal has to agree to this first."), strict=False
    ):
        reject(company.person("Rosa"), item.id, item.version, reason, wrong_source=False)
    company.approve("Rosa", submitted[3:6])
    yield 10 * DAY
    company.say("Sam", gaps[0], "@Emre Expert, the customer asked again yesterday. Can you answer this week?")


def approved(company: Company) -> Story:
    """Everything is approved; the document waits to be completed."""
    file = forms.workbook("Third party risk assessment", asked(6, 14, 0))
    key = company.upload("Sofia", file, "Ostrava TPRM.xlsx", "Ostrava Steel", CLOUD, due=17)
    company.draft("Sofia", key)
    yield DAY
    company.answer("Sofia", company.questions(key, State.UNANSWERED))
    yield 6 * DAY
    company.complete_choices("Ravi", company.questions(key, State.DRAFTED))
    company.approve("Ravi", company.questions(key, State.DRAFTED))


def completed(company: Company) -> Story:
    """The document is made and waits to be sent."""
    file = forms.plain(asked(9, 10, 1))
    key = company.upload("Sam", file, "Marlow basics.csv", "Marlow & Finch", SONAR, due=24)
    company.draft("Sam", key)
    yield DAY
    company.answer("Sam", company.questions(key, State.UNANSWERED))
    yield DAY
    company.approve("Rosa", company.questions(key, State.DRAFTED))
    yield 2 * DAY
    company.complete("Sam", key)


def in_review(company: Company) -> Story:
    """Most of it waits for the reviewers; people talk about it."""
    file = forms.ticked(asked(16, 24, 2))
    key = company.upload("Sam", file, "Lumen controls.xlsx", "Lumen City Council", CLOUD, due=16)
    company.draft("Sam", key)
    yield DAY
    gaps = company.questions(key, State.UNANSWERED)
    company.assign("Sam", key, gaps[:3], "Ellis", 12)
    company.answer("Sam", gaps[3:8])
    company.say("Sam", gaps[0], "The council's auditor will read this one closely.")
    yield 3 * DAY
    company.answer("Ellis", company.questions(key, State.UNANSWERED)[:2])
    company.say("Ellis", gaps[0], "Answered as agreed with @Rosa Reviewer; please check the wording.")
    company.submit("Sam", key)
    yield 2 * DAY
    company.approve("Rosa", company.questions(key, State.SUBMITTED)[:5])


def in_progress(company: Company) -> Story:
    """Drafted, with gaps that sales and experts share."""
    file = forms.document("Security annex", asked(24, 22, 1))
    key = company.upload("Sofia", file, "Nordlys annex B.docx", "Nordlys Energy", PREMISE, due=13)
    company.draft("Sofia", key)
    yield DAY
    gaps = company.questions(key, State.UNANSWERED)
    company.assign("Sofia", key, gaps[:4], "Emre", 3)
    company.assign("Sofia", key, gaps[4:7], "Ellis", 8)
    company.answer("Sofia", gaps[7:10])
    yield 2 * DAY
    company.say("Sofia", gaps[7], "Took this from last year's call with their architect.")


def told_otherwise(company: Company) -> Story:
    """A customer asks again, and somebody writes something else than they were told half a year ago."""
    file = forms.workbook("Annual supplier review", asked(1, 15, 0))
    key = company.upload("Sam", file, "Annual review.xlsx", "Halvorsen Bank", CLOUD, due=20)
    company.draft("Sam", key)
    yield DAY
    for item in company.questions(key, State.DRAFTED):
        if "rotated" in item.question.text:
            company.reword("Sam", item, "Encryption keys are rotated every 180 days.")
    company.answer("Sam", company.questions(key, State.UNANSWERED)[:3])


def second_file(company: Company) -> Story:
    """Two files of one deal."""
    for name, begin in (("Saffron part A.xlsx", 3), ("Saffron part B.xlsx", 18)):
        file = forms.workbook(name.removesuffix(".xlsx"), asked(begin, 12, 2))
        key = company.upload("Sofia", file, name, "Saffron Foods", CLOUD, due=25, deal="Saffron 2027")
        company.draft("Sofia", key)
        yield HOURS
    company.approve("Ravi", company.questions(key, State.DRAFTED)[:3])


def newer_version(company: Company) -> Story:
    """The customer sends a newer version of a form that is half answered."""
    first, second = asked(30, 12, 0), asked(28, 14, 0)
    key = company.upload(
        "Sam", forms.workbook("Harbor check 1.0", first), "Harbor v1.xlsx", "Harbor & Sons", SONAR, due=25
    )
    company.draft("Sam", key)
    yield DAY
    company.answer("Sam", company.questions(key, State.UNANSWERED)[:5])
    company.approve("Rosa", company.questions(key, State.DRAFTED)[:3])
    yield 3 * DAY
    renewed = forms.workbook("Harbor check 1.1", second)
    newer = company.application.renewing.newer(company.person("Sam"), key, renewed, "Harbor v1.1.xlsx")
    company.draft("Sam", newer)


def next_round(company: Company) -> Story:
    """What was sent is asked again: a new round, with the approvals that still hold."""
    sent = company.questionnaire_of("Pinecrest University")
    due = (company.calendar.now + 28 * DAY).date()
    company.application.renewing.reopen(company.person("Sam"), sent, due)
    yield HOURS


def confidential(company: Company) -> Story:
    """One that only its owner and two others may see."""
    file = forms.letter("Questions before the merger", asked(5, 8, 1))
    key = company.upload("Sofia", file, "Project Larch.docx", "Larch Holding", UNDER_NDA, due=6)
    company.draft("Sofia", key)
    yield HOURS
    sofia, sharing = company.person("Sofia"), company.application.sharing
    version = company.application.review.desk(sofia, key).record.version
    sharing.restrict(sofia, key, version, restricted=True)
    sharing.add(sofia, key, company.person("Rosa").id)


def layout_needs_a_look(company: Company) -> Story:
    """A form that says little about itself."""
    company.upload("Sam", forms.bare(asked(10, 9, 0)), "Castor notes.xlsx", "Castor Logistics", SONAR, due=9)
    yield HOURS


def just_drafted(company: Company) -> Story:
    """Drafted this morning; nobody has looked yet."""
    file = forms.workbook("Cloud security questionnaire", asked(12, 20, 1))
    key = company.upload("Sam", file, "Velora cloud security.xlsx", "Velora Motors", CLOUD, due=30)
    yield HOURS / 3
    company.draft("Sam", key)


def library(company: Company) -> Story:
    """Entries of the library: some due for review, proposals, and one that contradicts a statement."""
    keep, today = company.application.library, company.today.date()
    rosa, sofia, ellis = company.person("Rosa"), company.person("Sofia"), company.person("Ellis")
    due = _entry("Do you keep an asset inventory?", "Yes", "All company devices are in one inventory.", today, 12)
    keep.add(rosa, due)
    late = "An information security policy is published to all employees and reviewed every year."
    keep.add(rosa, _entry("Is there an information security policy?", "Yes", late, today, -6))
    yield DAY
    # It cannot hold beside the statement, which says 90 days.
    rotated = "Encryption keys are rotated automatically every 30 days."
    keep.add(rosa, _entry("At what interval are credentials' encryption keys renewed?", "", rotated, today, 200))
    yield 20 * DAY
    text = "Physical access to offices is controlled by personal badges."
    keep.add(sofia, _entry("How is physical access to your offices controlled?", "", text, today, None))
    text = "Developers are trained in secure coding when they join and once a year."
    keep.add(ellis, _entry("Do developers receive training in secure coding?", "Yes", text, today, None))
    company.application.knowledge.refresh()
    yield 9 * DAY
    proposing = company.application.proposing
    base = proposing.source(ellis, "sourcegraph.md")
    changed = base.text.replace("TLS 1.2\n  or a later version", "TLS 1.2\n  or a later version, TLS 1.3 by preference")
    if changed != base.text:  # somebody may have put the shipped example right already
        proposing.propose(ellis, base.path, base.digest, changed, "The load balancers offer TLS 1.3 since October.")


def source_changes(company: Company) -> Story:
    """An entry that approved answers rest on is retired, so they go back to review."""
    used: set[int] = set()
    finished: set[int] = set()
    for key in company.unsent():
        items = company.questions(key)
        done = all(item.answer.state is State.APPROVED for item in items)
        (finished if done else used).update(
            int(citation.path.removeprefix("library/"))
            for item in items
            for citation in item.answer.citations
            if item.answer.state is State.APPROVED and citation.path.startswith("library/")
        )
    yield HOURS
    for entry in sorted(used - finished)[:1]:
        company.application.library.retire(company.person("Rosa"), entry, "The supplier process changed.")
    company.application.knowledge.refresh()


def _entry(question: str, choice: str, answer: str, today: date, review_in: int | None) -> LibraryEntry:
    return LibraryEntry(
        question=question,
        answer=answer,
        product="Sourcegraph",
        deployments=frozenset({"cloud"}),
        choice=choice,
        review_by=today + timedelta(days=review_in) if review_in is not None else None,
    )
