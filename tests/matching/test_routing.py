from __future__ import annotations

import pytest

from assistant.matching.routing import Route, route


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Will you obtain ISO 27001 certification next year?", Route.PROMISE),
        ("By what date do you expect to support SCIM?", Route.PROMISE),
        ("Do you plan to offer a hosting region in Canada?", Route.PROMISE),
        ("Please share your product roadmap for audit logging.", Route.PROMISE),
        ("Have you experienced a data breach in the last three years?", Route.INCIDENT),
        ("How many security incidents occurred in the past 12 months?", Route.INCIDENT),
        ("Has your company ever been fined by a regulator?", Route.INCIDENT),
        ("Is there any pending litigation against you?", Route.INCIDENT),
        ("What is your limitation of liability?", Route.CONTRACT),
        ("Are you willing to sign our data processing agreement?", Route.CONTRACT),
        ("What is the pricing of the enterprise plan?", Route.CONTRACT),
        ("Please attach your information security policy.", Route.ATTACHMENT),
        ("Provide a copy of the latest penetration test report.", Route.ATTACHMENT),
        ("Can you send us your SOC 2 report?", Route.ATTACHMENT),
        ("How many of our employees will use the service?", Route.CUSTOMER),
        ("Which of our systems does the agent need to reach?", Route.CUSTOMER),
        ("What is the full legal name of the company?", Route.COMPANY),
        ("How many employees does the vendor have?", Route.COMPANY),
        ("Where is your company headquartered?", Route.COMPANY),
        ("3.1 Annual revenue", Route.COMPANY),
    ],
)
def test_a_question_that_no_passage_answers_goes_to_a_person(question: str, expected: Route) -> None:
    assert route(question) is expected


@pytest.mark.parametrize(
    "question",
    [
        "Is our data encrypted at rest?",
        "Do you have an incident response plan?",
        "Are incidents reviewed after they are closed?",
        "Are security policies reviewed at least annually?",
        "How do you notify customers of a breach?",
        "Are background checks performed on all employees?",
        "Does the software provide a report of failed logins?",
        "Are employees required to sign a confidentiality agreement?",
        "Is a business continuity plan tested every year?",
        "Where is customer data stored?",
        "Do you evaluate the security of your suppliers?",
    ],
)
def test_a_question_about_practice_stays(question: str) -> None:
    assert route(question) is None
