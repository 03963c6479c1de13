"""The wordings that turn a yes into a no: denials, faults, limits, conditions, opposites and periods.

Patterns only; what they mean together is decided in `assistant.matching.choice`. They are in lower case
throughout and look at texts in lower case, which is twice as fast as looking for both; those that others use
too look for both.
"""

from __future__ import annotations

import re

AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|should|shall|would|am)(?:n['’]t)?"
ASKED = re.compile(rf"^(?:(?:and|so|also|in addition|if so|if yes),? )?{AUXILIARY}\b")
WHETHER = re.compile(
    r"^(?:please )?(?:confirm|indicate|state|advise|specify|tell us|describe|explain|verify|clarify)"
    r"(?: to us)?(?: whether(?: or not)?| if| that)\b ?"
)
OPEN = re.compile(
    r"^(?:please |kindly )*(?:what|which|who|whom|whose|where|when|why|how|describe|explain|list|provide|identify|name|"
    r"specify|detail|outline|state|give|indicate|elaborate|discuss|attach|include|summari[sz]e|define|enter|select|"
    r"tell|"
    r"if)\b"
)
STATED = re.compile(rf"\b{AUXILIARY}\b|\b\w{{3,}}s\b")

NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|neither|nor|cannot|without)\b|n['’]t\b")
NO_NEGATION = re.compile(
    r"\bnot only\b|\bno (?:later|longer|less|more|fewer|sooner) than\b|\bno longer (?:needed|required|necessary)\b"
    r"|\bif not\b|\bor not\b|\bnot limited to\b|\bno matter\b|\bwithout (?:undue )?delay\b|\bno additional (?:cost|"
    r"charge)\b",
    re.IGNORECASE,
)
NOT_YET = re.compile(
    r"\b(?:planned|plan to|plans to|planning|roadmap|in progress|under way|underway|will be|intends?|not yet|upcoming|"
    r"coming soon|next (?:release|version|year|quarter)|beta|preview)\b",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"\b(?:configurable|can be configured|can configure|optional(?:ly)?|on request|upon request|by request|"
    r"recommended|encouraged|where possible|when possible|partial(?:ly)?|partly|some of|most of|mostly|primarily|"
    r"typically|usually|generally|may be|"
    r"you are responsible|customers? (?:is|are) responsible|have to|responsibility of the customer|your responsibility|"
    r"can be enabled|can enable|if enabled|depends on|depending on|for an additional)\b",
    re.IGNORECASE,
)
LIMIT = re.compile(
    r"\b(?:only|restricted|limited|solely|exclusively|except|least privilege|least access|need[- ]to[- ]know|"
    r"those who|authori[sz]ed)\b"
)
ABSOLUTE = re.compile(r"\b(?:all|every|everyone|anyone|any|always|entire(?:ly)?|completely|100 ?%|exclusively)\b")
FULL = re.compile(r"\b(?:all|every|always|each|any|mandatory|required|fully|entire(?:ly)?|never|enforce[sd]?|24x7)\b")

# Questions whose good answer is No name a fault ("unencrypted", "bypass", "plain text").
FAULT = re.compile(
    r"\b(?:un(?:restricted|encrypted|monitored|protected|authenticated|logged|limited|controlled|patched|reviewed|"
    r"tested|secured|managed|supervised|checked|audited|noticed|recorded|approved|authori[sz]ed|verified|scanned|"
    r"tracked)|"
    r"plain[- ]?text|clear[- ]?text|in the clear|hard[- ]?coded|hardcoded|insecure(?:ly)?|bypass\w*|circumvent\w*|"
    r"skip\w*|"
    r"omit\w*|ignor\w*|fail(?:s|ed)? to|lack\w*|neglect\w*|unaware|publicly (?:accessible|reachable|available|exposed)|"
    r"internet[- ](?:accessible|facing|reachable|exposed)|exposed to the internet|less (?:often|frequently) than|"
    r"later than|shared (?:account|password|credential|login)s?|default passwords?|anonymous(?:ly)?|indefinitely|"
    r"forever)\b"
)
# What is done against a fault: "is unauthorized access detected" asks for something good.
_AGAINST = (
    r"detect\w*|prevent\w*|protect\w*|block\w*|prohibit\w*|forbid\w*|forbidden|ban|banned|disabl\w*|remov\w*|"
    r"chang(?:e|ed|es|ing)|reset|replac\w*|revok\w*|guard\w*|defend\w*|den(?:y|ies|ied)|avoid\w*|identif\w*|"
    r"eliminat\w*|mitigat\w*|restrict\w*|disallow\w*|reject\w*|refus\w*|safeguard\w*|secur(?:e|ed|es|ing)|alert\w*|"
    r"report\w*|flag\w*|harden\w*|respond\w*|react\w*|counter(?:s|ed|ing)?|investigat\w*|stop(?:s|ped|ping)?|"
    r"spot(?:s|ted|ting)?|notic(?:e|ed|es|ing)|recogni[sz]\w*|deter(?:s|red|ring)?|fix(?:es|ed|ing)?|remediat\w*"
)
REMEDY_BEFORE = re.compile(
    rf"\b(?:{_AGAINST}|against|free (?:of|from)|(?:scan|check|search|look|monitor|watch|test|screen|audit|tool|control|"
    r"alert|review)(?:s|ed|ned|ing|ning)? (?:\w+ ){0,3}?(?:for|of|on))\b"
)
REMEDY_AFTER = re.compile(
    r"\b(?:detected|prevented|blocked|prohibited|forbidden|banned|disabled|removed|changed|reset|replaced|revoked|"
    r"denied|avoided|identified|eliminated|mitigated|restricted|disallowed|rejected|refused|secured|flagged|"
    r"reported|hardened|protected)\b"
)
# Questions that ask for an absence ("kept out of", "excluded from", "remain on our servers").
ABSENCE = re.compile(
    r"\b(?:kept out|keep out|excluded?|exclude[sd]?|free (?:of|from)|prevent(?:s|ed)?|prohibit(?:s|ed)?|forbid(?:s|"
    r"den)?|"
    r"avoid(?:s|ed)?|(?:stays?|remains?)(?! (?:in (?:contact|effect|force|line|place|touch|an? [\w -]{1,24}(?:state|"
    r"condition))|accurate|available|aware|compliant|current|effective|informed|operational|relevant|safe|secure|up|"
    r"valid)\b)|"
    r"kept within|kept inside|refrain|disallow(?:s|ed)?|block(?:s|ed)?|absent)\b"
)
BARRED = re.compile(r"\b(?:prohibited|forbidden|barred|prevented|disallowed|banned|not (?:allowed|permitted))\b")

OPPOSITES: tuple[tuple[str, str], ...] = (
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
OPPOSED = tuple((re.compile(rf"\b(?:{a})\b"), re.compile(rf"\b(?:{b})(?!\w)")) for a, b in OPPOSITES)
RATHER = re.compile(r"\b(?:rather than|instead of|as opposed to|in place of)\b")
WITHOUT = re.compile(r"\bwithout\b(?P<rest>.*)")
PERMITTED = re.compile(r"^(?:can|may|could)\b|\b(?:allow(?:s|ed)?|permit(?:s|ted)?|able to|possible|let|lets)\b")
"""What is asked is whether something may be done."""
PARTLY = re.compile(r"\b(?:partial(?:ly)?|partly|some of|most of|mostly|in part|to some extent)\b")
PREDICATE = re.compile(
    r"\b(?:(?P<passive>(?!need|speed|embed|based|used|managed|related|required|involved)\w{2,}(?<!e)ed|kept|held|sent|"
    r"written)\b|(?:do|does|did) (?:you|we|they|it|your \w+|the (?:vendor|supplier|provider|company|organi[sz]ation|"
    r"service|product|solution|platform|system|application))(?: (?:\w+ly|also))? (?P<active>\w+))"
)
"""What is asked to be done: the participle, or the verb of who is asked."""
PARTICULAR = re.compile(
    r"\b(?:\w+[- ](?:proof|resistant|evident|gapped)|(?:read|write|append|invite)[- ]only|write[- ]once|immutab\w+|"
    r"worm|fips|hsms?|hardware security modules?|byok|"
    r"(?:customer|client|tenant)[- ](?:managed|supplied|owned|controlled|held)|"
    r"hyok|mutual\w*|mtls|end[- ]to[- ]end|zero[- ]trust|password[- ]?less|post[- ]quantum|retrospective\w*|"
    r"real[- ]time|offline|off[- ]?site|geo\w*[- ]\w+|biometric\w*|homomorphic|dual[- ]control|four[- ]eyes)\b"
)
"""What makes the matter a particular one: logs that are stored are not yet tamper-proof."""
CONSTANT = re.compile(
    r"\b(?:24 ?[x/] ?7\w*|24 hours a day|continuous(?:ly)?|constant(?:ly)?|(?:in )?real[- ]time|around the clock|"
    r"round the clock|automatically|as needed)(?!\w)"
)
EXCLUSIVE = re.compile(r"\b(?:only|alone|solely|just|merely|nothing but|limited to)\b")

PERIODS: tuple[tuple[str, float], ...] = (
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
ANY_OPPOSED = re.compile("|".join(rf"\b(?:{ours})\b" for ours, _ in OPPOSITES))
"""One look tells whether any of them is there, which is seldom."""

PERIOD = tuple((re.compile(rf"\b(?:{rule})\b", re.IGNORECASE), days) for rule, days in PERIODS)
MEASURED = re.compile(
    r"\d|%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|sixty|ninety|"
    r"every|each|once|twice)\b|(?:dai|hour|night|week|month|quarter|year|continuous)ly\b|annual"
)
"""What may be a quantity."""

NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "ten": "10",
            "twelve": "12", "fourteen": "14", "thirty": "30", "sixty": "60", "ninety": "90"}  # fmt: skip
NUMBERED = re.compile(rf"\d|\b(?:{'|'.join(NUMBERS)})\b", re.IGNORECASE)
