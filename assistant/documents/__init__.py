"""Customers' documents: reading questions out of them, writing answers into them, proving what changed."""
