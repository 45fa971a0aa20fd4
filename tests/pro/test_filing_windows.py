"""Filing a paper in a real browser: its type found with the keyboard alone, every page of a deposit sound on a phone too."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.chromium import DESK, PHONE
from tests.pro.deposits import TITLE, page_of, ref_of
from tests.pro.people import patient_path
from tests.room import Room

pytestmark = pytest.mark.browser


def test_a_type_is_found_by_a_few_letters_with_the_keyboard_alone(people: Cast, room: Room) -> None:
    lemoine = people.professional("dr-lemoine").go(f"{patient_path(room)}/deposer")
    keys = lemoine.page.keyboard
    keys.type("zzz")
    lemoine.sees("Aucun type ne porte ces mots")
    for _ in "zzz":
        keys.press("Backspace")
    keys.type("biologie genet")
    lemoine.sees("Ira dans la rubrique « Résultats de biologie »")
    keys.press("Enter")
    keys.type(TITLE)
    for key in ("Tab", "Tab", "Tab", "Tab", "Tab"):  # the three parts of the date and its calendar, then the text
        keys.press(key)
    keys.type("Caryotype normal.")
    lemoine.press("Déposer").sees("est dans le dossier de")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_of_a_deposit_is_sound(people: Cast, room: Room, size: dict[str, int]) -> None:
    lemoine, path = people.professional("dr-lemoine"), patient_path(room)
    lemoine.page.set_viewport_size(size)
    lemoine.go(f"{path}/deposer")
    lemoine.page.get_by_label("Type de document", exact=True).select_option("11488-4")
    lemoine.write("Titre", TITLE).write("Texte", "Tension 13/8").press("Déposer")
    ref = ref_of(room)
    lemoine.go(page_of(room, ref, "/remplacer")).write("Texte", "Tension 15/9").press("Déposer la version 2").sees("Version 1")
    lemoine.click("Retirer").press("Retirer du dossier").sees("Écrivez pourquoi")
    lemoine.write("Pourquoi", "Erreur").press("Retirer du dossier").sees("Motif")
    lemoine.go("/pro/depots").sees("Retiré")
    people.professional("labo-horizon").go(path).sees("Vos dépôts pour ce patient")
    marie = people.learner(1, phone=size is PHONE)
    marie.go(f"/documents/{ref}").sees("Ce document a été retiré")
