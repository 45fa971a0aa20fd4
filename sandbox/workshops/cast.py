"""From a pack to rows: the cast that all seats share (seat 0)."""

from __future__ import annotations

from sandbox.workshops import ties
from sandbox.workshops.packs import Pack, ref_of
from sandbox.workshops.rows import Rows
from sandbox.workshops.worlds import Part

INSTITUTIONS = {"assurance-maladie": "Assurance Maladie", "portail": "Mon espace santé"}


def shared(pack: Pack, seed: str) -> Part:
    """The cast: professionals, establishments, institutions, services of the catalogue, and the openings that some publish."""
    rows = Rows()
    for role, bodies in (("institution", INSTITUTIONS), ("service", ties.names())):
        for slug, name in bodies.items():
            rows.add("user", ref=ref_of(seed, 0, "user", slug), role=role, slug=slug, name=name, identifier=slug)
    for item in pack.professionals:
        user = rows.add(
            "user", ref=ref_of(seed, 0, "user", item["ref"]), role="professional", slug=item["ref"],
            name=item["name"], identifier=item["ref"],
        )
        rows.add(
            "professional", ref=ref_of(seed, 0, "professional", item["ref"]), user_id=user,
            profession=item["profession"], specialty=item.get("specialty", ""),
            is_establishment=item.get("kind") == "establishment", setting=item.get("setting", "AMBULATOIRE"),
            takes_prescriptions=item.get("takes_prescriptions", False), unread_box=item.get("unread_box", False),
            place=item["place"], address=item["address"], phone=item["phone"],
        )
        for opening in item.get("availability", []):
            rows.add(
                "availability", professional_id=user, weekday=opening["weekday"], opens=opening["start"],
                closes=opening["end"], minutes=opening["minutes"],
            )
    return rows.part()
