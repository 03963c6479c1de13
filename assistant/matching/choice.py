"""Yes, No or nothing: what the cited passage says to the yes/no in a question, decided apart from the text.

A match is no Yes. The question may be put the other way round ("without review", "unencrypted",
"former employees keep"), the passage may deny ("never", "do not", "only restricted staff"), limit
("configurable", "planned") or tell less than is asked ("regularly" for "at least monthly"). Each
such turn is looked for; what is left unsure stays blank, for a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.filling import canonical
from assistant.matching.analysis import core, stems, unnumbered
from assistant.matching.words import words
from assistant.statement import Passage
from assistant.suggestion import Choice

_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|should|shall|would|am)(?:n['’]t)?"
_ASKED = re.compile(rf"^(?:(?:and|so|also|in addition|if so|if yes),? )?{_AUXILIARY}\b", re.IGNORECASE)
_WHETHER = re.compile(
    r"^(?:please )?(?:confirm|indicate|state|advise|specify|tell us|describe|explain|verify|clarify)"
    r"(?: to us)?(?: whether(?: or not)?| if| that)\b ?",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"^(?:please |kindly )*(?:what|which|who|whom|whose|where|when|why|how|describe|explain|list|provide|identify|name|"
    r"specify|detail|outline|state|give|indicate|elaborate|discuss|attach|include|summari[sz]e|define|enter|select|"
    r"tell|"
    r"if)\b",
    re.IGNORECASE,
)
_STATED = re.compile(rf"\b{_AUXILIARY}\b|\b\w{{3,}}s\b", re.IGNORECASE)

_NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|neither|nor|cannot|without)\b|n['’]t\b", re.IGNORECASE)
_NO_NEGATION = re.compile(
    r"\bnot only\b|\bno (?:later|longer|less|more|fewer|sooner) than\b|\bno longer (?:needed|required|necessary)\b"
    r"|\bif not\b|\bor not\b|\bnot limited to\b|\bno matter\b|\bwithout (?:undue )?delay\b|\bno additional (?:cost|"
    r"charge)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:planned|plan to|plans to|planning|roadmap|in progress|under way|underway|will be|intends?|not yet|upcoming|"
    r"coming soon|next (?:release|version|year|quarter)|beta|preview)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:configurable|can be configured|can configure|optional(?:ly)?|on request|upon request|by request|"
    r"recommended|encouraged|where possible|when possible|partial(?:ly)?|partly|some of|most of|mostly|primarily|"
    r"typically|usually|generally|may be|"
    r"you are responsible|customers? (?:is|are) responsible|have to|responsibility of the customer|your responsibility|"
    r"can be enabled|can enable|if enabled|depends on|depending on|for an additional)\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:only|restricted|limited|solely|exclusively|except|least privilege|least access|need[- ]to[- ]know|"
    r"those who|authori[sz]ed)\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(?:all|every|everyone|anyone|any|always|entire(?:ly)?|completely|100 ?%|exclusively)\b", re.IGNORECASE
)
_FULL = re.compile(
    r"\b(?:all|every|always|each|any|mandatory|required|fully|entire(?:ly)?|never|enforce[sd]?|24x7)\b", re.IGNORECASE
)

# Questions whose good answer is No name a fault ("unencrypted", "bypass", "plain text").
_FAULT = re.compile(
    r"\b(?:un(?:restricted|encrypted|monitored|protected|authenticated|logged|limited|controlled|patched|reviewed|"
    r"tested|secured|managed|supervised|checked|audited|noticed|recorded|approved|authori[sz]ed|verified|scanned|"
    r"tracked)|"
    r"plain[- ]?text|clear[- ]?text|in the clear|hard[- ]?coded|hardcoded|insecure(?:ly)?|bypass\w*|circumvent\w*|"
    r"skip\w*|"
    r"omit\w*|ignor\w*|fail(?:s|ed)? to|lack\w*|neglect\w*|unaware|publicly (?:accessible|reachable|available|exposed)|"
    r"internet[- ](?:accessible|facing|reachable|exposed)|exposed to the internet|less (?:often|frequently) than|"
    r"later than|shared (?:account|password|credential|login)s?|default passwords?|anonymous(?:ly)?|indefinitely|"
    r"forever)\b",
    re.IGNORECASE,
)
# Questions that ask for an absence ("kept out of", "excluded from", "remain on our servers").
_ABSENCE = re.compile(
    r"\b(?:kept out|keep out|excluded?|exclude[sd]?|free (?:of|from)|prevent(?:s|ed)?|prohibit(?:s|ed)?|forbid(?:s|"
    r"den)?|"
    r"avoid(?:s|ed)?|stays?|remains?|kept within|kept inside|refrain|disallow(?:s|ed)?|block(?:s|ed)?|absent)\b",
    re.IGNORECASE,
)
_BARRED = re.compile(
    r"\b(?:prohibited|forbidden|barred|prevented|disallowed|banned|not (?:allowed|permitted))\b", re.IGNORECASE
)

_OPPOSITES: tuple[tuple[str, str], ...] = (
    (
        r"keep|retain|still have|continue to have|remain active",
        r"revoked?|removed?|deprovision\w*|terminated|disabled|deactivated",
    ),
    (
        r"business hours|office hours|working hours|working days|weekdays|daytime",
        r"24 ?[x/] ?7\w*|around the clock|round the clock|24 hours",
    ),
    (r"manual(?:ly)?|by hand", r"automat\w+"),
    (
        r"(?:switched|turned) off|disabled|deactivated|inactive",
        r"enabled|(?:switched|turned) on|on by default|activated?",
    ),
    (
        r"enabled|(?:switched|turned) on|activated|active",
        r"(?:switched|turned) off|disabled|off by default|deactivated",
    ),
    (
        r"(?:single|one|same) (?:\w+ )?(?:zone|region|site|location|data ?cent(?:er|re)|server|instance|copy)",
        r"multiple|several|two|2|three|3|both|redundant|replicated",
    ),
    (
        r"internal (?:staff|team|employees|personnel)|in-house|ourselves|yourselves|your own (?:staff|team|employees)",
        r"third[- ]part\w+|3rd[- ]part\w+|external|independent",
    ),
    (
        r"prohibit\w*|forbid\w*|forbidden|discourag\w+|threaten\w*|punish\w*|prosecut\w+|barred|banned",
        r"reward\w*|encourag\w+|welcome\w*|invite\w*|bounty|please|maintain\w*|follow",
    ),
    (
        r"(?:own|physical|private|on-premises?) (?:\w+ )?(?:data ?cent(?:er|re)s?|servers?|hardware|facilit(?:y|ies))",
        r"google cloud\w*|gcp|aws|amazon\w*|azure|microsoft azure|cloud provider|hosted (?:on|by|in)|public cloud",
    ),
    (
        r"unrestricted|unlimited|full access|open access|any (?:network|location|device|employee|user|engineer|"
        r"one)|anyone|"
        r"everyone|every (?:employee|engineer|user|developer)|all (?:employees|engineers|users|staff|developers|"
        r"personnel)",
        r"restricted|limited|only|least privilege|least access|need[- ]to[- ]know|those who require",
    ),
    (
        r"password alone|passwords? only|only (?:a )?passwords?|just (?:a )?passwords?|single[- ]factor|one factor",
        r"mfa|2fa|multi[- ]factor\w*|two[- ]factor\w*|sso|single sign[- ]on",
    ),
    (r"unencrypted|plain[- ]?text|clear[- ]?text|in the clear", r"encrypt\w*|tls|https|aes"),
    (
        r"shared (?:environment|database|tenant|instance|infrastructure)\w*|commingl\w+|co-mingl\w+|mixed|pooled",
        r"segregat\w+|isolat\w+|separat\w+|dedicated",
    ),
    (r"optional|voluntary|discretionary|at (?:their|the \w+'s?) discretion", r"mandatory|required|enforced|must"),
    (r"unmonitored|unwatched|unchecked|unscanned", r"monitor\w*|watched|scan\w*|check\w*"),
    (
        r"(?:only |just )?(?:once|one time) (?:a|per|every|each) year|yearly|annually only|only annually",
        r"daily|weekly|monthly|quarterly|as needed|continuous\w*|regular\w*",
    ),
    (
        r"less (?:often|frequently) than|more than (?:a|one) (?:day|week|month|year) (?:apart|old)",
        r"every|daily|weekly|monthly|hourly|annual\w*",
    ),
    (r"outside|other organi[sz]ations|non-members|the public|strangers|unrelated", r"only|never|solely|exclusively"),
    (r"in (?:source )?code|hard[- ]?coded|embedded in", r"vault|secrets? (?:manager|management)"),
)
_OPPOSED = tuple(
    (re.compile(rf"\b(?:{a})\b", re.IGNORECASE), re.compile(rf"\b(?:{b})(?!\w)", re.IGNORECASE)) for a, b in _OPPOSITES
)
_RATHER = re.compile(r"\b(?:rather than|instead of|as opposed to|in place of)\b", re.IGNORECASE)
_WITHOUT = re.compile(r"\bwithout\b(?P<rest>.*)", re.IGNORECASE)
_EXCLUSIVE = re.compile(r"\b(?:only|alone|solely|just|merely|nothing but|limited to)\b", re.IGNORECASE)

_PERIODS: tuple[tuple[str, float], ...] = (
    (r"24 ?[x/] ?7\w*|continuous(?:ly)?|real[- ]time|around the clock|automatically|as needed", 0.01),
    (r"hourly|every hour|each hour", 0.04),
    (r"daily|every day|each day|once a day|per day|24 hours|nightly|every night", 1),
    (r"weekly|every week|each week|once a week|7 days", 7),
    (r"bi-?weekly|fortnightly|every two weeks", 14),
    (r"monthly|every month|each month|once a month|per month|30 days", 30),
    (r"quarterly|every quarter|each quarter|every (?:three|3) months|90 days", 91),
    (r"semi-?annual(?:ly)?|bi-?annual(?:ly)?|twice a year|every (?:six|6) months|half-?yearly", 182),
    (r"annual(?:ly)?|yearly|every year|each year|once a year|per year|every (?:twelve|12) months|365 days", 365),
)
_PERIOD = tuple((re.compile(rf"\b(?:{rule})\b", re.IGNORECASE), days) for rule, days in _PERIODS)
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "ten": "10",
            "twelve": "12", "fourteen": "14", "thirty": "30", "sixty": "60", "ninety": "90"}  # fmt: skip


def yes_no(question: str) -> str | None:
    """Return the sentence that can be answered with yes or no, or None when the question is an open one."""
    first = re.split(r"(?<=[.?!])\s+(?=[A-Z])", unnumbered(question), maxsplit=1)[0]
    asked = _WHETHER.sub("", first)
    if asked != first:
        return asked
    if _ASKED.match(first):
        return first
    if _OPEN.match(first) or first.endswith("?") or len(words(first)) < 4:
        return None
    return first if _STATED.search(first) else None


_TURN = re.compile(
    r",? (?:instead|but|whereas|however|although)\b|, (?:and )?(?=\w+ing\b)|,? (?:and|or) (?=(?:are |is )?(?:never|"
    r"not)\b)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\b(?:when|if|unless|until|while|where) [^,.;]*", re.IGNORECASE)
_ABLE = re.compile(
    r"\b(?:support\w*|able to|can|possible|available|option\w*|allow\w*|configur\w*|capab\w+|offer\w*)\b", re.IGNORECASE
)


def turned(question: str) -> bool:
    """Return whether `question` is put the other way round: denied, naming a fault, or asking for an absence."""
    return _denies(question) ^ bool(_FAULT.search(question) or _BARRED.search(question) or _ABSENCE.search(question))


@dataclass(frozen=True)
class _Clause:
    """The part of a passage that speaks to a question."""

    text: str
    sentence: str
    denies: bool


def approved(entry: Passage) -> Choice | None:
    """Return the choice of an approved answer, None when it has none."""
    return canonical(entry.choice) if entry.choice else None


def decide(question: str, passages: Sequence[str]) -> Choice | None:
    """Return what the cited `passages` say to the yes/no of `question`, or None when it is open or unsure."""
    asked = yes_no(question)
    if asked is None:
        return None
    said = {_told(asked, passage) for passage in passages[:1]} - {None}
    return said.pop() if len(said) == 1 else None


def _told(asked: str, passage: str) -> Choice | None:
    """Return what one passage says to the sentence `asked`."""
    clause = _nearest(asked, passage)
    if clause is None or _NOT_YET.search(clause.sentence):
        return None
    if _UNSURE.search(clause.sentence) and not (_UNSURE.search(asked) or _ABLE.search(asked)):
        return None
    negated = _denies(asked)
    if _RATHER.search(asked):
        return _rather(asked, passage)
    opposed = [
        bool(ours.search(asked)) and bool(theirs.search(passage)) and not ours.search(clause.text)
        for ours, theirs in _OPPOSED
    ]
    without = _WITHOUT.search(asked)
    if without and stems(without["rest"]) & stems(passage):
        return None if clause.denies else Choice.NO
    if any(opposed):
        return None if negated else Choice.NO
    if _FAULT.search(asked):
        return Choice.NO if not negated else None
    if _BARRED.search(asked) and not clause.denies:
        return Choice.NO if not negated else None
    if clause.denies:
        return Choice.YES if negated or _ABSENCE.search(asked) else Choice.NO
    if negated:
        return None
    if _EXCLUSIVE.search(asked) and not _LIMIT.search(passage):
        return None
    if (
        _ABSOLUTE.search(asked)
        and _LIMIT.search(clause.sentence)
        and not _FULL.search(clause.sentence)
        and not _LIMIT.search(asked)
    ):
        return None
    return Choice.YES if _frequent(asked, passage) and _numbered(asked, passage) else None


def _denies(text: str) -> bool:
    return bool(_NEGATION.search(_NO_NEGATION.sub(" ", text)))


def _nearest(asked: str, passage: str) -> _Clause | None:
    """Return the clause of `passage` that shares most with the question, None when denying and affirming ones tie."""
    wanted = stems(core(asked))
    best: dict[bool, tuple[float, _Clause]] = {}
    for sentence in re.split(r"(?<=[.;!?])\s+", passage):
        for part in _TURN.split(sentence):
            clause = _ASIDE.sub(" ", part)
            own = stems(clause)
            shared = wanted & own
            if not shared:
                continue
            denies = _denies(clause)
            score = len(shared) + len(shared) / len(own)
            if denies not in best or score > best[denies][0]:
                best[denies] = (score, _Clause(clause, sentence, denies))
    if not best:
        return None
    if len(best) == 2:
        denied, affirmed = (wanted & stems(best[denies][1].text) for denies in (True, False))
        if len(denied) == len(affirmed) or (len(denied) > len(affirmed) and affirmed - denied):
            return None
    return max(best.values(), key=lambda found: found[0])[1]


def _rather(asked: str, passage: str) -> Choice | None:
    """Return the answer to "this rather than that" by which of the two the passage speaks of."""
    this, that = _RATHER.split(asked, maxsplit=1)
    told = stems(passage)
    ours, theirs = (len(stems(core(part)) & told) for part in (this, that))
    for left, right in _OPPOSED:
        if left.search(this) and right.search(passage):
            return Choice.NO
    return Choice.YES if ours > theirs else Choice.NO if theirs > ours else None


def _frequent(asked: str, passage: str) -> bool:
    """Return whether the passage tells a period that is short enough for the question, or none is asked."""
    wanted = [days for rule, days in _PERIOD if rule.search(asked)]
    if not wanted:
        return True
    told = [days for rule, days in _PERIOD if rule.search(passage)]
    return (
        bool(told)
        and min(told) <= max(wanted)
        and (min(told) == min(wanted) or "least" in asked or min(told) <= min(wanted))
    )


def _numbered(asked: str, passage: str) -> bool:
    """Return whether every number the question names stands in the passage, periods set aside."""
    for rule, _ in _PERIOD:
        asked = rule.sub(" ", asked)
    named = {_NUMBERS.get(word, word) for word in words(re.sub(r"\([^)]*\)", " ", asked))} - {"1"}
    numbers = {word for word in named if word[0].isdigit()}
    return not numbers or numbers <= {_NUMBERS.get(word, word) for word in words(passage)}
