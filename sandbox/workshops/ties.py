"""The services that a pack tells as synchronised already, with what the person agreed to (reference §1.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import acts
from sandbox.measures import KINDS
from sandbox.workshops.fixtures import common
from sandbox.workshops.rows import told_moment

if TYPE_CHECKING:
    from sandbox.workshops.story import Story

YEAR = 365


def names() -> dict[str, str]:
    """Every service of the catalogue, by its slug."""
    return {item["slug"]: item["name"] for item in common("services")["service"]}


def tell(story: Story) -> None:
    """Nobody holds their key: their sites are not simulated, or the person has not come back to them yet."""
    for item in story.pack.services:
        slug, at = item["slug"], told_moment(item["day"], item["at"])
        tie = story.rows.add(
            "synchronization", ref=story.ref("synchronization", slug), record_id=story.record,
            agreed_by_id=story.actor("patient"), service=slug, since=at, agreed_at=at,
            until=told_moment(item["day"] + YEAR, item["at"]),
        )
        for purpose in [*item["granted"], *item.get("refused", [])]:
            story.rows.add(
                "consent", synchronization_id=tie, purpose=purpose, granted=purpose in item["granted"], at=at,
            )
        about = {"name": names()[slug], "purposes": item["in_words"]}
        story.event(item, acts.ServiceSynchronized, "patient", about, slug)
    for item in story.pack.measures:
        if slug := item.get("service"):
            told = KINDS[item["kind"]].told(item["value"])
            story.event(item, acts.MeasureReceived, slug, {"told": told}, story.ref("measure", item["ref"]))
