"""From a pack to rows: the children of a seat, whose records their parent opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.workshops.story import Story


def tell(story: Story) -> None:
    """Add the child's record to the seat."""
