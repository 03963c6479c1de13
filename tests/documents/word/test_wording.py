"""What forms may say is looked for only where it can stand, and is found all the same."""

from __future__ import annotations

import pytest

from assistant.documents.word import asides, words
from assistant.documents.word.asides import wants_nothing
from assistant.documents.word.memory import memory
from assistant.documents.word.wording import Wording
from assistant.documents.word.words import states

SAID: dict[Wording, tuple[str, ...]] = {
    words.INSTRUCTION: (
        *("This form", "the questionnaire", "all questions", "each question", "Instructions", "return it", "fill out"),
        *("complete every", "columns below", "table below", "this template", "this section", "this document"),
    ),
    words.DETAILS: (
        *(
            "If yes",
            "when you answered No",
            "Please explain",
            "en caso negativo",
            "hvis ja",
            "「はい」の場合",
            "(specify",
        ),
        *("give Details", "my rationale", "Comments", "narrative", "a justification", "an explanation", "if other"),
        *("bitte erläutern", "veuillez précise"),
    ),
    words.CONTACT: ("With any further questions", "do you have questions", "contact us", "Contact the"),
    words.DUTY: ("it must", "You SHALL", "müssen", "muss", "doit", "doivent", "deberá", "deben", "すること"),
    asides.ASSESSOR_BLOCK: (
        *("completed by the auditor", "Filled in by IT security", "for the buyer", "For internal use", "Official use"),
        *("evaluation criteria", "assessment outcome", "Reviewer notes", "assessor's comments", "uso interno"),
        *(
            "nur für internen Gebrauch",
            "vom Auftraggeber auszufüllen",
            "réservé à",
            "社内使用",
            "1. Scoring",
            "scorecard",
        ),
    ),
    asides.SIGNATURE: (
        *("Signature", "signed by", "sign here", "Unterschrift", "firma autorizada", "Firmado", "fecha y firma"),
        *("assinatura", "handtekening", "署名", "サイン", "代表者印"),
    ),
    asides.SIGN_OFF: (
        *("Sign-off", "signatures", "attestation", "Declaration", "acknowledgement", "certification statement"),
        *("approvals", "Erklärung", "déclaration", "declaración"),
    ),
}


@pytest.mark.parametrize(("wording", "text"), [(each, text) for each, said in SAID.items() for text in said])
def test_finds_what_the_pattern_finds(wording: Wording, text: str) -> None:
    assert wording.pattern.search(text) is not None
    assert wording.search(text) is not None
    assert wording.search(text.upper()) is not None
    assert wording.search("Nothing") is None


@pytest.mark.parametrize(
    "text",
    [
        *("No response required", "do not answer", "response not needed", "Heading cell", "section header"),
        *("keine Antwort erforderlich", "aucune réponse", "pas de réponse", "no se requiere respuesta"),
        *("nessuna risposta", "回答不要", "記入不要"),
    ],
)
def test_knows_every_way_to_say_that_no_answer_is_wanted(text: str) -> None:
    assert wants_nothing(text)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("The supplier must log everything.", True),
        ("Data ARE regularly Encrypted in transit.", True),
        ("Logs\tHAVE been kept, this\nis\nwritten down.", True),
        ("This analysis ended and species opened.", False),
        ("There is no bed in this den.", False),
        ("Die Daten müssen verschlüsselt sein.", True),
        ("Todos los datos deberán cifrarse.", True),
        ("利用者 の 記録 を保管すること。", True),
        ("What was the area of beans?", False),
    ],
)
def test_tells_what_is_stated_of_a_duty_or_in_the_passive(text: str, stated: bool) -> None:
    assert states(text) is stated


def test_forgets_what_a_document_said() -> None:
    wording = Wording("secret", "secret")
    with memory():
        assert wording.search("a Secret") is not None
    assert wording.search.cache_info().currsize == 0  # type: ignore[attr-defined]
