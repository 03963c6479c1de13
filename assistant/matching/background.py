"""How common words are in security prose at large, so that few or many passages weigh words alike.

In a library of one passage every word is in all of them, in a huge one most are rare: neither says
how telling a word is. The frequencies here are estimates, as shares of passages and questions, by
tiers; a word that is not listed is taken to be rare.
"""

from __future__ import annotations

import math

from assistant.matching.analysis import terms
from assistant.matching.words import words

PRIOR = 150
"""How many passages of one's own the background weighs as much as."""

RARE = 0.004

_TIERS = {
    0.25: "security data information system organization company service customer access use provide process",
    0.12: """policy procedure control manage management ensure include appropriate require requirement maintain
        implement define establish review risk application product environment business user employee third party
        personnel technology technical measure internal external standard our support need level based
        according relevant applicable provide describe perform protect software vendor supplier organizational""",
    0.05: """test monitor monitoring audit compliance document encrypt encryption network incident response plan report
        regular regularly annual annually least period periodically track change development production cloud
        infrastructure code store storage restrict authorize approve authentication vulnerability key log event
        train training asset responsibility role backup recovery team time type level identify detect prevent
        specific example list practice formal method tool activity operation critical sensitive confidential
        contract legal regulatory industry law program framework procedure functional feature function
        associated implementation solution platform account device server database host file web site page""",
    0.02: """password credential least privilege privacy personal retention delete disposal continuity disaster
        certificate certification physical facility visitor remote mobile endpoint patch update scan penetration
        firewall segment tenant transfer transit rest region country location source open component license
        subprocessor breach notify notification alert escalation governance classify classification inventory
        configuration baseline release deploy design architecture api integration token session single sign
        identity provision revoke terminate background screening awareness contractor executive board committee
        owner oversight assess assessment assurance evaluate remediate remediation severity impact availability
        integrity confidentiality redundancy replicate restore objective""",
}

_SHARES = {term: share for share, listed in sorted(_TIERS.items()) for term in terms(words(listed))}


def listed(term: str) -> bool:
    """Return whether `term` is a word that security prose is known to use."""
    return term in _SHARES


def weight(term: str, found: int, size: int) -> float:
    """Return how telling `term` is (0 to 1) that stands in `found` of `size` passages of one's own."""
    return informative(_SHARES.get(term, RARE), found, size)


def informative(share: float, found: int, size: int) -> float:
    """Return how telling something is that has `share` at large and stands in `found` of `size` passages."""
    smoothed = (found + PRIOR * share) / (size + PRIOR)
    return min(1.0, max(0.02, math.log(smoothed) / math.log(RARE)))
