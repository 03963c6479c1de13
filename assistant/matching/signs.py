"""Signs in a wording beside its concepts: what is done to a thing, where it holds, what kind of answer is wanted.

A question about *reviewing* access is not answered by a passage about *logging* it (aspects), one
about data *at rest* not by one about data *in transit* (constraints), one that asks for a *policy*
seldom by a practice (kinds). Each sign is a short name; the same tables read questions and passages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.matching.words import words

_ASPECTS: Mapping[str, str] = {
    "alert": "alert alarm pager paging on-call triage",
    "anonymise": "anonymize anonymise pseudonymize pseudonymise mask redact tokenize de-identify scrub",
    "approve": "approve approval authorize authorise authorization sign-off sign_off consent permit",
    "audit": "audit auditor attest attestation certify certification examine",
    "authenticate": "authenticate authentication login log_in sign_in sign-in password mfa 2fa sso saml oauth",
    "back up": "backup back_up backed_up snapshot",
    "block": "block filter firewall quarantine rate_limit rate_limiting rate-limit waf mitigate",
    "classify": "classify classification label categorize categorise",
    "configure": "configure configuration configurable harden hardening baseline customize setting",
    "delete": "delete deletion destroy destruction dispose disposal erase erasure purge sanitize sanitise wipe",
    "deploy": "deploy deployment release roll_out rollout ship promote",
    "detect": "detect detection identify discover anomaly suspicious",
    "disclose": "disclose disclosure bounty responsible_disclosure report_a_vulnerability",
    "document": "document documentation documented written record_of register inventory catalogue catalog",
    "encrypt": "encrypt encryption encrypted cipher cryptographic cryptography aes tls ssl https",
    "host": "host hosted hosting data_center data_centre cloud_provider region",
    "isolate": "isolate isolation segregate segregation segment segmentation separate separation tenant "
    "multi-tenant vpc",
    "log": "log logging logged audit_trail audit_log audit_record event_record",
    "monitor": "monitor monitoring monitored observe surveillance watch track 24x7 24x7x365 24/7",
    "notify": "notify notification inform announce communicate tell",
    "patch": "patch patching patched update updated upgrade security_update",
    "prevent copying": "exfiltration dlp leakage watermark",
    "provision": "provision provisioning onboard onboarding grant joiner request_access",
    "remediate": "remediate remediation fix resolve corrective",
    "replicate": "replicate replicated replication redundant redundancy failover availability_zone high_availability",
    "respond": "respond response incident_response containment contain_incident escalate escalation investigate",
    "restore": "restore restoration recover recovery",
    "restrict": "restrict restricted restriction limit limited least_privilege least_access need-to-know need_to_know "
    "only_those role-based rbac permission access_control",
    "retain": "retain retained retention keep kept archive archived",
    "review": "review reviewed recertify recertification revalidate revalidation reassess",
    "revoke": "revoke revoked revocation deprovision de-provision deprovisioning offboard offboarding leaver terminate",
    "rotate": "rotate rotated rotation renew renewal",
    "scan": "scan scanned scanning scanner sast dast sca",
    "screen": "background_check screening vet vetting criminal",
    "store": "store stored storing storage",
    "test": "test tested testing exercise drill rehearse simulate tabletop",
    "train": "train training trained awareness educate education",
    "transfer": "transfer export import migrate send sent transmit transmission share shared",
    "verify": "verify verification validate validation check attestation",
}

_CONSTRAINTS: Mapping[str, Mapping[str, str]] = {
    "state": {
        "at rest": "at_rest at-rest rest stored_data storage_volume disk_encryption storage volume",
        "in transit": "in_transit in-transit transit in_motion tls https ssl transport communication",
        "in use": "data_in_use in_memory confidential_computing",
    },
    "environment": {
        "production": "production prod live customer_instance",
        "corporate": "corporate office internal_network intranet workplace headquarters",
        "development": "development_environment test_environment staging non-production nonproduction sandbox "
        "qa_environment",
    },
    "party": {
        "inside": "internal in-house internally own_staff",
        "outside": "independent external third-party third_party 3rd_party externally",
    },
    "people": {
        "staff": "employee staff personnel workforce engineer developer administrator admin operator",
        "customers": "customer tenant client end_user end-user csc subscriber",
        "third parties": "contractor vendor supplier subcontractor subprocessor sub-processor third-party "
        "third_party partner",
    },
    "thing": {
        "backups": "backup back_up",
        "logs": "log audit_trail audit_log",
        "endpoints": "endpoint laptop workstation desktop mobile byod handheld",
        "premises": "physical facility building visitor badge cctv perimeter premise_access datacenter_access",
        "wireless": "wireless wifi wi-fi",
        "e-mail": "email e-mail mail phishing spam dmarc",
        "paper": "paper print printer printed",
        "media": "removable_media physical_media storage_media usb portable_media tape",
        "source code": "source_code repository",
        "keys": "encryption_key cryptographic_key private_key key_management kms hsm",
        "passwords": "password passphrase credential",
        "cards": "cardholder credit_card payment_card pci pci-dss",
        "models": "ai artificial_intelligence machine_learning llm generative",
    },
}

_KINDS: Mapping[str, str] = {
    "policy": "policy charter",
    "programme": "program programme framework management_system isms governance",
    "plan": "plan strategy playbook runbook",
    "roles": "role_and_responsibility responsibility accountability accountable raci job_description",
    "register": "inventory register catalog catalogue data_flow diagram map",
    "metrics": "metric kpi measurement indicator statistics dashboard",
    "agreement": "agreement contract contractual clause nda addendum",
    "course": "training awareness course curriculum exercise",
    "assessment": "risk_assessment impact_assessment impact_analysis gap_analysis threat_model",
    "cadence": "annual annually yearly quarterly monthly weekly daily hourly periodic periodically regular regularly "
    "frequency frequently often cadence every_year every_month every_week every_day every_quarter each_year schedule "
    "scheduled interval 24x7 24x7x365 24/7",
    "place": "where region country location geographic geography jurisdiction residency located frankfurt ireland "
    "europe eu germany us usa zone",
    "who": "who whom responsible responsibility owner accountable role_and_responsibility team operation_team "
    "security_team",
    "count": "how_many number_of percentage sla rto rpo target headcount mttd mttr",
    "certificate": "iso soc fedramp hitrust csa_star iso27001 iso-27001 certification certified soc2 pci-dss",
    "evidence": "evidence copy attach provide_a_copy report screenshot sample",
    "tool": "tool tooling product vendor_name software_used solution which_tool platform",
}


_NO_SIGN = (
    "find_out find_here learn_more keep_up keep_safe code_host shared_responsibility shared_security_responsibility "
    "in_use use_case best_practice identify_all identify_any identify_each identify_every identify_which identify_the "
    "list_all"
)
"""Phrases whose words would be a sign elsewhere: who must identify all suppliers detects nothing."""


def _sign(group: str, name: str) -> str:
    """Return the sign as one word, as the index keeps it."""
    return f"{group}:{name.replace(' ', '-')}"


def _compiled() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return signs by words in their common form; words of a phrase are joined by `_` in the tables."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for group, table in (("aspect", _ASPECTS), ("kind", _KINDS), *_CONSTRAINTS.items()):
        for name, phrases in table.items():
            for phrase in phrases.split():
                key = words(phrase.replace("_", " "))
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), _sign(group, name))))
    found.update((words(phrase.replace("_", " ")), ()) for phrase in _NO_SIGN.split())
    return found


_TABLE = _compiled()
_LONGEST = {first: max(len(key) for key in _TABLE if key[0] == first) for first in {key[0] for key in _TABLE}}
"""How many words the longest phrase has that begins with a word."""

ASPECTS = tuple(_sign("aspect", name) for name in _ASPECTS)
KINDS = tuple(_sign("kind", name) for name in _KINDS)
DIMENSIONS = {
    dimension: tuple(_sign(dimension, value) for value in values) for dimension, values in _CONSTRAINTS.items()
}
"""Signs of one dimension exclude each other: a passage that names only others contradicts the question."""

OBJECTS = tuple(
    _sign("kind", name) for name in ("plan", "roles", "register", "metrics", "agreement", "course", "assessment")
)
"""Kinds of things that must be named to be there: who is asked for an inventory is not told by a practice."""

PARTICULAR = tuple(
    _sign("thing", name)
    for name in ("endpoints", "premises", "wireless", "e-mail", "paper", "media", "cards", "models")
)
"""Things so particular that a passage which does not name them is not about them."""

NAMES = (*ASPECTS, *KINDS, *(sign for values in DIMENSIONS.values() for sign in values), "has:period", "has:number")


_POLICY = re.compile(
    r"\bpolic(?:y|ies)\b[^.?!]*\b(?:established|documented|approved|defined|maintained|in place|written|reviewed|exist)"
    r"|\b(?:have|has|maintain|maintains|is there|are there|documented|formal|formali[sz]ed|written|established)\b"
    r"[^.?!]{0,60}\bpolic(?:y|ies)\b",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"\b(?:according to|in accordance with|per|following|by|under|in line with)\b[^.?!,]{0,50}polic", re.IGNORECASE
)
_RULES = (
    r"\b(?:polic(?:y|ies)|procedures?|rule ?books?|guidelines|(?<!firewall )(?<!detection )(?<!alert )(?<!access )"
    r"(?<!network )(?<!correlation )(?<!group )(?<!waf )rules)\b"
)
"""What a company lays down for itself; rules that machines follow are none."""
_WITHIN = r"(?:e\.g\.|i\.e\.|[^.?!])"
_RENEWED = re.compile(
    rf"{_RULES}{_WITHIN}*\b(?:reviewed|updated|revised|refreshed|revisited|renewed|amended|overhauled|"
    r"re-?(?:examined|assessed|evaluated|considered|read|approved|validated)|"
    r"(?:looked|gone|go|went) (?:at|back|over|through)|kept (?:current|fresh|up[- ]to[- ]date)|review and update|"
    r"(?:annual|yearly|periodic|regular|fresh) (?:review|update|revision|look))\b"
    rf"|\b(?:how (?:often|frequently)|when)\b{_WITHIN}*{_RULES}"
    r"|\b(?:review(?! (?:procedure|process))|reviewing|updat(?:e|ing)|revis(?:e|ing)|refresh|revisit|renew|amend|"
    r"overhaul|re-?(?:examine|assess|evaluate)|(?:look|looking|go|going) (?:at|back|over|through))\b"
    rf"{_WITHIN}{{0,80}}{_RULES}",
    re.IGNORECASE,
)
_SET_UP = re.compile(
    r"\b(?:approved|documented|communicated|established|circulated|enforced|applied|in place|written|formal)\b",
    re.IGNORECASE,
)
_LOOKED_AT = re.compile(
    r"\b(?:review|revis|re-?examin|refresh|look|go(?:ne|es)?\b|annual|year|how often)", re.IGNORECASE
)
"""What tells that a policy is looked at again, not only set up and kept current."""
_LAID_DOWN = re.compile(_RULES, re.IGNORECASE)

WANTED = ("wants:policy", "wants:policy-review")


def wanted(question: str) -> frozenset[str]:
    """Return whether a question wants a policy to exist, and whether it wants it reviewed."""
    if not _LAID_DOWN.search(question) or _ACCORDING.search(question):
        return frozenset()
    if _RENEWED.search(question) and (_LOOKED_AT.search(question) or not _SET_UP.search(question)):
        return frozenset(WANTED)
    return frozenset(WANTED[:1]) if _POLICY.search(question) else frozenset()


def signs(said: Sequence[str], text: str) -> frozenset[str]:
    """Return the signs in `said`, the words of `text` in their common form."""
    found: set[str] = set()
    behind = 0
    for start in [place for place, word in enumerate(said) if word in _LONGEST]:
        if start < behind:
            continue
        # The longest phrase takes its words: an "audit log" is no audit.
        for length in range(min(_LONGEST[said[start]], len(said) - start), 0, -1):
            named = _TABLE.get(tuple(said[start : start + length]))
            if named is not None:
                found.update(named)
                behind = start + length
                break
    if _tells_a_period(text):
        found.update(("has:period", "kind:cadence"))
    if _DIGIT.search(text):
        found.add("has:number")
    return frozenset(found)


def _tells_a_period(text: str) -> bool:
    # What is there in few texts is looked for in the quickest way first.
    lowered = text.lower()
    return any(map(lowered.__contains__, _UNITS)) and _PERIOD.search(text) is not None


_UNITS = ("day", "month", "year", "hour", "week", "24")
_DIGIT = re.compile(r"\d")
_PERIOD = re.compile(
    r"\b(?:\d+|one|two|three|six|seven|twelve|thirty|ninety)[ -](?:calendar |business )?(?:hour|day|week|month|"
    r"year)s?\b"
    r"|\b24[x/]7",
    re.IGNORECASE,
)
