"""Reading a patient's card: the serial number typed, the square by the camera or on a photo, and what is not a card."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageFilter

from sandbox import numbers, qr
from sandbox.errors import Refused
from sandbox.prescriptions import code
from sandbox.pro import reading
from sandbox.settings import ins
from sandbox.workshops.people import PHOTO_PREFIX
from tests.browser import Browser, text_of
from tests.family.test_profiles import child
from tests.prescriptions.test_code import drawn, photo
from tests.pro.people import number_of
from tests.room import Room

PAGE, GO = "/pro/lire-une-carte", "Ouvrir le dossier"


def read(who: Browser, told: str) -> Browser:
    return who.go(PAGE).submit(GO, told=told)


def sent(who: Browser, content: bytes, told: str = "") -> Browser:
    return who.go(PAGE).submit(GO, told=told, photo=(io.BytesIO(content), "carte.jpg"))


def said(room: Room, seat: int = 1) -> str:
    with room.inside():
        return ins.said(room.record(seat))


def test_the_serial_number_leads_straight_to_the_record(room: Room, lemoine: Browser) -> None:
    for serial, typed in (
        (f"{PHOTO_PREFIX}12345678901", "12345678901"), (f"{PHOTO_PREFIX}12345678901", "8025 0000 02 123 456 789 01"),
        ("123456789", "123 456 789"), ("12345678901", "12345678901"), ("0639981234", "0639981234"),
    ):
        with room.inside():
            room.record(1).vitale_serial = serial
            path, name = f"/pro/patients/{room.record(1).ref}", room.record(1).name
        assert read(lemoine, typed).path == f"{path}?lue=carte", typed
        assert lemoine.heading.endswith(name)


def test_the_identity_is_checked_aloud_and_the_children_of_the_card_are_there(room: Room, lemoine: Browser) -> None:
    with room.inside():
        serial, traits, kid = room.record(1).vitale_serial, ins.traits(room.record(1)), child(room, 1).name
    assert read(lemoine, serial).sees("vérifiez l’identité à voix haute")
    shown = text_of(lemoine.page.find(class_="said"))
    for label, value in traits:
        assert f"{label} : {' '.join(value.split())}" in shown
    assert lemoine.click(kid).heading.endswith(kid)


def test_a_record_without_consent_asks_for_it_once_the_card_is_read(room: Room) -> None:
    perrin = read(room.professional("dr-perrin"), said(room))
    assert perrin.heading.startswith("Accord de")
    assert perrin.sees("vérifiez l’identité à voix haute")


def test_the_square_of_the_identity_card_is_read_on_a_photo(room: Room, marie: Browser, lemoine: Browser) -> None:
    marie.go("/parametres/identite")
    taken = drawn(qr.matrix(said(room))).rotate(7, expand=True, fillcolor=255)
    with room.inside():
        path = f"/pro/patients/{room.record(1).ref}"
    assert sent(lemoine, photo(taken)).path == f"{path}?lue=carte"


def test_twins_of_one_number_are_told_apart_by_their_square(room: Room, lemoine: Browser) -> None:
    with room.inside():
        first, other = room.record(1), child(room, 1)
        other.family_name, other.sex, other.birth_date, other.birth_code = first.family_name, first.sex, first.birth_date, first.birth_code
        told, ref = ins.said(other), other.ref
    assert read(lemoine, told).path.startswith(f"/pro/patients/{ref}")


def refusals(room: Room) -> dict[str, str]:
    told, number = said(room), number_of(room, "genou-et-tension")
    with room.inside():
        square, nir = code.payload(number, room.workshop_id), room.record(1).nir
        other = told.replace(nir, numbers.social_security_number("F", room.record(1).birth_date, "99999"))
    real = "1580375114001"
    return {
        "": reading.NOTHING, "   ": reading.NOTHING, square: reading.A_PRESCRIPTION, number: reading.NOT_FIGURES, nir: reading.A_NIR,
        "https://example.org/": reading.OTHER, "WIFI:T:WPA;S:salle;P:secret;;": reading.OTHER, "SANDBOX:": reading.OTHER,
        told.replace("NOM=", "NOM=X"): reading.ALTERED, told + ";X=1": reading.ALTERED, other: reading.ELSEWHERE,
        "12345": reading.LENGTH.format(5), "9" * 12: reading.NO_SUCH_CARD, "12 34 ab": reading.NOT_FIGURES,
        real + numbers.key(real): reading.REAL, "IS010000000000000000000000000000000S1189080312345": reading.REAL,
        told.replace(".4.11", ".4.8"): reading.REAL,
    }


def test_what_is_not_a_card_of_the_room_is_refused_with_its_cure(room: Room, lemoine: Browser) -> None:
    for told, cure in refusals(room).items():
        assert read(lemoine, told).status == 422, told
        assert lemoine.sees(" ".join(cure.split())), (told, cure)


def test_a_photo_that_cannot_be_read_says_how_to_take_it_again(room: Room, lemoine: Browser) -> None:
    blurred = drawn(qr.matrix(said(room))).filter(ImageFilter.GaussianBlur(14))
    for content, cure in (
        (photo(blurred), reading.UNREADABLE), (photo(Image.new("L", (300, 300), 200)), reading.UNREADABLE),
        (b"%PDF-1.7", reading.NOT_A_PHOTO),
    ):
        assert sent(lemoine, content).status == 422
        assert lemoine.sees(" ".join(cure.split())), cure
    with pytest.raises(Refused, match="dépasse 15 Mo"):
        reading.square_of(b"0" * (reading.MOST_PHOTO + 1))


def test_a_photo_of_something_else_is_named(room: Room, lemoine: Browser) -> None:
    assert sent(lemoine, photo(drawn(qr.square("https://example.org/menu")))).sees("n’est pas celui d’une carte d’identité de santé")


def test_an_establishment_reads_a_card_to_deposit_only(room: Room) -> None:
    labo = read(room.professional("labo-horizon"), said(room))
    assert labo.sees("Votre établissement dépose sans lire")
    assert "Rendez-vous d’aujourd’hui" not in text_of(labo.go("/pro/").page.find("main"))
