"""The first page, and what is new on it."""
