"""Excel workbooks: reading the questions, writing answers into the package, comparing two copies."""

from assistant.documents.excel.comparison import differences
from assistant.documents.excel.reading import read
from assistant.documents.excel.writing import write

__all__ = ["differences", "read", "write"]
