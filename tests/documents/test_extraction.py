"""Measures of a received document: proposed, taken over, taken back, refused, no longer proposed."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.db import db
from sandbox.documents import service
from sandbox.documents.models import Document, Extraction
from sandbox.measures import KINDS
from sandbox.profile import extraction
from sandbox.profile.models import Measure, Source
from sandbox.workshops import packs
from tests.browser import Browser, text_of
from tests.console.test_happenings import happens
from tests.documents.papers import looked_at, opened, token
from tests.pro.people import done, notified
from tests.room import Room

VISIT = "passage-infirmier"


def measures(room: Room, seat: int = 1) -> list[tuple[str, str]]:
    """What the profile holds that came from a document."""
    with room.inside():
        query = sa.select(Measure.kind, Measure.value).where(Measure.seat == seat, Measure.source == Source.DOCUMENT)
        return [(kind, value) for kind, value in db.session.execute(query.order_by(Measure.id))]


def card(who: Browser) -> str:
    return next(text_of(found) for found in who.page.select(".card") if "mesures" in text_of(found).lower())


@pytest.mark.practises("D12")
def test_marie_is_told_takes_the_measures_over_and_takes_them_back(room: Room, marie: Browser) -> None:
    before = measures(room)
    marie.go("/notifications/").click("contient des mesures que vous pouvez reprendre")
    assert marie.heading.startswith("Passage de l’infirmière")
    assert "130/78 mmHg" in card(marie)
    assert "75,6 kg" in card(marie)
    marie.submit("Ajouter à mes mesures")
    assert measures(room) == [*before, ("tension", "130/78"), ("poids", "75.6")]
    assert marie.click("Voir mes mesures").sees("Document « Passage de l’infirmière")
    opened(room, marie, VISIT).submit("Oui, retirer ces mesures")
    assert measures(room) == before
    assert "Vous avez choisi de ne pas les reprendre" in card(marie)


@pytest.mark.practises("D12")
def test_jean_refuses_then_wants_to_be_asked_no_more_then_again(room: Room, jean: Browser, samira: Browser) -> None:
    before = measures(room, 2)
    jean.go("/notifications/").click("contient des mesures").submit("Ne pas les reprendre")
    assert jean.sees("Les mesures restent dans le document seulement.")
    happens(samira, room, "resultat-hba1c", [2])
    jean.go("/notifications/").click("HbA1c) » contient")
    assert "6,7 %" in card(jean)
    jean.submit("Ne plus me le proposer")
    assert jean.heading.startswith("Contrôle du diabète")
    assert "Me le proposer de nouveau" in card(jean)
    with room.inside():
        told = notified("MESURES_A_REPRENDRE", 2)
        deposit(room, 2)
        assert notified("MESURES_A_REPRENDRE", 2) == told
    jean.submit("Me le proposer de nouveau").submit("Ajouter à mes mesures")
    assert measures(room, 2) == [*before, ("hba1c", "6.7")]


def deposit(room: Room, seat: int, told: str = "poids=70") -> Document:
    """Only inside: the nurse deposits measures."""
    return service.deposit_text(
        room.user("inf-morvan"), room.record(seat), title="Pesée", category="CPT_REND", text="70 kg", measures=told
    )


def test_what_the_profile_says_already_is_not_written_twice(room: Room, marie: Browser) -> None:
    before = measures(room)
    opened(room, marie, "hba1c-recente")
    assert "Mesures ajoutées à votre profil" in card(marie)
    marie.submit("Oui, retirer ces mesures")
    assert ("hba1c", "6.8") not in measures(room)
    marie.submit("Ajouter à mes mesures")
    assert sorted(measures(room)) == sorted(before)


def test_a_measure_that_marie_wrote_herself_stays_when_the_document_s_are_taken_back(room: Room, marie: Browser) -> None:
    with room.inside():
        own = Measure(record=room.record(1), kind="poids", value="70")
        db.session.add(own)
        where = f"/documents/{deposit(room, 1, 'poids=70 tension=120/70').ref}"
    before = measures(room)
    marie.go(where).submit("Ajouter à mes mesures")
    assert measures(room) == [*before, ("tension", "120/70")]
    marie.submit("Oui, retirer ces mesures")
    with room.inside():
        assert db.session.scalar(sa.select(Measure.value).where(Measure.kind == "poids", Measure.ref == own.ref)) == "70"


def test_measures_of_a_document_kept_back_are_proposed_when_it_is_shown(room: Room) -> None:
    with room.inside():
        before = notified("MESURES_A_REPRENDRE")
        kept = service.deposit_text(
            room.user("dr-lemoine"), room.record(1), title="Plus tard", category="CPT_REND", text="x", measures="poids=70",
            kept_back=True,
        )
        assert (kept.extraction, notified("MESURES_A_REPRENDRE")) == (None, before)
        service.announcing.release(room.user("dr-lemoine"), kept)
        assert (kept.extraction, notified("MESURES_A_REPRENDRE")) == (Extraction.PENDING, before + 1)


def test_doing_it_twice_changes_nothing(room: Room) -> None:
    with room.inside():
        document, owner = looked_at(room, VISIT), room.record(1).owner
        for verb in (extraction.take_over, extraction.take_over, extraction.refuse, extraction.refuse):
            verb(owner, document)
        assert (done("MeasuresExtracted"), done("MeasuresRefused")) == (1, 1)


def test_a_neighbours_measures_cannot_be_taken(room: Room, marie: Browser) -> None:
    with room.inside():
        ref = looked_at(room, VISIT, 2).ref
    for action in ("reprendre", "laisser"):
        answer = marie.client.post(f"/documents/{ref}/mesures/{action}", data={"csrf_token": token(marie)})
        assert answer.status_code == 404


def test_the_pack_names_measures_that_the_profile_knows() -> None:
    told = [item["measures"] for item in packs.load("decouverte").documents if "measures" in item]
    assert {one.split("=")[0] for measures in told for one in measures.split()} <= set(KINDS)
    assert len(told) == 2


def test_one_may_be_asked_again_from_the_page_of_measures(room: Room, marie: Browser) -> None:
    with room.inside():
        room.record(1).proposes_measures = False
    marie.go("/profil/mesures").submit("Me les proposer de nouveau")
    assert marie.heading == "Mesures"
    assert not marie.sees("ne vous sont plus proposées")
    with room.inside():
        assert room.record(1).proposes_measures
