"""Who reads a document, why, and what one finds through a professional's eyes."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.db import db
from sandbox.documents import eyes, readers, service
from sandbox.documents.models import Document
from sandbox.journal.models import Entry
from sandbox.privacy import service as privacy
from tests.asking import asked
from tests.browser import Browser, text_of
from tests.documents.papers import looked_at, opened, path_of
from tests.family.test_profiles import child
from tests.room import Room

ALWAYS = "Vous , toujours."


def panel(who: Browser) -> tuple[set[str], set[str]]:
    """The names of those who see the document now, and of those who do not."""
    card = who.page.find(id="lecteurs")
    heading = next((h for h in card.find_all("h3") if "Ne le voient pas" in text_of(h)), None)
    lines = [(text_of(line.strong), line) for line in card.find_all("li")]
    others = {name for name, line in lines if heading is not None and line.find_previous("h3") is heading}
    return {name for name, _ in lines} - others, others


def a_mixed_record(room: Room) -> list[str]:
    """Somebody of each kind before the record, and a dozen documents of all sorts; their refs."""
    with room.inside():
        record = room.record(1)
        privacy.name_administrator(record.owner, record, room.user("dr-haddad"))
        privacy.block(record.owner, record, room.user("inf-morvan"))
        privacy.break_glass(room.user("pharm-nguyen"), record, "Malaise au comptoir de la pharmacie")
        found = [document for document in service.of_record(record) if not document.is_hidden]
        for document in found[::3]:
            service.mask(record.owner, document)
        return [document.ref for document in found[:9]] + [
            looked_at(room, slug).ref for slug in ("bilan-lipidique", "lettre-psychologue", "journal-genou", "carte-mutuelle")
        ]


def test_the_panel_and_the_professionals_portal_say_the_same(room: Room, marie: Browser) -> None:
    refs = a_mixed_record(room)
    with room.inside():
        record, cast = room.record(1).ref, [(user.slug, user.name) for user in readers.professionals()]
    told = {ref: panel(marie.go(f"/documents/{ref}")) for ref in refs}
    both = set()
    for slug, name in cast:
        who = room.professional(slug)
        for ref in refs:
            status = who.client.get(f"/pro/patients/{record}/documents/{ref}").status_code
            assert status == (200 if name in told[ref][0] else 404), (slug, ref)
            assert (name in told[ref][0]) != (name in told[ref][1])
            both.add((slug, status))
    assert {("dr-haddad", 200), ("inf-morvan", 404), ("pharm-nguyen", 200), ("pharm-nguyen", 404)} <= both


def test_the_panel_sums_up_before_it_lists(room: Room, marie: Browser) -> None:
    opened(room, marie, "compte-rendu-sommeil")
    card = marie.page.find(id="lecteurs")
    seeing, others = panel(marie)
    assert text_of(card.find("strong")).startswith(f"{len(seeing)} professionnels peuvent lire ce document")
    assert not card.details.has_attr("open")
    assert {"Dr Claire Lemoine", "Dr Karim Haddad"} <= seeing
    assert "Paul Nguyen" in others
    assert "Celui qui dépose un document le voit toujours" in text_of(card)
    assert "Il doit vous demander votre accord" in text_of(card)


def test_the_panel_asks_little_of_the_store(room: Room) -> None:
    with room.inside():
        ref = looked_at(room, "compte-rendu-sommeil").ref
    with room.inside():
        document = service.find(ref)
        assert document is not None
        with asked(room.app) as statements:
            found = readers.of(document)
        assert found.seeing
        assert found.others
        assert len(statements) <= 3, statements


@pytest.mark.parametrize(("samu", "glass", "masked", "words"), [
    (True, True, False, "En urgence, le SAMU pourrait le lire, et tout médecin qui écrit pourquoi il en a besoin."),
    (True, False, False, "En urgence, le SAMU pourrait le lire, mais aucun autre médecin sans votre accord."),
    (False, True, False, "En urgence, un médecin qui écrit pourquoi il en a besoin pourrait le lire, mais pas le SAMU."),
    (False, False, False, "En urgence non plus, personne d’autre ne pourrait le lire : ce sont vos choix."),
    (True, True, True, "En urgence non plus, personne d’autre ne pourrait le lire : vos choix gardent cachés les documents masqués."),
])
def test_the_panel_tells_what_an_emergency_changes(
    room: Room, marie: Browser, samu: bool, glass: bool, masked: bool, words: str
) -> None:
    with room.inside():
        record = room.record(1)
        privacy.choose_emergency(record.owner, record, samu=samu, glass=glass, masked=False)
        if masked:
            service.mask(record.owner, looked_at(room, "bilan-lipidique"))
    assert opened(room, marie, "bilan-lipidique").sees(words)
    with room.inside():
        record = room.record(1)
        privacy.choose_emergency(record.owner, record, samu=samu, glass=glass, masked=True)
    assert opened(room, marie, "bilan-lipidique").sees(words) is not masked


def test_whoever_has_no_consent_finds_the_record_closed(room: Room, marie: Browser) -> None:
    opened(room, marie, "bilan-lipidique").click("Voir comme…").click("Dr Antoine Perrin")
    assert marie.heading == "Ce que voit Dr Antoine Perrin"
    assert marie.sees("Dr Antoine Perrin n’ouvre pas votre dossier : n’a pas votre accord.")
    assert marie.sees("Aucun de vos documents n’est à sa portée.")
    assert not marie.page.select("ul.rows > li")


def test_a_laboratory_sees_what_it_deposited_and_no_more(room: Room, marie: Browser) -> None:
    opened(room, marie, "bilan-lipidique").click("Voir comme…").click("Laboratoire Horizon")
    assert marie.sees("Laboratoire Horizon n’ouvre pas votre dossier : dépose sans lire.")
    assert marie.sees("Le document « Bilan lipidique et glycémie » est dans cette liste : l’a déposé.")
    rows = marie.page.select("ul.rows > li")
    assert rows
    assert all("Laboratoire Horizon" in text_of(row) for row in rows)


def test_a_blocked_professional_sees_nothing_even_of_their_own(room: Room, marie: Browser) -> None:
    with room.inside():
        privacy.block(room.record(1).owner, room.record(1), room.user("dr-lemoine"))
    opened(room, marie, "compte-rendu-sommeil").click("Voir comme…").click("Dr Claire Lemoine")
    assert marie.sees("n’est pas dans cette liste : bloqué.")
    assert not marie.page.select("ul.rows > li")


def test_the_list_is_the_one_the_portal_shows(room: Room, marie: Browser) -> None:
    haddad = room.professional("dr-haddad")
    with room.inside():
        record, ref = room.record(1).ref, room.user("dr-haddad").ref
        kept_back = {document.title for document in service.of_record(room.record(1)) if document.is_hidden}
    found = {text_of(row.a) for row in marie.go(f"/documents/comme/{ref}").page.select("ul.rows > li")}
    haddad.go(f"/pro/patients/{record}")
    theirs = {text_of(a) for a in haddad.page.select("main a[href*='/documents/']")}
    assert found == theirs - kept_back
    assert found


def test_a_long_list_is_cut_in_pages_that_remember_the_document(
    room: Room, marie: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eyes, "PAGE", 5)
    opened(room, marie, "bilan-lipidique").click("Voir comme…").click("Dr Karim Haddad")
    assert len(marie.page.select("ul.rows > li")) == 5
    marie.click("Page suivante")
    assert marie.sees("Page 2 sur")
    assert marie.sees("Le document « Bilan lipidique et glycémie » est dans cette liste")


def test_looking_through_other_eyes_leaves_no_trace(room: Room, marie: Browser) -> None:
    path = path_of(room, "bilan-lipidique")
    with room.inside():
        haddad = room.user("dr-haddad").ref
        before = db.session.scalar(sa.select(sa.func.count(Entry.id)))
    marie.go(f"/documents/comme?depuis={path[-8:]}").go(f"/documents/comme/{haddad}?depuis={path[-8:]}")
    assert marie.sees("Aide de l’exercice : le vrai portail ne montre pas cela.")
    assert marie.page.find(class_="aid") is not None
    assert marie.click("Le document").path == path
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Entry.id))) == before + 1  # Marie’s own reading


def test_other_eyes_tell_nothing_of_other_peoples_documents(room: Room, marie: Browser) -> None:
    with room.inside():
        neighbours, haddad = looked_at(room, "bilan-lipidique", seat=2), room.user("dr-haddad").ref
        neighbours.title = "Titre de Jean"
        ref = neighbours.ref
    for path in (f"/documents/comme?depuis={ref}", f"/documents/comme/{haddad}?depuis={ref}"):
        assert marie.go(path).status == 200
        assert not marie.sees("Titre de Jean")
    assert marie.go("/documents/comme/zzzzzzzz").status == 404


def test_other_eyes_look_at_the_profile_that_is_open_and_at_no_other(room: Room, marie: Browser) -> None:
    with room.inside():
        theirs = child(room, 1)
        ref = service.deposit_text(theirs.owner, theirs, title="Carnet de l’enfant", category="AUTR_DOC", text="Rien.").ref
        haddad = room.user("dr-haddad").ref
    assert marie.go(f"/documents/comme/{haddad}?depuis={ref}").status == 200
    assert not marie.sees("Carnet de l’enfant")


def test_a_document_kept_back_does_not_exist_for_its_patient(room: Room, marie: Browser) -> None:
    with room.inside():
        document = looked_at(room, "bilan-lipidique")
        document.title, document.hidden_until = "Résultat à annoncer", clock.now().replace(year=clock.now().year + 1)
        ref, lemoine = document.ref, room.user("dr-lemoine").ref
    key = token_of(room, marie)
    for where in ("", "/fichier", "/page/1", "/confidentialite", "/supprimer", "/modifier"):
        assert marie.go(f"/documents/{ref}{where}").status == 404, where
    for action in ("telecharger", "masquer", "rendre-visible", "epingler", "supprimer", "modifier"):
        answer = marie.client.post(f"/documents/{ref}/{action}", data={"csrf_token": key})
        assert answer.status_code == 404, action
    for path in (f"/documents/comme/{lemoine}", f"/documents/comme/{lemoine}?depuis={ref}", "/documents/", "/documents/tout-masquer"):
        assert not marie.go(path).sees("Résultat à annoncer"), path
    with room.inside():
        assert db.session.scalars(sa.select(Document.pinned).where(Document.ref == ref)).one() is False


def token_of(room: Room, who: Browser) -> str:
    return str(opened(room, who, "journal-genou").page.find("input", attrs={"name": "csrf_token"})["value"])
