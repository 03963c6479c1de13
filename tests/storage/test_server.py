"""The tests' own PostgreSQL server is there where it has to be."""

import pytest

from tests import postgresql


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_without_the_programs_tests_are_skipped_but_fail_where_they_were_promised(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(postgresql, "programs", lambda: None)
    with pytest.raises(outcome, match="PostgreSQL's server programs are not installed"):
        postgresql.start()
