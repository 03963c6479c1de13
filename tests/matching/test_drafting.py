from __future__ import annotations

from assistant.matching.drafting import trimmed

TEXT = (
    "Traffic is encrypted with TLS 1.2. Passwords are hashed with bcrypt. They are never logged. "
    "See our privacy policy (https://example.com/privacy)."
)


def test_only_the_sentences_that_answer_are_kept() -> None:
    assert trimmed("Is traffic encrypted?", TEXT) == "Traffic is encrypted with TLS 1.2."


def test_a_sentence_that_leans_on_the_one_before_brings_it_along() -> None:
    assert trimmed("Is anything ever logged?", TEXT) == "Passwords are hashed with bcrypt. They are never logged."


def test_without_a_word_in_common_the_whole_is_kept() -> None:
    assert trimmed("Are visitors escorted?", TEXT) == TEXT


def test_sentences_are_never_altered() -> None:
    draft = trimmed("Is traffic encrypted, and how are passwords hashed?", TEXT)
    assert all(sentence in TEXT for sentence in draft.split(". "))
