"""Professionals allowed and blocked, also in advance; administrators."""

from __future__ import annotations

import pytest

from tests.browser import Browser, text_of
from tests.privacy.people import card, mask, names, seen_by, state
from tests.pro.people import document, done, patient_path
from tests.room import Room

TEAM = ["Dr Claire Lemoine", "Dr Karim Haddad", "Hélène Garnier", "Sophie Morvan"]


@pytest.mark.practises("I01")
def test_allowed_blocked_in_advance_unblocked_and_still_depositing(room: Room, marie: Browser) -> None:
    marie.go("/documents/").click("Qui peut voir mon dossier")
    assert marie.sees("4 autorisés, 0 bloqué")
    assert names(marie.click("Mes professionnels")) == TEAM
    perrin = room.professional("dr-perrin").go(patient_path(room))
    assert perrin.sees("Ce dossier n’est pas ouvert")
    marie.click("Bloquer quelqu’un à l’avance").submit("Chercher", mots="MEDECINE urgence")
    marie.click("Dr Antoine Perrin").click("Bloquer ce professionnel")
    assert marie.sees("Ouvrir votre dossier en urgence")
    assert marie.sees("Déposer un document dans votre dossier")
    assert marie.submit("Bloquer").sees("ne peut plus rien lire dans votre dossier, même en urgence")
    assert marie.sees("Aujourd’hui, ce professionnel peut lire 0 document")
    assert perrin.go(patient_path(room)).sees("Ce patient vous a bloqué")
    deposits(perrin)
    assert marie.go("/documents/").sees("Avis des urgences")
    assert names(marie.go("/confidentialite/professionnels?onglet=bloques")) == ["Dr Antoine Perrin"]
    marie.click("Dr Antoine Perrin").click("Débloquer ce professionnel")
    assert marie.submit("Débloquer").sees("devra vous demander votre accord")
    assert perrin.go(patient_path(room)).sees("Ce dossier n’est pas ouvert")
    assert names(marie.go("/confidentialite/professionnels")) == TEAM


def deposits(professional: Browser) -> None:
    professional.click("Déposer un document").submit(
        "Déposer", title="Avis des urgences", kind="15507-7", text="Entorse simple de la cheville."
    )
    assert professional.sees("« Avis des urgences » est dans le dossier")


def test_whoever_is_blocked_reads_nothing_any_more_then_asks_again(room: Room, marie: Browser, lemoine: Browser) -> None:
    with room.inside():
        own = f"/pro/patients/{room.record(1).ref}/documents/{document('compte-rendu-sommeil').ref}"
    assert lemoine.go(own).status == 200
    card(room, marie, "dr-lemoine").click("Bloquer ce professionnel").submit("Bloquer")
    assert lemoine.go(own).status == 404
    assert lemoine.go(patient_path(room)).sees("Vous pouvez déposer un document")
    assert marie.go("/confidentialite/").sees("3 autorisés, 1 bloqué")
    marie.go(marie.path + "professionnels?onglet=bloques").click("Dr Claire Lemoine").click("Débloquer").submit("Débloquer")
    assert state(room, "dr-lemoine") == "neither"
    lemoine.go(patient_path(room)).submit("Le patient est informé et d’accord")
    assert lemoine.heading.endswith(room_name(room))
    assert state(room, "dr-lemoine") == "authorised"


def room_name(room: Room) -> str:
    with room.inside():
        return room.record(1).name


@pytest.mark.practises("I03")
def test_an_administrator_is_named_sees_what_is_masked_and_is_removed(room: Room, marie: Browser, garnier: Browser) -> None:
    title = mask(room)
    assert not garnier.go(patient_path(room)).sees(title)
    card(room, marie, "pharm-garnier").click("Nommer administrateur")
    assert marie.sees("Voir aussi vos documents masqués")
    assert marie.submit("Nommer administrateur").sees("a le statut d’administrateur")
    assert "Administrateur" in text_of(marie.go("/confidentialite/professionnels").page.find("main"))
    assert garnier.go(patient_path(room)).sees("Masqué : vous le voyez comme administrateur")
    card(room, marie, "pharm-garnier").click("Retirer le statut").submit("Retirer le statut")
    assert marie.sees("ne voit plus vos documents masqués")
    assert not garnier.go(patient_path(room)).sees(title)
    lines = text_of(marie.go("/historique/?onglet=moi").page)
    assert "Attribution du statut d’administrateur à Hélène Garnier" in lines
    assert "Retrait du statut d’administrateur à Hélène Garnier" in lines


def test_an_administrator_blocks_another_and_the_patient_reads_who_did(room: Room, marie: Browser, lemoine: Browser) -> None:
    path = patient_path(room)
    assert not lemoine.go(path).sees("Bloquer un autre professionnel")
    card(room, marie, "dr-lemoine").click("Nommer administrateur").submit("Nommer administrateur")
    lemoine.go(path).click("Bloquer un autre professionnel").submit("Chercher", q="haddad")
    assert lemoine.submit("Oui, bloquer Dr Karim Haddad").sees("Le patient en voit la trace")
    assert state(room, "dr-haddad") == "blocked"
    marie.go("/historique/?onglet=professionnels")
    assert marie.sees("Dr Claire Lemoine, administrateur de votre dossier, a bloqué Dr Karim Haddad")
    lemoine.go(f"{path}/bloquer?q=haddad")
    assert lemoine.sees("Personne à bloquer")


def test_only_an_administrator_blocks_and_never_themself(room: Room, garnier: Browser, lemoine: Browser, marie: Browser) -> None:
    assert garnier.go(f"{patient_path(room)}/bloquer").status == 404
    card(room, marie, "dr-lemoine").click("Nommer administrateur").submit("Nommer administrateur")
    assert names(lemoine.go(f"{patient_path(room)}/bloquer?q=claire")) == []
    assert names(lemoine.go(f"{patient_path(room)}/bloquer?q=horizon")) == []


def test_who_is_not_authorised_does_not_become_administrator(room: Room, marie: Browser) -> None:
    card(room, marie, "dr-perrin")
    assert "Nommer administrateur" not in marie.links()
    assert marie.go(f"{marie.path}/administrateur").sees("Ce professionnel n’est pas autorisé")


def test_the_card_says_how_much_is_read_who_they_are_and_what_they_did(room: Room, marie: Browser) -> None:
    total = seen_by(room, "dr-lemoine")
    assert card(room, marie, "dr-lemoine").sees(f"peut lire {total} documents sur {total}")
    assert card(room, marie, "pharm-garnier").sees(f"peut lire {seen_by(room, 'pharm-garnier')} documents sur {total}")
    assert marie.click("Coordonnées").sees("1 place de la Gare")
    with room.inside():
        booklet = document("carnet-vaccinal").title
    card(room, marie, "pharm-garnier")
    assert booklet in names(marie.go(f"{marie.path}?onglet=documents"))
    assert card(room, marie, "pharm-garnier").go(f"{marie.path}?onglet=historique").sees("Hélène Garnier a consulté votre dossier")
    assert card(room, marie, "labo-horizon").sees("dépose ses documents dans votre dossier, sans voir")
    assert "Bloquer ce professionnel" not in marie.links()


def test_a_directory_search_ignores_accents_and_says_when_nobody_fits(room: Room, marie: Browser) -> None:
    marie.go("/confidentialite/annuaire").submit("Chercher", mots="helene gare")
    assert names(marie) == ["Hélène Garnier"]
    assert marie.submit("Chercher", mots="zzz").sees("Personne ne correspond à « zzz »")


def test_blocking_twice_is_one_act_and_nobodys_card_is_nowhere(room: Room, marie: Browser) -> None:
    card(room, marie, "dr-perrin").click("Bloquer ce professionnel")
    form = marie.page
    marie.submit("Bloquer")
    marie.page, marie.path = form, f"{marie.path}/bloquer"
    assert marie.submit("Bloquer").status == 200
    with room.inside():
        assert done("ProfessionalBlocked") == 1
    assert marie.go("/confidentialite/professionnels/zzzzzzzz").status == 404
