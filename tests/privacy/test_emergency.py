"""In an emergency: three choices, and what they do to the SAMU, to the glass, to what is masked."""

from __future__ import annotations

import pytest

from tests.browser import Browser, text_of
from tests.privacy.people import card, mask, ref_of, seen_by, state
from tests.pro.people import done, patient_path
from tests.room import Room

REASON = "Patiente inconsciente, traitement à connaître"


def chooses(marie: Browser, **choices: str) -> Browser:
    """Tick what is named, untick the rest."""
    marie.go("/confidentialite/urgence")
    for box in marie.page.select("main input[type=checkbox]"):
        box.attrs.pop("checked", None)
    return marie.submit("Enregistrer mes choix", **choices)


def breaks(professional: Browser, room: Room, reason: str = REASON) -> Browser:
    return professional.go(patient_path(room)).click("Urgence : ouvrir sans accord").submit("Ouvrir le dossier en urgence", reason=reason)


def lines(marie: Browser) -> list[str]:
    """What the emergency page says of each kind of person."""
    return [text_of(row) for row in marie.page.select("main tbody tr")]


@pytest.mark.practises("I04")
def test_three_switches_and_their_effect_on_samu_glass_and_masked_documents(room: Room, marie: Browser) -> None:
    title, path = mask(room), patient_path(room)
    marie.go("/confidentialite/").click("En cas d’urgence")
    assert [box.has_attr("checked") for box in marie.page.select("main input[type=checkbox]")] == [True, True, False]
    assert marie.sees("En urgence, personne ne")
    seen = seen_by(room, "dr-faure")
    assert f"Oui {seen} documents sur" in lines(marie)[0]
    samu, perrin = room.professional("dr-faure"), room.professional("dr-perrin")
    assert samu.go(path).sees("Accès en urgence du SAMU")
    assert not samu.sees(title)
    assert breaks(perrin, room).sees("Accès en urgence jusqu’au")
    assert not perrin.sees(title)
    assert chooses(marie, samu="y", glass="y", masked="y").sees("documents masqués compris")
    assert [seen_by(room, who) > seen for who in ("dr-faure", "dr-perrin")] == [True, True]
    assert f"Oui {seen_by(room, 'dr-faure')} documents" in lines(marie)[0]
    assert samu.go(path).sees("Masqué : vous le voyez parce que c’est une urgence")
    assert perrin.go(path).sees(title)
    assert chooses(marie, glass="y").sees("votre dossier s’ouvrira pour les autres professionnels, documents masqués exclus")
    assert samu.go(path).sees("Ce patient a dit non à l’accès du SAMU")
    assert perrin.go(path).sees("Accès en urgence jusqu’au")
    assert chooses(marie, samu="y").sees("votre dossier s’ouvrira pour le SAMU, documents masqués exclus")
    assert perrin.go(path).sees("Ce patient a refusé le bris de glace")
    assert samu.go(path).sees("Accès en urgence du SAMU")


def test_what_is_saved_is_said_traced_and_once(room: Room, marie: Browser) -> None:
    assert chooses(marie).sees("En urgence, personne n’ouvrira votre dossier sans votre accord.")
    assert all("Rien. Vous avez dit non" in line for line in lines(marie))
    chooses(marie)
    with room.inside():
        assert done("EmergencyChosen") == 1
    assert marie.go("/confidentialite/").sees("SAMU : non. Autres professionnels : non. Documents masqués : non.")
    marie.go("/historique/?onglet=moi")
    assert marie.sees("Choix pour les urgences : SAMU non, autres professionnels non, documents masqués non")


def test_a_block_is_stronger_than_an_emergency(room: Room, marie: Browser) -> None:
    perrin, samu = breaks(room.professional("dr-perrin"), room), room.professional("dr-faure")
    for who in ("dr-perrin", "dr-faure"):
        card(room, marie, who).click("Bloquer ce professionnel").submit("Bloquer")
    assert perrin.go(patient_path(room)).sees("Ce patient vous a bloqué")
    assert samu.go(patient_path(room)).sees("Ce patient vous a bloqué")
    assert perrin.go(f"{patient_path(room)}/urgence").sees("Ce patient vous a bloqué")
    marie.go("/confidentialite/urgence")
    assert marie.sees("Dr Antoine Perrin, Dr Lucie Faure : rien, même en urgence")


def test_the_samu_leaves_no_standing_and_is_no_longer_an_emergency_once_agreed(room: Room) -> None:
    samu = room.professional("dr-faure").go(patient_path(room))
    assert state(room, "dr-faure") == ""
    assert samu.submit("Le patient est maintenant informé et d’accord").sees("Le patient est averti que vous avez consulté")
    assert state(room, "dr-faure") == "authorised"
    assert not samu.sees("Accès en urgence")


def test_an_emergency_in_progress_is_said_to_the_patient(room: Room, marie: Browser) -> None:
    breaks(room.professional("dr-perrin"), room)
    marie.go("/confidentialite/professionnels")
    assert marie.sees("Accès en urgence en cours")
    marie.click("Voir cet accès")
    assert marie.path.endswith(ref_of(room, "dr-perrin"))
    assert marie.sees(f"Motif écrit : {REASON}")
