"""Which tests try to break which invariant of the design, and by which way. What stands here is there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
WAYS = ("pages", "commands", "database")
GUARDS, LOG = "storage/test_guards.py", "storage/test_audit.py"
PAGES, COMMANDS, DATABASE = (f"integration/test_invariants_{way}.py" for way in WAYS)

TABLE: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {
    "1 only approved answers reach a completed document, and an approval binds all that was seen": {
        "pages": {
            PAGES: (
                "test_1_only_approved_answers_stand_in_the_completed_document",
                "test_1_an_approval_ends_with_any_change_of_what_it_covers",
                "test_1_the_scope_of_approved_answers_cannot_be_exchanged",
            ),
            "web/test_review.py": ("test_editing_an_approved_answer_undoes_the_approval",),
            "web/test_whole_way.py": ("test_nothing_is_completed_without_an_approved_answer",),
        },
        "commands": {
            COMMANDS: (
                "test_1_no_command_approves_or_completes",
                "test_1_what_a_command_drafts_says_that_nobody_reviewed_it",
            ),
        },
        "database": {
            GUARDS: (
                "test_without_reviewer_time_or_digest_is_refused",
                "test_does_not_stay_when_what_it_is_bound_to_changes",
                "test_keeps_the_scope_of_the_questionnaire",
                "test_that_were_completed_are_never_changed",
            ),
            DATABASE: (
                "test_1_an_approval_that_was_written_into_the_database_completes_nothing",
                "test_1_an_approved_answer_changed_past_the_triggers_is_not_written",
                "test_1_a_completed_document_that_was_exchanged_is_not_handed_out",
            ),
        },
    },
    "2 sales and experts cannot approve, by any route; four eyes where they are asked for": {
        "pages": {
            "web/test_routes.py": ("test_nobody_but_a_reviewer_or_administrator_can_approve_by_any_route",),
            "web/test_review.py": ("test_with_four_eyes_nobody_approves_their_own_wording",),
            PAGES: (
                "test_2_whoever_lost_the_role_cannot_approve_with_a_page_that_is_still_open",
                "test_2_correcting_and_approving_in_one_act_is_recorded_as_both",
            ),
        },
        "commands": {
            COMMANDS: (
                "test_1_no_command_approves_or_completes",
                "test_2_an_account_made_on_the_console_is_recorded_and_no_answer_is_touched",
            ),
        },
        "database": {
            GUARDS: (
                "test_is_refused_of_sales_and_experts",
                "test_is_refused_of_a_deactivated_reviewer",
                "test_of_a_new_row_is_guarded_like_that_of_an_old_one",
            ),
            DATABASE: (
                "test_2_an_approval_in_the_name_of_somebody_who_may_not_is_refused_and_past_the_triggers_worth_nothing",
            ),
        },
    },
    "3 every draft cites a passage at a digest, and a change of it is flagged": {
        "pages": {
            PAGES: (
                "test_3_a_source_cannot_be_made_up",
                "test_3_a_statement_that_changes_flags_what_rests_on_it_and_what_was_sent",
            ),
            "web/test_review.py": ("test_a_source_of_another_scope_cannot_be_cited",),
            "web/test_whole_way.py": ("test_an_approval_that_a_changed_statement_undid_needs_owner_and_reviewer",),
        },
        "commands": {COMMANDS: ("test_3_every_answer_a_command_proposes_comes_with_the_passage_it_rests_on",)},
        "database": {
            GUARDS: ("test_that_are_drafted_by_matching_cite_a_passage",),
            DATABASE: (
                "test_3_a_citation_that_was_exchanged_cannot_be_approved",
                "test_3_a_draft_without_a_source_is_refused",
            ),
        },
    },
    "4 the audit log is append-only and chained by a keyed digest": {
        "pages": {
            PAGES: ("test_4_no_request_takes_anything_out_of_the_log",),
            "web/test_sign_in.py": ("test_the_chain_of_the_audit_log_is_checked_on_demand",),
        },
        "commands": {
            COMMANDS: (
                "test_4_commands_leave_the_chain_whole",
                "test_4_the_check_tells_of_a_log_that_was_altered",
            ),
        },
        "database": {
            GUARDS: ("test_is_only_added_to", "test_is_not_emptied_or_replaced"),
            LOG: (
                "test_an_altered_entry_is_found",
                "test_a_missing_entry_is_found_when_the_others_are_numbered_anew",
                "test_a_log_that_was_cut_off_is_found_when_its_head_was_adapted",
                "test_a_log_that_was_written_with_another_key_is_found",
            ),
            DATABASE: (
                "test_4_the_log_is_only_added_to",
                "test_4_what_was_slipped_into_the_log_or_altered_in_it_is_found",
            ),
        },
    },
    "5 two people who edit the same answer never overwrite each other silently": {
        "pages": {
            PAGES: ("test_5_of_two_at_the_same_moment_one_is_told_and_nothing_is_lost",),
            "web/test_review.py": (
                "test_the_second_of_two_sees_both_versions_and_loses_nothing",
                "test_approving_what_somebody_changed_meanwhile_is_refused",
            ),
        },
        "commands": {
            COMMANDS: (
                "test_5_a_command_cannot_overwrite_what_people_edit",
                "test_5_nothing_is_restored_over_an_application_that_runs",
            ),
        },
        "database": {
            "storage/test_questionnaires.py": ("test_the_second_of_two_people_saving_the_same_answer_is_refused",),
            DATABASE: ("test_5_an_edit_made_past_the_program_is_not_overwritten_unseen",),
        },
    },
    "6 nothing of one customer appears in another customer's questionnaire": {
        "pages": {
            PAGES: (
                "test_6_what_one_customer_was_told_is_not_in_anothers_questionnaire",
                "test_6_an_answer_that_names_a_customer_is_not_taken_into_the_library",
            ),
            "web/test_review.py": ("test_an_answer_that_names_the_customer_stays_out_of_the_library",),
        },
        "commands": {COMMANDS: ("test_6_nothing_of_a_customers_answers_comes_out_of_a_command",)},
        "database": {
            GUARDS: ("test_does_not_move_to_another_questionnaire", "test_stay_with_their_questionnaire"),
            DATABASE: ("test_6_files_and_answers_do_not_move_to_another_customer",),
        },
    },
}


def names_in(path: Path) -> set[str]:
    """Return the names of the tests in a file, those in classes too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


@pytest.mark.parametrize("invariant", TABLE)
def test_an_invariant_is_tried_by_every_way(invariant: str) -> None:
    assert tuple(TABLE[invariant]) == WAYS
    for way, files in TABLE[invariant].items():
        assert files, way
        for file, names in files.items():
            assert set(names) <= names_in(TESTS / file), f"{way}: {file}"


def test_every_test_of_an_invariant_stands_in_the_table() -> None:
    for file in (PAGES, COMMANDS, DATABASE):
        named = {name for ways in TABLE.values() for files in ways.values() for name in files.get(file, ())}
        assert named == names_in(TESTS / file)
