"""What the desk shows beside an answer."""

from __future__ import annotations

from assistant.answer import Answer, Citation
from assistant.statement import Passage
from assistant.suggestion import Match, Status, Suggestion
from assistant.web.desk import Typed, sources_of


def passage(text: str) -> Passage:
    return Passage(path="a.md", lines=(1, 1), text=text, product="Lantern")


def test_only_what_comes_near_the_question_is_proposed_beside_what_is_cited() -> None:
    cited, near, far = (
        Match(passage(text), confidence) for text, confidence in (("a", 0.001), ("b", 0.02), ("c", 0.019))
    )
    answer = Answer(citations=(Citation.of(cited.passage),))
    suggestion = Suggestion("?", Status.NO_MATCH, (near, far, cited))
    assert [source.text for source in sources_of(answer, suggestion, Typed.saved(answer))] == ["a", "b"]
