"""A long list, a page at a time."""

from __future__ import annotations


def place(found: int, page: int, size: int) -> tuple[int, int]:
    """The page asked for, within what exists, and how many pages of this size there are: at least one."""
    pages = max(1, -(-found // size))
    return min(max(1, page), pages), pages
