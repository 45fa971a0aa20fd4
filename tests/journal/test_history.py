"""The activity history: everything leaves a line."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import url_for

from sandbox import clock
from sandbox.account.service import institution
from sandbox.acts import HistoryDownloaded, RecordConsulted, SectionOpened, SignedIn, publish
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.family.models import Delegation
from sandbox.journal.models import Entry
from sandbox.journal.service import has_done
from sandbox.navigation import LEARNER, LEARNER_MORE, Section
from tests.browser import Browser, text_of
from tests.room import Room


def lines(who: Browser) -> list[str]:
    return [text_of(row) for row in who.page.select("ul.rows > li")]


def consulted(room: Room, days: int = 0) -> None:
    """Dr Lemoine opened Marie's record, that many days ago."""
    with room.inside():
        publish(RecordConsulted(actor=room.user("dr-lemoine"), record=room.record(1)))
        line = db.session.scalars(sa.select(Entry).where(Entry.act == "RecordConsulted").order_by(Entry.id.desc())).first()
        assert line is not None
        line.at = clock.now() - timedelta(days=days)


def test_marie_reads_who_did_what_day_by_day(room: Room, marie: Browser) -> None:
    consulted(room)
    marie.go("/historique/")
    days = [text_of(day) for day in marie.page.find("main").select("[data-fragment] h2")]
    assert len(days) > 1
    assert len(days) == len(set(days))
    assert any("Dr Claire Lemoine a consulté votre dossier" in line for line in lines(marie)[:2])


def test_the_tabs_separate_professionals_from_oneself(marie: Browser) -> None:
    marie.go("/agenda/").go("/historique/").click("Professionnels")
    assert lines(marie)
    assert not any(line.endswith("Vous") for line in lines(marie))
    marie.click("Mes activités")
    assert "Consultation de la rubrique « Agenda »" in " ".join(lines(marie))
    assert all(line.endswith("Vous") for line in lines(marie))


def test_what_the_system_does_and_what_a_representative_does_have_their_tabs(room: Room, marie: Browser) -> None:
    with room.inside():
        parent = room.record(1).owner
        child = db.session.scalars(sa.select(Delegation).where(Delegation.delegate == parent)).one().record
        publish(SignedIn(actor=institution(), record=child))
        name = parent.name
    marie.go("/profils/").submit("Ouvrir le profil de").go("/historique/?onglet=systeme")
    assert any("Connexion à l’espace" in line for line in lines(marie))
    done = lines(marie.click("Représentants légaux"))
    assert done
    assert all(line.endswith(name) for line in done)
    assert not lines(marie.click("Mes activités"))
    assert marie.sees("l’onglet « Représentants légaux »")


@pytest.mark.parametrize(("tab", "words"), [
    ("professionnels", "Aucun professionnel n’a encore rien fait"), ("moi", "Ce que vous ferez apparaîtra ici."),
    ("representants", "Dans le profil d’un enfant"), ("services", "si vous l’autorisez"), ("systeme", "les réponses du support"),
])
def test_each_empty_tab_says_what_will_come(room: Room, marie: Browser, tab: str, words: str) -> None:
    with room.inside():
        db.session.execute(sa.delete(Entry))
    assert marie.go(f"/historique/lignes?onglet={tab}").sees(words)


def test_the_history_is_cut_in_pages_and_keeps_its_tab(marie: Browser) -> None:
    first = lines(marie.go("/historique/?onglet=professionnels"))
    assert len(first) == 50
    assert "Plus récentes" not in marie.links()
    second = lines(marie.click("Plus anciennes"))
    assert marie.path.startswith("/historique/?onglet=professionnels&avant=")
    assert not set(first) & set(second)
    assert lines(marie.click("Plus récentes")) == first
    assert "Plus récentes" not in marie.links()


def test_in_the_middle_one_goes_both_ways(room: Room, marie: Browser) -> None:
    long_history(room, 180)
    pages = [lines(marie.go("/historique/?onglet=moi&periode=30-jours"))]
    for _ in range(3):
        pages.append(lines(marie.click("Plus anciennes")))
    assert len({line for page in pages for line in page}) == 180
    assert lines(marie.click("Plus récentes")) == pages[2]
    assert {"Plus récentes", "Plus anciennes"} <= set(marie.links())


@pytest.mark.parametrize("asked", [
    "page=999", "onglet=rien", "avant=rien", "avant=9999999999999999-1", "apres=9999999999999999-999999999999999999", "avant=0-0",
    "periode=toujours", "du=&au=", "avant=0-0&onglet=services",
])
def test_an_address_that_means_nothing_breaks_nothing(marie: Browser, asked: str) -> None:
    assert marie.go(f"/historique/?{asked}").status == 200
    assert marie.heading == "Historique d’activité"


def test_opening_the_section_is_traced_and_turning_its_pages_is_not(room: Room, marie: Browser) -> None:
    marie.go("/historique/").click("Plus anciennes").go("/historique/?periode=7-jours")
    marie.client.get("/historique/?onglet=moi", headers={"Referer": "http://localhost/historique/"})
    with room.inside():
        traced = sa.select(sa.func.count(Entry.id)).where(Entry.subject_ref == "historique", ~Entry.from_pack)
        assert db.session.scalar(traced) == 1


def test_a_neighbour_leaves_no_line_here(room: Room, marie: Browser, jean: Browser) -> None:
    jean.go("/agenda/")
    assert not marie.go("/historique/lignes?onglet=moi").sees("« Agenda »")


# --- lines lead to their object ---

def test_a_line_leads_to_its_document_or_to_the_professional(room: Room, marie: Browser) -> None:
    with room.inside():
        documents.deposit_text(
            room.user("labo-horizon"), room.record(1), title="Dosage du fer", category="BIOLOGIE", text="Normal."
        )
    consulted(room)
    assert marie.go("/historique/").click("« Dosage du fer »").heading == "Dosage du fer"
    assert marie.go("/historique/").click("Dr Claire Lemoine a consulté votre dossier").heading == "Dr Claire Lemoine"


def test_a_line_whose_document_is_gone_leads_nowhere(room: Room, marie: Browser) -> None:
    with room.inside():
        owner = room.record(1).owner
        mine = documents.deposit_text(owner, room.record(1), title="Mes notes", category="AUTR_DOC", text="Rien.")
        documents.delete(owner, mine)
    assert marie.go("/historique/?onglet=moi").sees("Suppression du document « Mes notes »")
    assert not any("Mes notes" in link for link in marie.links())


def test_a_document_not_announced_yet_is_neither_named_nor_linked(room: Room, marie: Browser) -> None:
    with room.inside():
        kept = documents.deposit_text(
            room.user("labo-horizon"), room.record(1), title="Mot terrible", category="BIOLOGIE", text="…", kept_back=True
        )
        documents.consult(room.user("dr-lemoine"), kept)
        documents.mask(room.record(1).owner, kept)
    told = lines(marie.go("/historique/"))[:6]
    assert sum("vous sera présenté en consultation" in line for line in told) == 2
    assert not marie.sees("Mot terrible")
    assert not marie.page.find("a", href=f"/documents/{kept.ref}")


# --- a period ---

def test_a_period_is_chosen_ready_made_or_with_two_dates(room: Room, marie: Browser) -> None:
    told = sum("consulté votre dossier" in line for line in lines(marie.go("/historique/?onglet=professionnels&periode=7-jours")))
    consulted(room, days=3)
    consulted(room, days=20)
    marie.go("/historique/?onglet=professionnels").click("7 derniers jours")
    assert marie.path == "/historique/?onglet=professionnels&periode=7-jours"
    assert marie.sees("Activité depuis le")
    assert sum("consulté votre dossier" in line for line in lines(marie)) == told + 1
    day = clock.today() - timedelta(days=20)
    marie.submit("Afficher cette période", du=day.isoformat(), au=f"{day:%d/%m/%Y}")
    assert marie.path.startswith(f"/historique/?onglet=professionnels&du={day}")
    assert [line for line in lines(marie) if "Dr Claire Lemoine a consulté votre dossier" in line]
    assert len(marie.page.select("[data-fragment] h2")) == 1
    assert not lines(marie.click("Services synchronisés"))
    assert marie.sees("Rien pendant cette période")


def test_either_date_alone_is_enough(room: Room, marie: Browser) -> None:
    consulted(room)
    day = clock.today()
    assert not any("Lemoine a consulté votre dossier" in line for line in lines(marie.go(f"/historique/?au={day - timedelta(days=1)}"))[:1])
    assert marie.sees("Activité jusqu’au")
    assert any("Lemoine a consulté votre dossier" in line for line in lines(marie.go(f"/historique/?du={day}")))


@pytest.mark.parametrize(("asked", "words"), [
    ("du=2026-13-45", "Cette date n’existe pas"), ("au=demain", "Cette date n’existe pas"),
    ("du=0001-01-01", "Vérifiez l’année"), ("au=9999-12-31", "Vérifiez l’année"),
    ("du=2026-05-02&au=2026-05-01", "La fin de la période est avant son début"),
])
def test_wrong_dates_are_explained(marie: Browser, asked: str, words: str) -> None:
    marie.go(f"/historique/?onglet=moi&{asked}")
    assert marie.status == 422
    assert marie.sees(words)
    assert not lines(marie)
    assert marie.go(f"/historique/lignes?{asked}").status == 200


# --- the whole history, for a spreadsheet ---

def sheet(who: Browser) -> list[str]:
    response = who.client.get("/historique/telecharger")
    assert response.mimetype == "text/csv"
    assert "attachment" in response.headers["Content-Disposition"]
    text = response.get_data().decode("utf-8")
    assert text.startswith("\ufeffDate;Heure;Qui;")
    return text.splitlines()


def test_marie_downloads_the_whole_history(room: Room, marie: Browser) -> None:
    long_history(room, 1200)
    consulted(room)
    found = sheet(marie)
    assert len(found) > 1250
    assert found[1].endswith(";Titulaire du dossier;Téléchargement de l’historique d’activité")
    assert any(line.endswith(";Dr Claire Lemoine;Professionnel;Dr Claire Lemoine a consulté votre dossier") for line in found)
    with room.inside():
        assert has_done(room.record(1).owner, HistoryDownloaded)


@pytest.mark.parametrize("evil", ["=1+1", "+33", "-2", "@SUM(A1)", " =HYPERLINK(0)"])
def test_no_cell_is_a_formula(room: Room, marie: Browser, evil: str) -> None:
    with room.inside():
        owner = room.record(1).owner
        db.session.add(Entry(record=room.record(1), actor=owner, actor_kind="owner", act="SignedIn", phrase=evil))
    assert [line for line in sheet(marie) if line.endswith(f";'{evil}")]


def test_the_sheet_holds_nothing_of_a_neighbour(room: Room, marie: Browser, jean: Browser) -> None:
    with room.inside():
        db.session.add(Entry(
            record=room.record(2), actor=room.record(2).owner, actor_kind="owner", act="SignedIn", phrase="Secret de Jean"
        ))
    assert not any("Secret de Jean" in line for line in sheet(marie))
    assert any("Secret de Jean" in line for line in sheet(jean))


# --- a long history ---

def long_history(room: Room, count: int) -> None:
    """Marie's history of that many lines of her own, all within ten seconds of one another by tens."""
    with room.inside():
        record, world = room.record(1), room.world()
        db.session.execute(sa.delete(Entry).where(Entry.record_id == record.id, Entry.actor_kind == "owner"))
        now = clock.now()
        db.session.execute(sa.insert(Entry), [
            {
                "world_id": world.id, "seat": 1, "record_id": record.id, "actor_id": record.owner_id, "actor_kind": "owner",
                "act": "SignedIn", "phrase": f"Connexion {number}", "at": now - timedelta(minutes=number // 10 + 1),
                "from_pack": True,
            }
            for number in range(count)
        ])


@pytest.mark.parametrize("section", [*LEARNER, *LEARNER_MORE], ids=lambda section: section.endpoint)
def test_opening_any_section_is_traced(room: Room, marie: Browser, section: Section) -> None:
    with room.app.test_request_context():
        address = url_for(section.endpoint)
    assert marie.go(address).status == 200
    with room.inside():
        assert has_done(room.record(1).owner, SectionOpened)
