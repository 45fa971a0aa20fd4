"""Masking, changing, deleting and pinning."""

from __future__ import annotations

from datetime import date

import pytest

from sandbox import clock
from sandbox.access import To, may
from sandbox.documents import masking, service
from sandbox.documents.models import Document
from sandbox.privacy import service as privacy
from tests.browser import Browser, text_of
from tests.documents.papers import added, looked_at, opened, path_of
from tests.documents.samples import png
from tests.pro.people import done
from tests.room import Room

SLEEP = "Compte rendu de consultation – sommeil et moral"


@pytest.fixture
def haddad(room: Room) -> Browser:
    """Dr Haddad, cardiologist."""
    return room.professional("dr-haddad")


def record_of(room: Room) -> str:
    with room.inside():
        return f"/pro/patients/{room.record(1).ref}"


# --- masking ---------------------------------------------------------------------------------------------

@pytest.mark.practises("D06")
def test_marie_masks_looks_through_the_cardiologists_eyes_and_goes_back_on_it(
    room: Room, marie: Browser, haddad: Browser, lemoine: Browser
) -> None:
    path, record = path_of(room, "compte-rendu-sommeil"), record_of(room)
    assert haddad.go(record).sees(SLEEP)
    marie.go(path).click("Masquer ce document")
    assert marie.sees("Dr Claire Lemoine : l’a déposé")
    marie.submit("Masquer ce document").click("Voir comme un professionnel…").click("Dr Karim Haddad")
    assert marie.sees(f"Le document « {SLEEP} » n’est pas dans cette liste : document masqué.")
    assert SLEEP not in {text_of(row.a) for row in marie.page.select("ul.rows > li")}
    assert not haddad.go(record).sees(SLEEP)
    assert haddad.go(f"{record}/documents/{path[-8:]}").status == 404
    assert lemoine.go(record).click(SLEEP).heading == SLEEP
    marie.go(path).click("Rendre visible aux professionnels").submit("Rendre visible aux professionnels")
    assert haddad.go(record).sees(SLEEP)
    marie.go("/documents/tout-masquer").submit("Masquer tous mes documents")
    assert not haddad.go(record).sees(SLEEP)
    rows = [text_of(row) for row in haddad.page.select("#documents ~ * tbody tr")]
    assert rows
    assert all("Dr Karim Haddad" in row for row in rows)
    marie.submit("Rendre visibles tous mes documents")
    assert haddad.go(record).sees(SLEEP)


def test_marie_masks_a_document_knowing_who_still_sees_it(room: Room, marie: Browser) -> None:
    opened(room, marie, "compte-rendu-sommeil").click("Masquer ce document")
    assert marie.heading == "Masquer ce document ?"
    still, gone = (text_of(card) for card in marie.page.select("main .card"))
    assert "Vous , toujours. Dr Claire Lemoine : l’a déposé" in still
    assert "Celui qui dépose un document le voit toujours" in still
    assert "Dr Karim Haddad" in gone
    marie.submit("Masquer ce document")
    assert marie.sees(f"Le document « {SLEEP} » est masqué. Seuls vous et Dr Claire Lemoine le voyez.")
    with room.inside():
        document = looked_at(room, "compte-rendu-sommeil")
        assert not may(room.user("inf-morvan"), To.READ, document)
        assert may(room.user("dr-lemoine"), To.READ, document)


def test_the_question_knows_the_administrator_and_the_choices_for_emergencies(room: Room, marie: Browser) -> None:
    with room.inside():
        record = room.record(1)
        privacy.name_administrator(record.owner, record, room.user("dr-haddad"))
        privacy.choose_emergency(record.owner, record, samu=True, glass=True, masked=True)
    opened(room, marie, "compte-rendu-sommeil").click("Masquer ce document")
    still = text_of(marie.page.select_one("main .card"))
    assert "Dr Karim Haddad : administrateur de votre dossier" in still
    assert "En urgence, le SAMU pourrait le lire, et tout médecin qui écrit pourquoi" in still


def test_masking_is_undone_by_the_button_that_follows(room: Room, marie: Browser) -> None:
    opened(room, marie, "bilan-lipidique").click("Masquer ce document").submit("Masquer ce document")
    marie.submit("Annuler : rendre visible")
    assert marie.sees("est de nouveau visible.")
    with room.inside():
        assert not looked_at(room, "bilan-lipidique").is_masked
    marie.submit("Annuler : masquer de nouveau")
    with room.inside():
        assert looked_at(room, "bilan-lipidique").is_masked


def test_marie_makes_a_masked_document_visible_again(room: Room, marie: Browser) -> None:
    opened(room, marie, "lettre-psychologue").click("Rendre visible aux professionnels")
    assert "Dr Karim Haddad" in text_of(marie.page.select_one("main .card"))
    marie.submit("Rendre visible aux professionnels")
    with room.inside():
        assert may(room.user("dr-haddad"), To.READ, looked_at(room, "lettre-psychologue"))
    assert marie.go("/historique/?onglet=moi").sees("est de nouveau visible des professionnels")


# --- one switch for all -------------------------------------------------------------------------------------

def test_one_switch_masks_all_and_what_comes_next(room: Room, marie: Browser, garnier: Browser) -> None:
    marie.go("/documents/tout-masquer").submit("Masquer tous mes documents")
    assert marie.sees("Ce que d’autres déposeront arrivera masqué.")
    with room.inside():
        record = room.record(1)
        assert all(document.is_masked for document in service.of_record(record))
        service.deposit_text(room.user("labo-horizon"), record, title="Dosage du fer", category="BIOLOGIE", text="Fer normal.")
    added(room, png(), "image/png", "Ma radio")
    assert marie.go("/documents/").click("Dosage du fer").sees("Seuls vous et Laboratoire Horizon le voyez.")
    assert not marie.go("/documents/").click("Ma radio").sees("Vous seul le voyez.")
    garnier.go(record_of(room))
    assert not garnier.sees("Dosage du fer")
    assert garnier.sees("Ma radio")


def test_one_line_in_the_history_for_all_documents(room: Room, marie: Browser) -> None:
    marie.go("/documents/tout-masquer").submit("Masquer tous mes documents")
    assert marie.go("/historique/?onglet=moi").sees("Masquage de tous les documents aux professionnels")
    with room.inside():
        assert (done("AllMasked"), done("DocumentMasked")) == (1, 0)


def test_the_switch_says_who_would_still_read_something(room: Room, marie: Browser) -> None:
    with room.inside():
        theirs = sum(d.author.slug == "dr-lemoine" for d in service.of_record(room.record(1)))
    marie.go("/documents/tout-masquer")
    assert marie.sees(f"Dr Claire Lemoine , {theirs} documents : l’a déposé")
    assert marie.sees("1 de vos") is not marie.sees("Aucun de vos")


def test_the_switch_is_undone_to_what_each_document_was(room: Room, marie: Browser) -> None:
    with room.inside():
        before = {document.ref for document in service.of_record(room.record(1)) if document.is_masked}
        assert before
    for button in ("Masquer tous mes documents", "Rendre visibles tous mes documents"):
        marie.go("/documents/tout-masquer").submit(button).submit("Annuler : remettre comme avant")
        assert marie.sees("C’est annulé : chaque document est masqué ou visible comme avant.")
        with room.inside():
            assert {d.ref for d in service.of_record(room.record(1)) if d.is_masked} == before
            assert not room.record(1).masks_new


def test_a_very_long_list_of_masked_documents_is_not_undone_by_halves(
    marie: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(masking, "MOST", 0)
    marie.go("/documents/tout-masquer").submit("Masquer tous mes documents")
    assert marie.sees("Tous vos documents sont masqués.")
    assert not marie.sees("Annuler")


def test_what_a_parent_adds_to_a_childs_record_is_their_own_choice(room: Room) -> None:
    with room.inside():
        parent = room.record(1).owner
        child = parent.delegations[0].record
        child.masks_new = True
        theirs = service.deposit_text(parent, child, title="Carnet", category="AUTR_DOC", text="Vaccins.")
        others = service.deposit_text(room.user("dr-lemoine"), child, title="Lettre", category="CPT_REND", text="Bien.")
        assert (theirs.is_masked, others.is_masked) == (False, True)
        assert (theirs.is_new, others.is_new) == (False, True)
        assert (done("DocumentAdded"), done("DocumentDeposited")) == (1, 1)


def test_the_switch_leaves_the_neighbours_alone(room: Room, marie: Browser) -> None:
    with room.inside():
        before = [document.is_masked for document in service.of_record(room.record(2))]
    marie.go("/documents/tout-masquer").submit("Masquer tous mes documents")
    with room.inside():
        assert [document.is_masked for document in service.of_record(room.record(2))] == before
        assert not room.record(2).masks_new


# --- changing ----------------------------------------------------------------------------------------------

@pytest.mark.practises("D05")
def test_jean_renames_re_dates_and_re_categorises_what_he_may(room: Room, jean: Browser) -> None:
    jean.go(added(room, png(), "image/png", "scan0001", seat=2)).click("Modifier")
    jean.submit("Enregistrer", title="Carte de mutuelle 2026", dated="2026-01-05", category="DOC_ADM")
    assert jean.heading == "Carte de mutuelle 2026"
    assert jean.sees("Vos changements sont enregistrés.")
    assert jean.sees("Date du document 5 janvier 2026")
    assert jean.sees("Catégorie Pièces administratives")
    assert jean.go("/historique/?onglet=moi").sees("Modification du document « Carte de mutuelle 2026 »")
    jean.go(path_of(room, "bilan-lipidique", seat=2)).click("Modifier")
    assert jean.heading == "Ce que vous pouvez changer"
    assert jean.sees("il vient de Laboratoire Horizon, qui en répond")
    jean.submit("Épingler")
    assert jean.sees("Le document est épinglé")
    jean.click("Modifier").click("Masquer aux professionnels")
    assert jean.heading == "Masquer ce document ?"


@pytest.mark.parametrize(("field", "value", "cure"), [
    ("title", "", "Écrivez un nom, par exemple « Carte de mutuelle »."),
    ("title", "a" * 81, "Écrivez 80 signes au plus."),
    ("dated", "31/02/2026", "Cette date n’existe pas."),
    ("dated", "2999-01-01", "La date doit être passée ou d’aujourd’hui"),
    ("dated", "", "Choisissez la date écrite sur le document"),
])
def test_a_refused_change_says_the_cure_and_keeps_the_rest(
    room: Room, marie: Browser, field: str, value: str, cure: str
) -> None:
    path = added(room, png(), "image/png", "Brouillon", category="DOC_ADM")
    marie.go(f"{path}/modifier").submit("Enregistrer", **({"title": "Attestation"} | {field: value}))
    assert marie.status == 422
    assert marie.sees(cure)
    if field != "title":
        assert marie.page.find(id="title")["value"] == "Attestation"
    assert marie.go(path).heading == "Brouillon"


def test_a_date_is_typed_the_french_way(room: Room, marie: Browser) -> None:
    path = added(room, png(), "image/png", "Brouillon", dated=date(2026, 1, 5))
    assert marie.go(f"{path}/modifier").submit("Enregistrer", dated="24/12/2025").sees("24 décembre 2025")


def test_a_professionals_document_is_not_renamed_by_force(room: Room, marie: Browser) -> None:
    path = path_of(room, "bilan-lipidique")
    token = marie.go(path).page.find("input", attrs={"name": "csrf_token"})["value"]
    about = {"csrf_token": token, "title": "Tout va bien", "dated": "2026-01-01", "category": "AUTR_DOC"}
    assert marie.client.post(f"{path}/modifier", data=about).status_code == 422
    assert marie.go(path).heading == "Bilan lipidique et glycémie"


# --- deleting ----------------------------------------------------------------------------------------------

def test_marie_deletes_what_she_added_knowing_what_she_loses(room: Room, marie: Browser) -> None:
    address = added(room, png(), "image/png", "Brouillon", category="DOC_ADM", dated=date(2026, 1, 5))
    marie.go(address).click("Supprimer")
    assert marie.sees("Il disparaîtra de votre dossier pour toujours")
    assert marie.sees("Document Brouillon Date 5 janvier 2026 Catégorie Pièces administratives")
    marie.submit("Supprimer pour toujours")
    assert marie.sees("Le document « Brouillon » est supprimé.")
    assert marie.go(address).status == 404


def test_the_question_of_deleting_offers_to_mask_instead(room: Room, marie: Browser) -> None:
    marie.go(added(room, png(), "image/png", "Brouillon")).click("Supprimer").click("masquez-le")
    assert marie.heading == "Masquer ce document ?"


def test_marie_learns_that_a_professionals_document_can_only_be_masked(room: Room, marie: Browser) -> None:
    address = opened(room, marie, "bilan-lipidique").path
    token = marie.page.find("input", attrs={"name": "csrf_token"})["value"]
    marie.click("Supprimer")
    assert marie.heading == "Ce document ne peut pas être supprimé"
    assert marie.client.post(f"{address}/supprimer", data={"csrf_token": token}).status_code == 422
    assert marie.go(address).status == 200
    marie.go(f"{address}/supprimer").click("Masquer ce document")
    assert marie.heading == "Masquer ce document ?"


# --- pinning -----------------------------------------------------------------------------------------------

@pytest.mark.practises("D09")
def test_a_pinned_document_comes_first(room: Room, marie: Browser) -> None:
    opened(room, marie, "hba1c-initiale").submit("Épingler")
    titles = [text_of(row) for row in marie.go("/documents/").page.select("ul.rows > li")][:3]
    assert any("Découverte du diabète" in title and "Épinglé" in title for title in titles)
    opened(room, marie, "hba1c-initiale").submit("Ne plus épingler")
    assert not marie.go("/documents/").sees("Découverte du diabète – glycémie")


def test_a_new_document_says_so_the_first_time(room: Room, marie: Browser) -> None:
    with room.inside():
        document: Document = looked_at(room, "hba1c-initiale")
        document.opened_at, document.deposited_at = None, clock.now()
    assert tags(opened(room, marie, "hba1c-initiale")) == ["Nouveau", "Résultats de biologie"]
    opened(room, marie, "hba1c-initiale").submit("Épingler")
    assert tags(marie) == ["Épinglé", "Résultats de biologie"]


def tags(who: Browser) -> list[str]:
    return [text_of(tag) for tag in who.page.select("main > .cluster .tag")]
