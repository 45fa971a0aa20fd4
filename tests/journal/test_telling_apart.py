"""The history read as the portal lays it out, and a look that was not expected reported."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.account.service import institution
from sandbox.acts import RecordConsulted, publish
from sandbox.db import db
from sandbox.french import of
from sandbox.help.models import Kind, Ticket
from sandbox.journal.models import ActorKind, Entry
from tests.browser import Browser, text_of
from tests.family.test_profiles import child
from tests.journal.test_history import lines, sheet
from tests.room import Room


def synchronised(room: Room) -> None:
    """A service read the record last month."""
    with room.inside():
        db.session.add(Entry(
            record=room.record(1), actor=institution(), actor_kind=ActorKind.SERVICE, act="ServiceViewed",
            phrase="Lecture de l’agenda par le service Mon cœur", at=clock.now() - timedelta(days=25),
        ))


@pytest.mark.practises("I05")
def test_marie_reads_who_acted_and_reports_an_access(room: Room, marie: Browser, lemoine: Browser) -> None:
    synchronised(room)
    with room.inside():
        ref = room.record(1).ref
    lemoine.go(f"/pro/patients/{ref}")
    marie.go("/agenda/").go("/historique/").click("Professionnels")
    assert "Dr Claire Lemoine a consulté votre dossier" in lines(marie)[0]
    assert "Consultation de la rubrique « Agenda »" in " ".join(lines(marie.click("Mes activités"))[:4])
    pushed, read = "Carnet Tension Mirelle a ajouté une mesure : tension artérielle", "le service Mon cœur"
    assert [words in line for words, line in zip((pushed, read), lines(marie.click("Services synchronisés")), strict=True)] == [True] * 2
    assert [pushed in line for line in lines(marie.click("7 derniers jours"))] == [True]
    assert len(lines(marie.click("30 derniers jours"))) == 2
    represents(marie)
    marie.go("/historique/?onglet=professionnels").click("Signaler un accès")
    assert "Dr Claire Lemoine a consulté votre dossier" in text_of(marie.page.find("main"))
    marie.submit("Envoyer le signalement", reason="inconnu")
    assert marie.sees("Votre demande est partie au support")
    with room.inside():
        ticket = db.session.scalars(sa.select(Ticket)).one()
        assert (ticket.kind, ticket.object_ref) == (Kind.ACCESS, room.user("dr-lemoine").ref)


def test_in_a_childs_history_the_record_is_the_childs(room: Room, marie: Browser) -> None:
    with room.inside():
        record = child(room, 1)
        told = f"Dr Claire Lemoine a consulté le dossier {of(record.first_name)}"
        publish(RecordConsulted(actor=room.user("dr-lemoine"), record=record))
    marie.go("/profils/").submit("Ouvrir le profil de").go("/historique/")
    assert any(told in line for line in lines(marie))
    assert told in text_of(marie.go("/historique/lignes").page)
    assert any(line.endswith(f";{told}") for line in sheet(marie))


def represents(marie: Browser) -> None:
    """In her child's profile what Marie does is a legal representative's."""
    marie.go("/profils/").submit("Ouvrir le profil de").go("/agenda/").go("/historique/").click("Représentants légaux")
    assert "Consultation de la rubrique « Agenda »" in " ".join(lines(marie))
    marie.submit("Revenir à mon profil")
