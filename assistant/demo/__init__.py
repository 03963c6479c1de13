"""A fresh instance filled with a believable company's work, so that a newcomer sees the product alive.

Everything happens through the use cases, in the order of time, by people of all roles; the clock is set back for it.
"""

from assistant.demo.company import Calendar, Company
from assistant.demo.stories import fill

__all__ = ["Calendar", "Company", "fill"]
