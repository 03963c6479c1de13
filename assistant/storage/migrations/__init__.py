"""Numbered steps from an empty database to the present tables, the same for both engines."""
