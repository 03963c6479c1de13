"""Triggers that hold what must not become of a row, whatever program writes it.

The same rules for both engines, each in its dialect. The messages reach the user.
"""

from collections.abc import Sequence

from alembic import op

revision = "0002"
down_revision = "0001"

_BOUND = ("questionnaire", "text", "location", "fields", "choice", "answer", "not_applicable", "citations")
"""What an approval binds of a question and its answer; the scope is guarded at the questionnaire."""
_APPROVAL = ("state", "approved_by", "approved_at", "approved_digest")
_SCOPE = ("product", "deployment", "nda")
_JSON = ("fields", "citations")
_KEYS = {"originals": "digest", "completed": "id", "audit": "id", "audit_head": "id"}

_APPROVER_WANTED = """NEW.state = 'approved' AND NOT EXISTS (
    SELECT 1 FROM accounts
    WHERE accounts.id = NEW.approved_by AND accounts.role IN ('reviewer', 'administrator') AND accounts.active)"""
_APPROVED_HERE = """EXISTS (
    SELECT 1 FROM questions WHERE questions.questionnaire = OLD.id AND questions.state = 'approved')"""
# Deleting a questionnaire takes its completed documents along; nothing else does.
_STILL_THERE = "EXISTS (SELECT 1 FROM questionnaires WHERE questionnaires.id = OLD.questionnaire)"
_STILL_USED = "EXISTS (SELECT 1 FROM questionnaires WHERE questionnaires.original = OLD.digest)"

_APPROVER_MESSAGE = "Only an active reviewer or administrator can approve an answer."
_BOUND_MESSAGE = "The answer is approved as it stands; a change undoes the approval first."
_SCOPE_MESSAGE = "Answers are approved for this product and deployment; a change undoes their approval first."
_FILE_MESSAGE = "A questionnaire keeps the file it was made of."
_FIXED = {
    "originals": "The file of a customer is never changed.",
    "completed": "A completed document is never changed.",
    "audit": "The audit log is only added to.",
    "audit_head": "The audit log is only added to.",
}


def upgrade() -> None:
    """Make the triggers."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$"
        )
    guard = _guard_sqlite if sqlite else _guard_postgresql
    for name, moment, table, condition, message in _rules(sqlite):
        guard(name, moment, table, condition, message)
    for table, message in _FIXED.items():
        if sqlite:
            # INSERT OR REPLACE removes the old row without asking the triggers for DELETE.
            there = f"EXISTS (SELECT 1 FROM {table} WHERE {_KEYS[table]} = NEW.{_KEYS[table]})"  # noqa: S608
            guard(f"{table}_not_replaced", "INSERT", table, there, message)
        else:
            op.execute(
                f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION refuse('{message}')"
            )


def _rules(sqlite: bool) -> list[tuple[str, str, str, str, str]]:
    """Return name, moment, table, the condition under which a row is refused, and the message."""
    bound = _differ(_BOUND, sqlite)
    return [
        ("questions_approver_new", "INSERT", "questions", _APPROVER_WANTED, _APPROVER_MESSAGE),
        (
            "questions_approver",
            "UPDATE",
            "questions",
            f"({_differ(_APPROVAL, sqlite)}) AND {_APPROVER_WANTED}",
            _APPROVER_MESSAGE,
        ),
        (
            "questions_bound",
            "UPDATE",
            "questions",
            "OLD.state = 'approved' AND NEW.state = 'approved'"
            f" AND NEW.approved_digest = OLD.approved_digest AND ({bound})",
            _BOUND_MESSAGE,
        ),
        (
            "questionnaires_scope",
            "UPDATE",
            "questionnaires",
            f"({_differ(_SCOPE, sqlite)}) AND {_APPROVED_HERE}",
            _SCOPE_MESSAGE,
        ),
        ("questionnaires_original", "UPDATE", "questionnaires", "NEW.original <> OLD.original", _FILE_MESSAGE),
        ("originals_fixed", "UPDATE", "originals", "1 = 1", _FIXED["originals"]),
        ("originals_kept", "DELETE", "originals", _STILL_USED, _FILE_MESSAGE),
        ("completed_fixed", "UPDATE", "completed", "1 = 1", _FIXED["completed"]),
        ("completed_kept", "DELETE", "completed", _STILL_THERE, _FIXED["completed"]),
        ("audit_fixed", "UPDATE", "audit", "1 = 1", _FIXED["audit"]),
        ("audit_kept", "DELETE", "audit", "1 = 1", _FIXED["audit"]),
        ("audit_head_grows", "UPDATE", "audit_head", "NEW.entries <> OLD.entries + 1", _FIXED["audit_head"]),
        ("audit_head_kept", "DELETE", "audit_head", "1 = 1", _FIXED["audit_head"]),
    ]


def _guard_sqlite(name: str, moment: str, table: str, condition: str, message: str) -> None:
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _guard_postgresql(name: str, moment: str, table: str, condition: str, message: str) -> None:
    # A trigger's own WHEN cannot look into other tables, so each rule is a function.
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{message}'; END IF;"
        f" RETURN {'OLD' if moment == 'DELETE' else 'NEW'}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _differ(columns: Sequence[str], sqlite: bool) -> str:
    if sqlite:
        return " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
    # The type json has no equality; its text does, and it is kept as it was written.
    casts = [column + "::text" if column in _JSON else column for column in columns]
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in casts)
