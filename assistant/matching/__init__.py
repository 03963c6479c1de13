"""Finding the passages that answer a question, saying how sure that is, and drafting from them.

`Matcher` is all that the rest of the assistant needs. Nothing here knows Flask, the database or
documents. Words and concepts are indexed by Whoosh; its postings are read into arrays once, and
the arrays serve a whole questionnaire in one batch as well as the interactive search.
"""

from assistant.matching.analysis import question_key
from assistant.matching.matcher import Matcher

__all__ = ["Matcher", "question_key"]
