"""What stands under questions to tick: options of their own behind a lead-in, and prompts repeated under each."""

from tests.documents.word.making import outline, p, reading, table

FRAME = table([""])
REASONS = p("If no, please select from the following:") + p("☐ Cost") + p("☐ Size")


def asked(number: int, text: str) -> str:
    """Return a question with its boxes, a choice of reasons, and prompts for words with a frame each."""
    prompts = p("Please detail your current activities:") + FRAME + p("Please detail your remediation plan:") + FRAME
    return p(f"T{number} {text}") + p("☐ Yes") + p("☐ No") + REASONS + prompts


def test_keeps_options_behind_a_lead_in_apart_from_those_of_the_question() -> None:
    found = reading(p("1. Do you encrypt data?"), p("☐ Yes"), p("☐ No"), REASONS)
    assert outline(found) == [
        "1 Do you encrypt data? @ p[0] -> mark Yes@p[1] No@p[2]",
        "If no, please select from the following: @ p[3] -> mark Cost@p[4] Size@p[5]",
    ]


def test_keeps_two_scales_under_lead_ins_apart() -> None:
    scale = p("☐ Low  ☐ Medium  ☐ High")
    found = reading(p("Please rate how likely a threat to your data is:"), scale, p("Please rate its effect:"), scale)
    assert [(q.text, q.location, len(q.fields[0].marks)) for q in found.questions] == [
        ("Please rate how likely a threat to your data is:", "body/p[0]", 3),
        ("Please rate its effect:", "body/p[2]", 3),
    ]


def test_gives_the_place_of_a_repeated_prompt_to_the_question_above_it() -> None:
    texts = ["Do you encrypt data?", "Do you keep logs?", "Are accounts reviewed?"]
    found = reading(*(asked(number, text) for number, text in enumerate(texts, 1)))
    words = [(q.number, q.text, [str(f.location) for f in q.fields]) for q in found.questions]
    assert words[:3] == [
        ("T1", "Do you encrypt data?", ["body/p[1]", "body/tbl[0]/tr[0]/tc[0]"]),
        ("", "If no, please select from the following:", ["body/p[4]"]),
        ("", "Please detail your remediation plan:", ["body/tbl[1]/tr[0]/tc[0]"]),
    ]
    assert len(words) == 9


def test_leaves_a_date_under_each_question_apart_from_its_answer() -> None:
    texts = ["Do you encrypt data?", "Do you keep logs?", "Are accounts reviewed?"]
    found = reading(*(p(text) + p("☐ Yes  ☐ No") + p("Date: ________") for text in texts))
    assert [q.text_field for q in found.questions if q.text in texts] == [None, None, None]


def test_leaves_a_prompt_that_is_not_repeated_a_question_of_its_own() -> None:
    found = reading(asked(1, "Do you encrypt data?"))
    assert "Please detail your current activities:" in [q.text for q in found.questions]


def test_does_not_take_guidance_that_asks_back_for_a_value_to_replace() -> None:
    guidance = table(
        ["Things to consider:", "Who can reach the data? Could a former member of staff still log on?"],
        ["Possible safeguards:", "Access is removed when it is no longer needed."],
    )
    found = reading(p("Do you limit access?"), p("☐ Yes  ☐ No"), guidance)
    assert [q.text for q in found.questions] == ["Do you limit access?"]


def test_takes_neither_a_citation_nor_a_parameter_of_a_sentence_for_a_prompt() -> None:
    found = reading(
        p("Access is removed when it is no longer needed. [NIST SP 800-53 AC-2]"),
        p("b. Remediate vulnerabilities within [Assignment: response times]."),
        p("The service is run by [name of the provider]."),
        p("Certificate number: [number: year]"),
        p("Certificate issued on [DD.MM.2026]"),
    )
    assert [(q.text, q.fields[0].location) for q in found.questions] == [
        ("The service is run by [name of the provider].", "body/p[2]"),
        ("Certificate number: [number: year]", "body/p[3]"),
        ("Certificate issued on [DD.MM.2026]", "body/p[4]"),
    ]
