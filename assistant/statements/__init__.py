"""Reads the knowledge folder: statements, library files and the company's profile.

Every error names file and line. Kept out: what the knowledge is used for, and
`knowledge/concepts.yaml`, which belongs to matching.
"""

from assistant.statements.folder import digest, load, passages_of, problems, sources, statement
from assistant.statements.library import dump_library, load_library, written_library
from assistant.statements.tables import dump_library_table, load_library_table

__all__ = [
    "digest",
    "dump_library",
    "dump_library_table",
    "load",
    "load_library",
    "load_library_table",
    "passages_of",
    "problems",
    "sources",
    "statement",
    "written_library",
]
