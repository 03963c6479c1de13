"""What forms say that is not the vendor's to answer: for the customer's own use, to be signed, no answer wanted."""

from __future__ import annotations

from assistant.documents.word.memory import in_mind
from assistant.documents.word.wording import Wording
from assistant.documents.word.words import INSTRUCTION, asks, states

_THEIRS = r"(?:reviewer|assessor|auditor|evaluator|customer|buyer|purchaser|procurement|it security|security team)"
ASSESSOR_BLOCK = Wording(
    rf"\b(?:completed|filled in) by [^.:;!?]{{0,40}}\b{_THEIRS}\b|"
    # "Controls for customer data" is none of theirs, nor is a sentence that says what to use.
    rf"(?:^|[-–—:.(]\s*)for (?:the |our )?(?:\w+ ){{0,2}}{_THEIRS}s?(?:['’]s)?(?: teams?| department)?(?: only)?\W*$|"
    r"\bfor [^.:;!?]{0,40}\buse(?: only\b|\W*$)|"
    r"\b((internal|office|official) use(?! of\b)|evaluation (record|result|summary|criteria)|assessment (result|"
    r"summary|outcome|decision)|"
    r"reviewer'?s? (section|notes|comments|decision)|assessor'?s? (section|notes|comments)|"
    r"nur für (den )?(?:internen|dienst|dienstlichen) ?gebrauch|vom auftraggeber auszufüllen|réservé à|"
    r"uso interno)\b|社内使用|^(?:\W|\d)*(?:scoring|scorecard)\b",
    "completed by|filled in by|for |use|evaluation |assessment |reviewer|assessor|gebrauch|uso interno|"
    "auftraggeber|réservé|社内使用|scor",
)
ASSESSOR_LABEL = Wording(
    r"\b((final |acceptance |overall )?decision\b.*|(evaluated|assessed|reviewed|approved|accepted|verified) by|"
    r"score|risk rating|"
    r"(next|last) review( date)?|acceptance (test )?results?|dependency accepted.*|evidence received|"
    r"decision (owner|date)|"
    r"(assessor|reviewer|evaluator|auditor)('s)?( name| comments?| notes| signature)?|compensating control|"
    r"recommendation)\s*:?$",
)
SIGNATURE = Wording(
    r"\b(signature(?![- ](?:updates?|based|verification|validation|checks?|databases?|definitions?|algorithms?)\b)|"
    r"signed(?=\s*(?:by|on|for|at|this|and|[(:_.,]|$))|sign here|unterschrift|"
    r"firma (del?|de la|autorizada|y sello|y fecha)|fecha y firma|firmado|assinatura|handtekening)\b|署名|サイン|印$",
    "sign|unterschrift|firma|assinatura|handtekening|署名|サイン|印",
)
_LONGEST_SIGNATURE = 100
SIGN_OFF = Wording(
    r"\b(sign[- ]?off|signatures?|attestation|declaration|acknowledge?ment|certification statement|approvals?|"
    r"erklärung|déclaration|declaración)\b",
    "sign|attestation|declaration|acknowledg|certification|approval|erklärung|déclaration|declaración",
)
_UNWANTED = Wording(
    r"\b(?:no|without) (?:response|answer|reply|entry|comment)s? (?:is |are )?(?:required|needed|necessary|expected)\b|"
    r"\b(?:do not|not to be) (?:answer(?:ed)?|complete[d]?|fill(?:ed)? in)\b|"
    r"\b(?:response|answer) not (?:required|needed)\b|"
    r"^[\W_]*(?:section )?(?:heading|header)(?: cell| row| only)?[\W_]*$|"
    r"\bkeine (?:antwort|angaben?|eingabe)\b.{0,15}\b(?:erforderlich|nötig|notwendig)\b|"
    r"\b(?:aucune|pas de) réponse\b|\bno (?:se )?requiere respuesta\b|\bnessuna risposta\b|回答不要|記入不要",
    "no |without |not |heading|header|keine |aucune |pas de |nessuna |不要",
)


def wants_nothing(text: str) -> bool:
    """Return whether a cell for answers says that none is wanted there, such as "Heading cell – no response needed"."""
    return len(text) < _LONGEST_SIGNATURE and _UNWANTED.search(text) is not None


@in_mind
def is_signature(text: str) -> bool:
    """Return whether a line is for a person to sign.

    A question about what is signed is not, nor a statement ("Firmware must be signed") unless it speaks of the form.
    """
    if len(text) >= _LONGEST_SIGNATURE or SIGNATURE.search(text) is None or asks(text):
        return False
    return not states(text) or INSTRUCTION.search(text) is not None
