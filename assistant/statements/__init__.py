"""Reads the knowledge folder: statements, library files and the company's profile.

Every error names file and line. Kept out: what the knowledge is used for, and
`knowledge/concepts.yaml`, which belongs to matching.
"""

from assistant.statements.folder import digest, load, problems, sources, statement
from assistant.statements.library import dump_library, load_library

__all__ = ["digest", "dump_library", "load", "load_library", "problems", "sources", "statement"]
