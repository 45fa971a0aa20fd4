"""Exercises: a question put to the database, never a counter."""
