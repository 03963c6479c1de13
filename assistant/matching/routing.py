"""Questions that are never answered from a passage, each with the reason a person reads.

A promise, the history of incidents, the terms of a contract, an attachment, the customer's own
side and plain facts about the company: a passage may be on the same topic and would still be the
wrong answer. The rules read how such questions are worded, never single questions.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Route(StrEnum):
    """Why a question goes to a person; the value is the reason shown."""

    PROMISE = "It asks for a promise about the future; only a person can give one."
    INCIDENT = "It asks about past incidents, breaches or proceedings; the security or legal team answers these."
    CONTRACT = "It is about contract terms, prices or liability; the legal or sales team answers these."
    ATTACHMENT = "It asks for a document to be handed over; decide what may be shared and attach it."
    CUSTOMER = "It is about the customer's own people or systems, which our statements cannot know."
    COMPANY = "It asks for a fact about the company that the profile does not hold."


_US = (
    r"(?:you|your (?:company|organi[sz]ation|firm|team|business)|"
    r"the (?:vendor|supplier|provider|company|organi[sz]ation))"
)
_MATTER = (
    r"(?:breach(?:es)?|incidents?|compromised?|attacks?|ransomware|intrusions?|data loss(?:es)?|leaks?|outages?|"
    r"hack(?:ed|s)?|litigation|lawsuits?|proceedings?|fines?|sanctions?|penalt(?:y|ies)|enforcement actions?|"
    r"disclosures? of (?:personal|customer) data)"
)
_PAST = (
    r"(?:(?:in|within|over|during|for) the (?:past|last|previous|preceding)|ever|previously|to date|"
    r"since \d{4}|historically|in recent years)"
)
_PAPER = (
    r"(?:report|polic(?:y|ies)|certificates?|certifications?|plan|diagram|evidence|documentation|documents?|copy|"
    r"copies|"
    r"summary|results?|attestation|screenshots?|samples?|sbom|procedures?|statement|letter|template|agreement)"
)

_RULES: tuple[tuple[Route, tuple[str, ...]], ...] = (
    (
        Route.INCIDENT,
        (
            rf"\b(?:have|has|had|did|were|was)\b[^.?!]{{0,120}}\b{_PAST}\b[^.?!]{{0,120}}\b{_MATTER}\b",
            rf"\b(?:have|has|had|did|were|was)\b[^.?!]{{0,120}}\b{_MATTER}\b[^.?!]{{0,80}}\b{_PAST}\b",
            rf"\b{_MATTER}\b[^.?!]{{0,60}}\b{_PAST}\b[^.?!]{{0,30}}\b(?:months?|years?|\d)",
            rf"\b{_PAST} [^.?!]{{0,30}}(?:months?|years?)\b[^.?!]{{0,60}}\b{_MATTER}\b",
            rf"\b(?:have|has) {_US}\b[^.?!]{{0,40}}\b(?:experienced|suffered|had|been (?:the )?(?:subject|victim|"
            rf"hacked|"
            rf"breached|sued|fined|investigated))\b[^.?!]{{0,80}}",
            r"\b(?:breach|incident) history\b|\bhistory of (?:security )?(?:breaches|incidents)\b",
            r"\b(?:pending|current|past|ongoing) (?:litigation|lawsuits?|legal proceedings?|investigations?)\b",
        ),
    ),
    (
        Route.CONTRACT,
        (
            r"\bindemni(?:fy|fication|ty)\b|\b(?:limitations?|limits?|cap) (?:of|on) liability\b|\bliability "
            r"(?:cap|limit)",
            r"\b(?:pric(?:e|es|ing)|discounts?|licen[sc]e (?:fees?|costs?)|subscription fees?|total cost|cost of|"
            r"invoic\w*|"
            r"payment terms|billing terms|renewal terms|warrant(?:y|ies)|governing law|service credits?|penalty clause|"
            r"termination clause|force majeure)\b",
            rf"\b(?:{_US}|willing|able|agree to) (?:\w+ ){{0,3}}(?:sign|accept|enter into|execute|amend|"
            rf"negotiate)\b[^.?!]{{0,60}}"
            r"\b(?:agreement|contract|terms|clauses?|dpa|baa|nda|msa|addendum|addenda|sla)\b",
            r"\b(?:insurance)\b[^.?!]{0,60}\b(?:coverage|limits?|amounts?|certificate|carrier|polic(?:y|ies))\b",
        ),
    ),
    (
        Route.PROMISE,
        (
            rf"\bwill {_US}\b(?! (?:notified|be notified))",
            rf"\b(?:do|does|is|are) {_US}\b[^.?!]{{0,30}}\b(?:plan(?:ning)?|intend(?:ing)?|expect(?:ing)?|willing|"
            rf"prepared|going|commit(?:ted)?|aim(?:ing)?) to\b",
            r"\b(?:by|on|until) (?:what|which) date\b|\bwhen (?:will|do you (?:plan|expect|intend))\b",
            r"\b(?:product|security|compliance|feature) road ?map\b|\broad ?map for\b|\bfuture (?:plans|releases?|"
            r"roadmap|certifications?)\b|\bare there (?:any )?plans\b",
            r"\b(?:target|planned|expected|anticipated|estimated) (?:completion |certification |delivery |release "
            r")?date\b",
            r"\bin the (?:next|coming) (?:\w+ )?(?:months?|quarters?|years?)\b",
        ),
    ),
    (
        Route.ATTACHMENT,
        (
            rf"^(?:please |kindly )*(?:attach|upload|enclose|append|submit|insert|e-?mail|"
            rf"send)\b[^.?!]{{0,120}}\b{_PAPER}\b",
            rf"^(?:please |kindly )*(?:provide|share|supply|furnish|include|forward|give)(?: us)?(?: with)? "
            rf"(?:an? |the |your |any |all |most |recent |latest |current |full |redacted |up-to-date |sample |"
            rf"signed )*"
            rf"(?:cop(?:y|ies)|samples?|screenshots?|evidence|{_PAPER}(?: cop(?:y|ies))?)\b",
            r"^(?:please |kindly )*(?:provide|share|supply|send|furnish|attach|"
            r"upload)\b[^.?!]{0,60}\b(?:cop(?:y|ies) of|"
            r"as an attachment|as attachments|in pdf)\b",
            rf"^(?:can|could|would|will) (?:you|we)\b[^.?!]{{0,30}}\b(?:provide|share|supply|send|furnish|attach|"
            rf"have|get|"
            rf"receive|obtain|see)\b[^.?!]{{0,40}}\b(?:cop(?:y|ies)|{_PAPER})\b",
        ),
    ),
    (
        Route.CUSTOMER,
        (
            r"\b(?:how many|which|who|what (?:number|percentage|share)) (?:of|in|within|at|among|from) our\b",
            r"^(?:do|did|have|are|can|should|must|will|how (?:do|can|should|many)|what (?:do|must|should)|when "
            r"(?:do|did))"
            r"\b[^.?!]{0,25}\bwe\b(?! (?:audit|export|delete|retrieve|get back|configure|manage|use our own))",
            r"^(?:please )?(?:describe|list|name|identify|state) (?:your|the) (?:own )?(?:customer|client)'s (?:own )?"
            r"(?:environment|network|systems|use case)",
        ),
    ),
    (
        Route.COMPANY,
        (
            r"\b(?:full |exact )?(?:legal|registered|trading|company|vendor|supplier|corporate|business|entity) "
            r"(?:entity )?name\b",
            r"\b(?:head ?quarter(?:s|ed)?|registered office|mailing|postal|street|business|company|office) (?:address|"
            r"location)\b|\bwhere (?:is|are) (?:you|your (?:company|organi[sz]ation))(?: \w+)? (?:headquartered|based|"
            r"incorporated|registered)\b",
            r"\b(?:how many|number of|total) (?:full[- ]time |permanent )?(?:employees|staff|people|personnel|"
            r"offices)\b"
            r"|\bheadcount\b",
            r"\b(?:annual |gross |yearly )?(?:revenues?|turnover|profit|balance sheet|financial statements?|"
            r"financial (?:health|standing|stability))\b",
            r"\b(?:year|date|when|state|country|place|jurisdiction) (?:was |were |of )?(?:your |the )?(?:company |"
            r"organi[sz]ation |business )?(?:founded|established|incorporat(?:ed|ion)|formed|registered)\b|\bhow "
            r"long (?:have|"
            r"has)\b[^.?!]{0,40}\bbusiness\b",
            r"\b(?:d-?u-?n-?s|tax (?:id|identification|number)|vat|ein|company (?:registration )?(?:number|id)|"
            r"registration number|stock (?:symbol|exchange)|ticker)\b",
            r"\b(?:parent company|subsidiar(?:y|ies)|publicly (?:traded|listed)|privately held|shareholders?|"
            r"ownership structure|mergers? (?:and|or|&) acquisitions?)\b",
            r"\b(?:name|title|e-?mail|phone|telephone|contact)(?:,? (?:and|&|or|/) ?\w+)* (?:of|for) (?:the "
            r")?(?:person|"
            r"individual|contact|respondent|representative|preparer|ciso|dpo|chief|data protection officer)\b",
            r"\b(?:contact (?:name|e-?mail|phone|number|person|details|information)|phone number|telephone|web "
            r"?site url|"
            r"company website|(?:customer|client) references?|reference customers?|date (?:completed|of completion)|"
            r"completed by|prepared by|job title)\b",
        ),
    ),
)

# In lower case throughout, and so is the question, and one pattern a route: four times as fast as looking for both
# cases rule by rule.
_COMPILED = tuple((route, re.compile("|".join(f"(?:{rule})" for rule in rules))) for route, rules in _RULES)


@lru_cache(maxsize=4096)
def route(question: str) -> Route | None:
    """Return why `question` must go to a person, or None when passages may answer it."""
    plain = " ".join(question.lower().split())
    return next((found for found, rules in _COMPILED if rules.search(plain)), None)
