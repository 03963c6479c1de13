"""Numbered steps from an empty database to the present tables, the same for both engines.

A step that was released is never changed. A further one takes the next number, says the same as the
change in `assistant.storage.tables`, and works on a database with rows in it; there is no way back
but a backup. The tests hold that steps and tables agree.
"""
