"""Replacing, withdrawing, putting back: each refusal with its cure, each side's page, no trace that says too much."""

from __future__ import annotations

import io
from typing import Any

import pytest
import sqlalchemy as sa

from sandbox.db import db
from sandbox.documents import rendering, versions
from sandbox.journal.models import Entry
from sandbox.privacy import service as privacy
from tests.browser import Browser
from tests.documents.samples import pdf, png
from tests.pro.deposits import (
    LETTER,
    TITLE,
    deposit,
    deposited,
    page_of,
    put_back,
    ref_of,
    replace,
    states,
    withdraw,
)
from tests.pro.people import done, notified, patient_path, told
from tests.room import Room


@pytest.fixture
def letter(room: Room, lemoine: Browser) -> str:
    """The ref of a letter that Dr Lemoine has deposited."""
    deposit(lemoine, room, **LETTER)
    return ref_of(room)


@pytest.fixture
def radio(room: Room, lemoine: Browser) -> str:
    """The ref of a picture that Dr Lemoine has deposited."""
    deposit(lemoine, room, title="Radio", kind="18748-4", file=(io.BytesIO(png()), "radio.png"))
    return ref_of(room, "Radio")


def test_the_form_holds_the_present_version(room: Room, lemoine: Browser, letter: str) -> None:
    page = lemoine.go(page_of(room, letter, "/remplacer")).page
    assert page.find(id="title")["value"] == TITLE  # type: ignore[index]
    assert page.find(id="text").get_text().strip() == LETTER["text"]  # type: ignore[union-attr]
    assert page.select_one("select#kind option[selected]")["value"] == "11488-4"  # type: ignore[index]


def test_a_file_takes_the_place_of_a_text(room: Room, lemoine: Browser, letter: str) -> None:
    replace(lemoine, room, letter, file=(io.BytesIO(pdf()), "lettre.pdf"))
    with room.inside():
        assert deposited(TITLE).media_type == rendering.PDF


def test_without_a_new_file_the_title_alone_is_corrected(room: Room, lemoine: Browser, radio: str) -> None:
    replace(lemoine, room, radio, title="Radio du genou", kind="11488-4")
    with room.inside():
        document = deposited("Radio du genou")
        assert (document.version, document.media_type, document.category) == (2, "image/png", "CPT_REND")
        assert [former.title for former in versions.former(document)] == ["Radio"]


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({}, "Rien n’a changé"),
        ({"text": ""}, "l’un des deux, pas les deux"),
        ({"text": "Autre", "file": (io.BytesIO(b"Bonjour"), "a.txt")}, "l’un des deux, pas les deux"),
        ({"file": (io.BytesIO(b"<html>"), "a.png")}, "page web"),
        ({"title": ""}, "Donnez un titre"),
        ({"dated": "2999-01-01"}, "aujourd’hui ou dans le passé"),
        ({"text": "Appelez dupont@orange.fr"}, "vraie"),
    ],
)
def test_a_refused_version_says_why_and_keeps_what_was_typed(
    room: Room, lemoine: Browser, letter: str, fields: dict[str, Any], answer: str
) -> None:
    replace(lemoine, room, letter, **fields)
    assert lemoine.status == 422
    assert lemoine.sees(answer)
    assert lemoine.page.find(id="text").get_text().strip() == fields.get("text", LETTER["text"])  # type: ignore[union-attr]
    with room.inside():
        assert deposited(TITLE).version == 1


def test_two_windows_do_not_replace_each_other_unseen(room: Room, lemoine: Browser, letter: str) -> None:
    page = lemoine.go(page_of(room, letter, "/remplacer")).page
    path = lemoine.path
    lemoine.submit("Déposer la version 2", text="De la première fenêtre.")
    lemoine.page, lemoine.path = page, path
    lemoine.submit("Déposer la version 2", text="De la seconde.")
    assert lemoine.sees("La version 2 a été déposée pendant que vous écriviez")
    assert lemoine.sees("De la seconde.")
    lemoine.submit("Déposer la version 3")
    with room.inside():
        assert deposited(TITLE).version == 3


def test_what_was_withdrawn_in_another_window_is_said(room: Room, lemoine: Browser, letter: str) -> None:
    page = lemoine.go(page_of(room, letter, "/remplacer")).page
    path = lemoine.path
    withdraw(lemoine, room, letter)
    lemoine.page, lemoine.path = page, path
    assert lemoine.submit("Déposer la version 2", text="Trop tard.").sees("il a été retiré")
    assert lemoine.go(page_of(room, letter, "/retirer")).sees("il a été retiré")
    page = lemoine.page
    lemoine.submit("Remettre dans le dossier")
    lemoine.page = page
    assert lemoine.submit("Remettre dans le dossier").sees("déjà dans le dossier")


def test_a_withdrawal_needs_its_reason(room: Room, lemoine: Browser, letter: str) -> None:
    assert withdraw(lemoine, room, letter, "").sees("Écrivez pourquoi, par exemple")
    assert lemoine.status == 422
    assert withdraw(lemoine, room, letter, "x" * 201).sees("200 signes au plus")
    with room.inside():
        assert not deposited(TITLE).is_withdrawn


def test_the_copy_of_a_prescription_leads_to_the_prescription(room: Room, lemoine: Browser) -> None:
    with room.inside():
        ref = told("genou-et-tension").document.ref
    lemoine.go(page_of(room, ref))
    assert lemoine.sees("elle ne se remplace pas et ne se retire pas")
    assert "Remplacer" not in lemoine.links()
    assert lemoine.click("Voir l’ordonnance, pour l’annuler").path.startswith("/pro/ordonnances/")
    for part in ("/remplacer", "/retirer"):
        assert lemoine.go(page_of(room, ref, part)).sees("Le prescripteur annule l’ordonnance")


def test_nobody_else_touches_it_or_reads_its_former_versions(room: Room, lemoine: Browser, marie: Browser, jean: Browser, letter: str) -> None:
    replace(lemoine, room, letter, text="Corrigé.")
    with room.inside():
        [former] = versions.former(deposited(TITLE))
    haddad = room.professional("dr-haddad")
    for part in ("/remplacer", "/retirer"):
        assert haddad.go(page_of(room, letter, part)).status == 404
    assert haddad.go(page_of(room, letter)).sees("Corrigé.")
    assert not haddad.sees("Versions")
    assert haddad.go(page_of(room, former.ref)).status == haddad.go(page_of(room, former.ref, "/fichier")).status == 404
    assert jean.go(f"/documents/{former.ref}").status == 404
    assert lemoine.go(page_of(room, former.ref)).sees("Vous lisez la version 1")
    assert marie.go(f"/documents/{former.ref}").status == 200


def test_looking_at_versions_is_one_look_at_the_document_and_none_once_withdrawn(room: Room, lemoine: Browser, letter: str) -> None:
    replace(lemoine, room, letter, text="Corrigé.")
    lemoine.click("Version 1")
    with room.inside():
        assert done("DocumentConsulted") == 1
        assert {line.subject_ref for line in db.session.scalars(sa.select(Entry).where(Entry.act == "DocumentConsulted", ~Entry.from_pack))} == {letter}
    deposit(lemoine, room, **LETTER | {"title": "Erreur"})
    withdraw(lemoine, room, ref_of(room, "Erreur"))
    assert lemoine.sees("Motif : Déposé par erreur")
    with room.inside():
        assert done("DocumentConsulted") == 1


def test_whoever_is_blocked_still_withdraws_what_they_deposited(room: Room, lemoine: Browser, letter: str) -> None:
    with room.inside():
        record = room.record(1)
        privacy.block(record.owner, record, room.user("dr-lemoine"))
    lemoine.go(patient_path(room))
    assert lemoine.page.find("a", string=TITLE) is None
    lemoine.click(f"Retirer « {TITLE} »").submit("Retirer du dossier", reason="Erreur")
    assert states(lemoine)[0] == (TITLE, "Retiré")
    lemoine.submit("Remettre")
    assert states(lemoine)[0] == (TITLE, "Déposé")


def test_put_back_is_told_and_new(room: Room, lemoine: Browser, letter: str) -> None:
    with room.inside():
        before = notified("AJOUT_DOC")
    withdraw(lemoine, room, letter)
    put_back(lemoine, room, letter)
    with room.inside():
        assert deposited(TITLE).is_new
        assert (notified("SUPP_DOC"), notified("AJOUT_DOC")) == (1, before + 1)


def test_my_deposits_are_listed_with_their_state_and_for_whom(room: Room, lemoine: Browser, letter: str) -> None:
    deposit(lemoine, room, seat=2, **LETTER | {"title": "Pour Jean", "kept_back": "y"})
    replace(lemoine, room, letter, text="Corrigé.")
    lemoine.go("/pro/").click("Mes dépôts")
    assert states(lemoine)[:3] == [(f"{TITLE} version 2", "Déposé"), ("Pour Jean", "À annoncer"), (f"{TITLE} version 1", "Remplacé")]
    with room.inside():
        assert lemoine.sees(room.record(2).first_name)
    assert lemoine.sees("Compte rendu ou fiche de consultation")


def test_whoever_deposited_nothing_is_told_where_to_begin(room: Room) -> None:
    vidal = room.professional("pharm-vidal").go("/pro/depots")
    assert vidal.sees("Aucun dépôt")
    assert vidal.click("Chercher un patient").heading == "Patients"
