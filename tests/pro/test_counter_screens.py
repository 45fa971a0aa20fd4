"""Everything that is refused at the counter has a screen of its own, and what was typed is still there."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageFilter

from sandbox import numbers
from sandbox.prescriptions import code, problems, service
from sandbox.prescriptions.models import Kind
from sandbox.prescriptions.service import NewLine
from tests.browser import Browser, text_of
from tests.prescriptions.papers import CORNER, HEIGHT, WIDTH, sheet
from tests.prescriptions.test_code import photo
from tests.pro.people import number_of
from tests.pro.test_counter import scan
from tests.room import Room, open_room

NUMBER = numbers.prescription_number(bytes(range(13)))
SAID = f"SANDBOX:{NUMBER}.ABCDEFGHIJ"
OTHER = f"SANDBOX:{numbers.prescription_number(bytes(range(30, 43)))}.ABCDEFGHIJ"
TYPED = {
    "mistyped-sign": "TEST 7K3M ABC0 2345 6J", "mistyped-length": "TEST 7K3M ABCD 2345", "mistyped-check": "TEST 7K3M ABCD 2345 6J",
    "text": "Bonjour à tous", "not-training": "01S2TBPZ2JCNZZYGHZ", "unknown": numbers.grouped(NUMBER), "forged": SAID,
    "website": "https://sante.example/ordonnance", "wifi": "WIFI:S:Box;T:WPA;P:secret;;", "contact": "MECARD:N:Martin;TEL:0612345678;;",
    "box": "010340093000001517271231", "identity": "SANDBOX:INS=1;NOM=MARTIN", "seat-card": "http://localhost/carte/AbCd-1234_xyz",
    "workshop": "http://localhost/atelier/K7MP42", "second-device": "http://localhost/telephone/prendre/WzEsMl0.abc",
}
SHOTS = {
    "paper": sheet(), "blurred": sheet(SAID).filter(ImageFilter.GaussianBlur(7)), "dark": sheet().point(lambda grey: grey * 0.1),
    "cropped": sheet(SAID).crop((CORNER[0] + 60, 700, WIDTH, HEIGHT)), "several": sheet(SAID, OTHER),
}


def shot_of(picture: Image.Image) -> dict[str, Any]:
    return {"photo": (io.BytesIO(photo(picture)), "photo.jpg")}


def meets(browser: Browser, slug: str) -> None:
    """The screen of this problem, whole."""
    problem = problems.every()[slug]
    assert (browser.status, browser.heading) == (422, " ".join(problem.title.split())), slug
    picture = browser.page.select_one(".problem img")
    assert picture is not None
    assert picture["alt"] == problem.alt
    assert browser.client.get(str(picture["src"])).status_code == 200
    said = text_of(browser.page.select_one(".problem"))
    assert all(" ".join(words.split()) in said for words in (problem.what, problem.say)), slug
    assert len(browser.page.select(".problem li")) == len(problem.todo)


@pytest.mark.parametrize("slug", TYPED)
def test_what_is_typed_or_read_by_the_camera_has_its_screen(room: Room, garnier: Browser, slug: str) -> None:
    meets(scan(garnier, number=TYPED[slug]), slug)
    assert garnier.page.find("form", attrs={"aria-label": "Lire une ordonnance"})


@pytest.mark.parametrize("slug", SHOTS)
def test_what_is_photographed_has_its_screen(room: Room, garnier: Browser, slug: str) -> None:
    meets(scan(garnier, **shot_of(SHOTS[slug])), slug)


def test_what_is_not_a_photo_has_its_screen(room: Room, garnier: Browser) -> None:
    meets(scan(garnier, photo=(io.BytesIO(b"%PDF-1.7 and so on"), "ordonnance.pdf")), "not-a-photo")


def test_a_prescription_of_another_workshop_has_its_screen(room: Room, garnier: Browser) -> None:
    other = open_room(room.app, seats=1, seed="elsewhere")
    with room.inside():
        said = code.payload(NUMBER, other.workshop_id)
    meets(scan(garnier, number=said), "elsewhere")


@pytest.mark.parametrize("slug", ["mistyped-sign", "mistyped-length", "mistyped-check", "text", "unknown"])
def test_what_was_typed_stays_to_be_corrected(room: Room, garnier: Browser, slug: str) -> None:
    scan(garnier, number=TYPED[slug])
    assert garnier.page.find(id="number")["value"] == TYPED[slug]
    assert garnier.page.find(id="number-error")
    garnier.submit("Ouvrir l’ordonnance", number=number_of(room, "traitement-de-fond").lower())
    assert garnier.heading.startswith("Ordonnance de")


@pytest.mark.parametrize("slug", ["not-training", "wifi", "contact", "forged", "identity", "seat-card"])
def test_what_must_not_be_kept_is_not_shown_again(room: Room, garnier: Browser, slug: str) -> None:
    scan(garnier, number=TYPED[slug])
    assert garnier.response is not None
    assert TYPED[slug] not in garnier.response.get_data(as_text=True)


def test_one_slip_is_located_without_giving_the_answer(room: Room, garnier: Browser) -> None:
    right = number_of(room, "traitement-de-fond")
    wrong = right[:9] + ("2" if right[9] != "2" else "3") + right[10:]
    scan(garnier, number=wrong)
    assert garnier.sees("Une seule lettre est à corriger, dans le 3e groupe.")
    assert not garnier.sees(numbers.grouped(right))


def test_of_two_prescriptions_on_one_photo_one_is_chosen(room: Room, garnier: Browser) -> None:
    with room.inside():
        mine, other = (code.payload(number_of_slug, room.workshop_id) for number_of_slug in _numbers(room))
    scan(garnier, **shot_of(sheet(mine, other)))
    garnier.submit(f"Ouvrir {code.number_in(mine)}")
    assert garnier.heading.startswith("Ordonnance de")


def _numbers(room: Room) -> list[str]:
    return [one.number for one in service.of_record(room.record(1)) if one.slug in {"traitement-de-fond", "genou-et-tension"}]


@pytest.mark.parametrize(
    ("who", "kind", "title"),
    [
        ("inf-morvan", Kind.PRODUCTS, "Cette ordonnance est pour une pharmacie"),
        ("pharm-garnier", Kind.NURSING, "Cette ordonnance est pour un infirmier ou une infirmière"),
        ("pharm-garnier", Kind.BIOLOGY, "Cette ordonnance est pour un laboratoire d’analyses"),
        ("labo-horizon", Kind.PHYSIOTHERAPY, "Cette ordonnance est pour un masseur-kinésithérapeute"),
    ],
)
def test_another_profession_is_named_and_the_content_is_not_shown(room: Room, who: str, kind: Kind, title: str) -> None:
    with room.inside():
        line = NewLine(drug="pansement secret", posology="chaque matin", duration_days=8)
        number = service.prescribe(room.user("dr-lemoine"), room.record(1), [line], kind=kind).number
    person = scan(room.professional(who), number=number)
    assert person.heading == title
    assert not person.sees("pansement secret")
    assert not person.sees("Voir le détail")


def test_each_profession_reads_its_own_words(room: Room) -> None:
    titles = {who: room.professional(who).go("/pro/delivrance").heading for who in ("pharm-garnier", "inf-morvan", "kine-kermarrec", "labo-horizon")}
    assert list(titles.values()) == ["Délivrance", "Soins prescrits", "Séances", "Analyses"]


def test_the_keyboard_is_where_one_types_only_when_something_is_to_be_typed(room: Room, garnier: Browser) -> None:
    assert garnier.go("/pro/delivrance").page.select("#number[autofocus]")
    assert scan(garnier, number=TYPED["mistyped-check"]).page.select("#number[autofocus]")
    assert not scan(garnier, **shot_of(SHOTS["dark"])).page.select("[autofocus]")


def test_a_photo_too_heavy_says_so_and_the_page_is_still_there(room: Room, garnier: Browser) -> None:
    scan(garnier, photo=(io.BytesIO(b"x" * (code.MOST_PHOTO + 10)), "lourde.jpg"))
    assert garnier.response is not None
    garnier.response.request.environ["wsgi.input"].close()  # the test client forgets the file it spooled
    assert "dépasse 15 Mo" in text_of(garnier.page.find(id="photo-error"))
