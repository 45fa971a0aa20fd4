"""The pages of the record in a real browser: axe, the console and the width of a phone."""

from __future__ import annotations

import pytest

from sandbox.documents import service
from tests.cast import Cast
from tests.room import Room

PAGES = (
    "/", "/documents/", "/documents/?mots=tension", "/documents/categories", "/documents/ajouter", "/documents/comme", "/documents/tout-masquer", "/notifications/",
    "/notifications/?gerer=1", "/historique/", "/telephone/",
)


@pytest.mark.browser
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_every_page_suits_everybody(room: Room, people: Cast, phone: bool) -> None:
    marie = people.learner(1, phone=phone)
    with room.inside():
        ref = next(document.ref for document in service.of_record(room.record(1)) if document.slug == "hba1c-recente")
    for path in (*PAGES, f"/documents/{ref}", f"/documents/{ref}/confidentialite", f"/documents/{ref}/supprimer", f"/documents/{ref}/modifier"):
        marie.go(path)


@pytest.mark.browser
@pytest.mark.practises("D03")
def test_the_download_question_unfolds_and_the_file_comes(room: Room, people: Cast) -> None:
    page = people.learner(1).go("/documents/?mots=lipidique").click("Bilan lipidique").page
    page.get_by_text("Télécharger", exact=True).click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Oui, télécharger").click()
    assert coming.value.suggested_filename == "Bilan lipidique et glycémie.pdf"
