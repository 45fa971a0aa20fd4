"""Workshops, their worlds, their seats: what a trainer opens, resets and closes."""
