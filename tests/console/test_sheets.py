"""What is printed carries exactly what the screens ask, and nothing of it is false."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from sandbox import clock, french, numbers
from sandbox.account import life
from sandbox.account.models import TO_OBJECT
from sandbox.workshops.cards import drawings
from sandbox.workshops.printed import PICTURES, letter_code, pictures
from sandbox.workshops.starts import Start
from tests.browser import Browser, text_of
from tests.enrolment.applicant import children
from tests.room import Room


def asked(room: Room, seat: int) -> dict[str, str]:
    """What the screens ask of the person of that seat."""
    card = room.card(seat)
    with room.inside():
        record = room.record(seat)
        told = {
            "birth": french.short_date(record.birth_date), "nir": record.nir, "serial": record.vitale_serial,
            "email": record.email, "mobile": record.phone, "name": record.name,
        } | {child.first_name: french.short_date(child.birth_date) for child in children(room, seat)}
    words = {f"picture {rank}": picture.label for rank, picture in enumerate(pictures(card.token))}
    return told | words | {"identifier": card.identifier, "password": card.password}


def squeezed(text: str) -> str:
    """Words as a person copies them: neither spaces nor the marks where a line may end count."""
    return re.sub(r"[\s\u200b]", "", text)


def pdf(samira: Browser, room: Room, name: str) -> PdfReader:
    answer = samira.client.get(f"/console/{room.code}/{name}.pdf")
    assert answer.mimetype == "application/pdf"
    return PdfReader(BytesIO(answer.data))


@pytest.mark.parametrize("seat", [1, 2, 3, 4])
def test_a_card_carries_everything_that_the_screens_ask(room: Room, samira: Browser, seat: int) -> None:
    wanted = asked(room, seat)
    samira.go(f"/console/{room.code}/cartes")
    card = next(c for c in samira.page.find_all(class_="seat-card") if c.find(class_="seat-number").string == str(seat))
    words = squeezed(text_of(card) + card.svg["aria-label"])
    assert [what for what, value in wanted.items() if squeezed(value) not in words] == []
    printed = squeezed(pdf(samira, room, "cartes").pages[0].extract_text())
    assert [what for what, value in wanted.items() if squeezed(value) not in printed] == []
    order = [text_of(item) for item in card.select(".seat-pictures li")]
    assert order == [picture.label for picture in pictures(room.card(seat).token)]


def test_the_pdf_of_the_cards_is_tagged_french_and_stamped(room: Room, samira: Browser) -> None:
    read = pdf(samira, room, "cartes")
    assert (read.metadata.title, read.trailer["/Root"]["/Lang"]) == (f"Cartes de l’atelier {room.code}", "fr-FR")
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.pages[0].extract_text().count("FICTIF – ENTRAÎNEMENT") == 4
    assert len(read.pages) == 4  # four seats, then thirteen professionals
    assert room.card(0, "dr-lemoine").password in read.pages[1].extract_text()


def test_every_picture_has_a_drawing() -> None:
    assert {slug for slug, drawing in drawings().items() if drawing.startswith("<svg")} == {p.slug for p in PICTURES}


def test_a_card_says_what_to_do_first_when_the_space_is_only_created(room: Room, samira: Browser) -> None:
    first = "Activez votre espace : lisez votre courrier."
    assert not samira.go(f"/console/{room.code}/cartes").sees(first)
    put(room, 2, Start.CREATED)
    assert text_of(samira.go(f"/console/{room.code}/cartes").page).count(first) == 1
    assert squeezed(first) in squeezed(pdf(samira, room, "cartes").pages[0].extract_text())


def put(room: Room, seat: int, start: Start) -> None:
    with room.inside():
        life.put(room.record(seat), start)


def squares(content: bytes) -> list[list[str]]:
    """The addresses that a camera reads on each page."""
    book = pypdfium2.PdfDocument(content)
    found = []
    for page in book:
        picture = page.render(scale=3).to_pil()
        found.append([code.text for code in zxingcpp.read_barcodes(picture)])
    book.close()
    return found


def test_the_squares_of_cards_and_letters_lead_to_each_card(room: Room, samira: Browser) -> None:
    mine = [f"/carte/{room.card(seat).token}" for seat in (1, 2, 3, 4)]
    cards, *_ = squares(samira.client.get(f"/console/{room.code}/cartes.pdf").data)
    assert sorted(mine) == sorted(address.removeprefix(start_of(address)) for address in cards)
    letters = squares(samira.client.get(f"/console/{room.code}/courriers.pdf").data)
    assert [[f"{start_of(page[0])}{path}"] for page, path in zip(letters, mine, strict=True)] == letters


def start_of(address: str) -> str:
    found = re.match(r"https?://[^/]+", address)
    assert found, address
    return found[0]


def letter(samira: Browser, room: Room, seat: int) -> str:
    return pdf(samira, room, "courriers").pages[seat - 1].extract_text()


def test_a_letter_a_seat_with_its_code_its_dates_and_what_to_prepare(room: Room, samira: Browser) -> None:
    put(room, 1, Start.CREATED)
    read = pdf(samira, room, "courriers")
    assert len(read.pages) == 4
    assert (read.metadata.title, read.trailer["/Root"]["/Lang"]) == (f"Courriers de l’atelier {room.code}", "fr-FR")
    sent = clock.today() - timedelta(days=5)
    with room.inside():
        street, last = room.record(1).address.split(",")[0], room.record(1).last_day_to_object
    wanted: list[Any] = [
        letter_code(room.card(1).token), room.card(1).name, street, french.long_date(sent), french.long_date(sent + TO_OBJECT),
        "Créé ne veut pas dire activé", "À préparer", "FICTIF – ENTRAÎNEMENT", "personnes et données fictives", "Place 1",
    ]
    words = squeezed(read.pages[0].extract_text())
    assert [value for value in wanted if squeezed(value) not in words] == []
    assert last == sent + TO_OBJECT
    page = squeezed(text_of(samira.go(f"/console/{room.code}/courriers").page.find(class_="letter")))
    assert [value for value in wanted[:-3] if squeezed(value) not in page] == []


def test_the_letter_tells_a_made_up_parent_when_the_children_were_born(room: Room, samira: Browser) -> None:
    with room.inside():
        born = {"F": "née", "M": "né"}
        wanted = [f"{born[c.sex]} le {french.short_date(c.birth_date)}" for c in children(room, 2)]
        wanted += [child.first_name for child in children(room, 2)]
    assert len(wanted) == 6
    page = text_of(samira.go(f"/console/{room.code}/courriers").page.find_all(class_="letter-children")[1])
    assert [words for words in wanted if squeezed(words) not in squeezed(page)] == []
    assert [words for words in wanted if squeezed(words) not in squeezed(letter(samira, room, 2))] == []


def test_the_letter_of_an_expired_code_is_dated_so(room: Room, samira: Browser) -> None:
    put(room, 2, Start.CODE_EXPIRED)
    over = clock.today() - timedelta(days=52) + TO_OBJECT
    assert over < clock.today()
    assert squeezed(f"Valable jusqu’au {french.long_date(over)}") in squeezed(letter(samira, room, 2))


def test_a_seat_never_invited_has_the_letter_it_would_be_sent(room: Room, samira: Browser) -> None:
    sent = clock.today() - timedelta(days=5)
    assert squeezed(f"le {french.long_date(sent)}") in squeezed(letter(samira, room, 3))


def test_the_code_is_in_groups_that_the_eye_can_follow(room: Room, samira: Browser) -> None:
    groups = numbers.grouped(letter_code(room.card(4).token))
    assert groups in " ".join(letter(samira, room, 4).split())


def test_a_longer_letter_still_holds_on_one_page(room: Room, samira: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    long = {"invitation": {"subject": "Votre espace est créé", "body": "\n\n".join(["Une phrase de plus. " * 9] * 5)}}
    monkeypatch.setattr("sandbox.workshops.invitations.common", lambda name: long)
    assert len(pdf(samira, room, "courriers").pages) == 4
