"""Word documents: read into questions, written with answers, compared."""

from assistant.documents.word.reading import read
from assistant.documents.word.verification import differences
from assistant.documents.word.writing import write

__all__ = ["differences", "read", "write"]
