"""One questionnaire as a whole: what was found in it, who sees it, its versions and rounds, where it goes."""

from __future__ import annotations

import io
from collections import Counter, defaultdict

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import InputError, InvalidValueError, StateError
from assistant.layout import asking_left_out
from assistant.people import Permission
from assistant.web.problems import status_of
from assistant.web.requests import day, number, typed
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.drafting import answered_already
from assistant.workflow.records import Stage

SHOWN_SKIPPED = 40
"""Left-out places that are listed for each reason; the rest is counted."""
UNSURE = 0.7
"""Below this certainty a question is pointed out."""


def add(pages: Blueprint, application: Application) -> None:
    """Add the pages of one questionnaire and what can be done on them."""
    keeping, renewing, sharing = application.keeping, application.renewing, application.sharing

    @pages.get("/questionnaires/<int:key>")
    def questionnaire(key: int) -> ResponseReturnValue:
        """Lead to the page a questionnaire needs now."""
        stage, whole = keeping.stage(person(), key)
        if whole and stage is Stage.LAYOUT:
            return redirect(url_for("questionnaires.found", key=key))
        if whole and stage in (Stage.COMPLETED, Stage.SENT):
            return redirect(url_for("completion.preflight", key=key))
        return redirect(url_for("review.desk", key=key))

    def found_page(key: int, problem: str = "", status: int = 200) -> ResponseReturnValue:
        access, rounds = sharing.access(person(), key), renewing.past(person(), key)
        desk = application.review.desk(person(), key)
        record = desk.record
        reasons = Counter(skipped.reason for skipped in record.found.skipped)
        listed: dict[str, list[tuple[int | None, str, str]]] = defaultdict(list)
        for at, skipped in enumerate(record.found.skipped):
            if len(listed[skipped.reason]) < SHOWN_SKIPPED:
                # A whole row of a table in Word is no place that could be asked.
                place = None if skipped.location.rpartition("/")[2].startswith("tr[") else at
                listed[skipped.reason].append((place, str(skipped.location), " ".join(skipped.text.split())))
        saved = {
            "customer": record.customer,
            "deal": record.deal,
            "due": record.due.isoformat() if record.due else "",
            "owner": str(record.owner),
        }
        shown = {
            "desk": desk,
            "counts": desk.tally,
            "onward": {},
            "record": record,
            "unsure": [item for item in desk.questions if item.question.certainty < UNSURE],
            "sure": [item for item in desk.questions if item.question.certainty >= UNSURE],
            "answered": sum(answered_already(item.question) for item in desk.questions),
            "placeless": [item for item in desk.questions if not item.question.fields],
            "left_asking": asking_left_out(record.found),
            "skipped": [(reason, count, listed[reason]) for reason, count in reasons.most_common()],
            "completed": bool(application.completion.documents(person(), key)),
            "to_confirm": record.stage is Stage.LAYOUT,
            "takes_in": record.stage is Stage.LAYOUT and person().may(Permission.UPLOAD),
            "access": access,
            "owners": keeping.owners(person(), key),
            "rounds": rounds,
            "later": rounds[-1] if rounds[-1].record.id != key else None,
            "again": keeping.again(person(), desk.record, desk.questions),
            "earlier": application.recognising.earlier(person(), key),
            "problem": problem,
            "form": saved | {name: request.form[name] for name in saved if name in request.form},
            "saved": saved,
        }
        return render_template("questionnaires/found.html", **shown), status

    @pages.get("/questionnaires/<int:key>/found")
    def found(key: int) -> ResponseReturnValue:
        """Show what was understood of the file, and what it is about."""
        return found_page(key)

    @pages.post("/questionnaires/<int:key>/confirm")
    def confirm(key: int) -> ResponseReturnValue:
        """Accept what was found and start drafting."""
        if application.layouts.confirm(person(), key, number("version")):
            application.worker.wake()
        return redirect(url_for("review.desk", key=key))

    @pages.post("/questionnaires/<int:key>/take-in")
    def take_in(key: int) -> ResponseReturnValue:
        """Ask after all what was left out."""
        try:
            application.layouts.take_in(person(), key, number("version"), number("place"))
        except (InputError, StateError) as problem:
            flash(str(problem), "problem")
        return redirect(url_for("questionnaires.found", key=key, _anchor="questions"))

    @pages.post("/questionnaires/<int:key>/draft")
    def draft_again(key: int) -> ResponseReturnValue:
        """Draft what nobody worded, approved or sent back."""
        keeping.draft_again(person(), key)
        application.worker.wake()
        return redirect(url_for("review.desk", key=key))

    @pages.post("/questionnaires/<int:key>/change")
    def change(key: int) -> ResponseReturnValue:
        """Save what it is about; when somebody else did so meanwhile, show theirs and what was typed."""
        try:
            due = day("due", "The due date")
            owner = number("owner") if typed("owner") else None
            deal = request.form.get("deal")
            undone = keeping.change(
                person(), key, number("version"), customer=typed("customer"), due=due, deal=deal, owner=owner
            )
        except (InputError, StateError) as problem:
            return found_page(key, str(problem), status_of(problem))
        flash("Saved.")
        if undone:
            one = undone == 1
            flash(f"{undone} {'approval was' if one else 'approvals were'} undone: the text names the customer before.")
        return redirect(url_for("questionnaires.found", key=key))

    @pages.post("/questionnaires/<int:key>/archive")
    def archive(key: int) -> ResponseReturnValue:
        """Take it out of the list, or back into it."""
        archived = typed("archived") == "yes"
        keeping.archive(person(), key, archived=archived)
        flash("It is in the archive now; the list shows it when asked for." if archived else "It is in the list again.")
        return redirect(url_for("questionnaires.found", key=key))

    @pages.post("/questionnaires/<int:key>/delete")
    def delete(key: int) -> ResponseReturnValue:
        """Remove a questionnaire for good."""
        name = keeping.name(person(), key)
        keeping.delete(person(), key)
        flash(f"{name} was deleted.")
        return redirect(url_for("questionnaires.home"))

    @pages.post("/questionnaires/<int:key>/restrict")
    def restrict(key: int) -> ResponseReturnValue:
        """Show it to its members only, or to everybody."""
        restricted = typed("restricted") == "yes"
        sharing.restrict(person(), key, number("version"), restricted=restricted)
        flash("Only its members see it from now on." if restricted else "Everybody sees it again.")
        return redirect(url_for("questionnaires.found", key=key, _anchor="access-heading"))

    @pages.post("/questionnaires/<int:key>/members")
    def add_member(key: int) -> ResponseReturnValue:
        """Let somebody see it."""
        account = sharing.add(person(), key, number("person"))
        flash(f"{account.name} is a member now.")
        return redirect(url_for("questionnaires.found", key=key, _anchor="access-heading"))

    @pages.post("/questionnaires/<int:key>/members/<int:account>/remove")
    def remove_member(key: int, account: int) -> ResponseReturnValue:
        """Take somebody out of its members."""
        sharing.remove(person(), key, account)
        return redirect(url_for("questionnaires.found", key=key, _anchor="access-heading"))

    @pages.get("/questionnaires/<int:key>/rounds")
    def rounds(key: int) -> ResponseReturnValue:
        """Show its versions and rounds, and what the last one changed."""
        return rounds_page(key)

    def rounds_page(key: int, problem: str = "", status: int = 200) -> ResponseReturnValue:
        shown, desk = renewing.rounds(person(), key), application.review.frame(person(), key)
        return render_template(
            "questionnaires/rounds.html",
            rounds=shown,
            desk=desk,
            counts=desk.tally,
            onward={},
            record=shown.record,
            problem=problem,
            last=shown.rounds[-1].record.id == key,
        ), status

    @pages.post("/questionnaires/<int:key>/newer")
    def newer(key: int) -> ResponseReturnValue:
        """Go on with a newer version of the form."""
        file = request.files.get("file")
        try:
            if file is None or not file.filename:
                raise InvalidValueError("Choose the newer version of the customer's file.")
            with file.stream:
                content = file.read()
            after = renewing.newer(person(), key, content, file.filename, day("due", "The due date"))
        except (InputError, StateError) as problem:
            return rounds_page(key, str(problem), status_of(problem))
        flash("The newer version was taken in. Look at what is new, changed and gone, then confirm what was found.")
        return redirect(url_for("questionnaires.rounds", key=after))

    @pages.post("/questionnaires/<int:key>/follow")
    def follow(key: int) -> ResponseReturnValue:
        """Make a fresh upload the newer version of an earlier questionnaire."""
        application.recognising.follow(person(), key, number("earlier"))
        flash("Its answers were carried over. Look at what is new, changed and gone, then confirm what was found.")
        return redirect(url_for("questionnaires.rounds", key=key))

    @pages.post("/questionnaires/<int:key>/reopen")
    def reopen(key: int) -> ResponseReturnValue:
        """Open a new round of what was sent."""
        after = renewing.reopen(person(), key, day("due", "The due date"))
        flash("This is a new round. The one before is kept as it was; assignments and comments came along.")
        return redirect(url_for("review.desk", key=after))

    @pages.get("/questionnaires/<int:key>/original")
    def original(key: int) -> ResponseReturnValue:
        """Give back the customer's file as it came."""
        name, content = application.completion.original(person(), key)
        return send_file(
            io.BytesIO(content), "application/octet-stream", as_attachment=True, download_name=name, max_age=0
        )
