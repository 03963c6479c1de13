"""How common words are in security prose at large, so that few or many passages weigh words alike.

In a library of one passage every word is in all of them, in a huge one most are rare: neither says
how telling a word is. The frequencies here are estimates, as shares of passages and questions, by
tiers; a word that is not listed is taken to be rare.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

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

_PLAIN = """about above accept accommodate accomplish according account achieve acquire act actual add
    additional address adequate adjust advance advise affect agree aim align allow alternative always amount
    analyze annual answer appear apply appoint approach arise arrange aspect assign assist assume assure
    attach attempt attention available average avoid aware base basis become before begin behalf behavior
    below benefit beyond brief bring broad build but calculate call capability capable carry case category
    cause central certain change characteristic charge check choose circumstance claim clear close collect
    combine come commensurate commit common community comparable compare complete complex component compose
    comprise concern conclude condition conduct confirm connect consider consist consistent constraint consult
    contact contain content context continue contribute convert cooperate coordinate copy core correct
    correspond cost cover create criteria cross current custom cycle daily date day deal decide decision
    dedicated deem default define degree deliver demand demonstrate depend derive describe designate desire
    detail determine develop difference different difficult direct discuss display distinct distribute
    division domain drive duration during duty early easy effect effective efficient effort either element
    eligible eliminate else embed employ enable encounter encourage end engage enhance enough entire entity
    equal equivalent especially essential event evidence evolve exact examine exceed except exchange exclude
    execute exercise exhibit exist expand expect experience explain explicit extend extent extra face
    facilitate fact factor fail failure fall false feedback few field figure final find firm first fit fix
    flag flow focus follow force form former forward frequency full function fund further future gain general
    generate give global go goal good grant great ground group grow guarantee guidance guide hand handle
    happen head health help high hold hour however human idea illustrate immediate implication important
    improve inappropriate indicate indirect individual influence initial initiate input inquire inside
    instance instead instruct instruction integral intend intention interact interest interference interval
    introduce investigate invite invoke involve issue item join joint judge just keep kind know knowledge
    known large last late later latter lead learn leave left length less let life like limit line link local
    locate logic long look loss lot low main major make mandatory manner manual many map mark match material
    matter maximum mean means mechanism meet member mention merge mind minimum minor minute miss mitigate mix
    mode moderate modern modify moment month more most motion move much multiple mutual name nature near
    necessary need negative neutral never new newly next normal note nothing now number object oblige observe
    obtain obvious occur offer office official once one ongoing open opinion opportunity oppose option order
    ordinary organize origin original other otherwise outcome outline output outside overall overly own page
    pair paper parameter part partial participate particular party pass path pattern pause pay people per
    percent perform permanent permit person perspective phase pick piece place plain plan point portion pose
    position positive possess possible post potential power practical precise predict prefer prepare presence
    present prevail previous primary principal principle prior private proactive problem proceed produce
    profession progress prohibit project promote prompt proper property proportion propose prospect prove
    public publish purchase pure purpose pursue put qualify quality quantity question quick quite raise range
    rank rapid rate rather ratio reach react read ready real reason reasonable receive recent recognize
    recommend reconcile record reduce refer reference reflect refuse regard regardless region regulate
    reinforce reject relate relation release relevant reliable rely remain remark remember remind remove
    render repeat replace reply represent request research reserve reside resolve respect respond result
    resume retrospective return reveal reverse right rise round routine rule run safe sample satisfy say scale
    scenario schedule scope seal search season second section see seek segment select self send sense separate
    sequence serious serve set settle several shape sharp short show side sign significant similar simple
    simultaneous since situation size skill slow small social solve soon sort sound space speak special
    specify speed spend split spot staff stage stakeholder stand start state statement static statistic status
    stay step stop strategy strength strict strong structure study style subject submit subsequent substantial
    substitute succeed success sufficient suggest suit suitable sum summary superior supplement supply sure
    surface surround switch system table take talk target task taxonomy technique tell temporary term theory
    thereafter thing think third thorough thought thread threshold throughout tie tight timely title today
    together too top topic total touch toward trace trade tradition transform treat trend trigger true trust
    try turn two type typical unable undergo understand undertake undue unexpected uniform unique unit
    universal unless until unusual upon urgent usage usual utilize vague valid value variable variety various
    vary version via view vision visit volume voluntary wait want warn way weak week weight well whatever
    whenever whereby whether while whole whose wide will willing wish within without word work world worth
    write wrong year yes yet zero
    abroad almost alone along already anew anybody anyone anything anywhere apart aside away become begun better best
    bigger certainly driven dutiful earlier elsewhere enforceable entail even everybody everyone everything everywhere
    faster feasible feasibility forbid forbidden forth further get got gotten greater hardly herself himself indeed
    irregular irregularity itself keen lesser likely longer merely might mindful namely nearly nobody notably nowhere
    nowadays oneself onward onwards ought ourselves perhaps possibly quickly rarely regardless reputable seldom shorter
    simply smaller somebody somehow someone something sometime sometimes somewhat somewhere sooner straight suppose
    supposed surely tell themselves these this those though thus together toward towards truly unlikely upfront upward
    upwards very whichever whoever whom wherever whether worse worst yourself yourselves"""
"""Words of any formal English prose: they name no thing of their own."""

_PLAIN_TERMS = frozenset(terms(words(_PLAIN)))

_LIGHT = """about above according accordingly across after again against ago all almost along already also although
    always among amongst another any anybody anyone anything around aside away back because before behind below beneath
    beside besides between beyond both but can cannot come could despite done down during each either else elsewhere
    enough even ever every everybody everyone everything except few finally first former further get give given go gone
    got have hence here how however indeed inside instead into itself just last later latter least less let like likely
    made make making many may maybe mean meanwhile merely might mine more moreover most mostly much must namely near
    nearly neither never nevertheless next nobody none nor nothing now nowhere off often once one only onto other others
    otherwise ought ourselves out over own part per perhaps put quite rather really regarding regardless respective
    respectively same say see seem self several shall she should since some somebody somehow someone something sometimes
    somewhere soon still such take taken than them themselves then therefore these thing those though through throughout
    thus together too toward towards try under unless unlike until up upon use used using various very via want way well
    what whatever when whenever where whereas whereby wherever whether which whichever while who whoever whom whose why
    will within without would yet yourself yourselves"""
"""Words that hold a sentence together."""

_LIGHT_TERMS = frozenset(terms(words(_LIGHT)))

_SHARES = {term: share for share, listed in sorted(_TIERS.items()) for term in terms(words(listed))}


def secure(term: str) -> bool:
    """Return whether `term` is a word that security prose is known to use."""
    return term in _SHARES


def listed(term: str) -> bool:
    """Return whether `term` is a word that security prose, or any formal prose, is known to use."""
    return term in _SHARES or term in _PLAIN_TERMS


def light(term: str) -> bool:
    """Return whether `term` is a word that only holds a sentence together."""
    return term in _LIGHT_TERMS


def share(term: str) -> float:
    """Return the share of passages and questions at large that `term` stands in."""
    return _SHARES.get(term, RARE)


def weight(term: str, found: int, size: int) -> float:
    """Return how telling `term` is (0 to 1) that stands in `found` of `size` passages of one's own."""
    return informative(share(term), found, size)


def informative(share: float, found: int, size: int) -> float:
    """Return how telling something is that has `share` at large and stands in `found` of `size` passages."""
    smoothed = (found + PRIOR * share) / (size + PRIOR)
    return min(1.0, max(0.02, math.log(smoothed) / math.log(RARE)))


def informative_all(shares: npt.NDArray[np.float64], found: npt.NDArray[np.intp], size: int) -> npt.NDArray[np.float64]:
    """Return how telling each of several things is: `informative`, all at once."""
    smoothed = (found + PRIOR * shares) / (size + PRIOR)
    return np.asarray(np.clip(np.log(smoothed) / math.log(RARE), 0.02, 1.0))
