"""What is printed can be read by a camera; what is prepared in the background is there."""

from __future__ import annotations

import re
import time
from io import BytesIO

import zxingcpp
from PIL import Image, ImageDraw
from pypdf import PdfReader

from sandbox import qr
from sandbox.db import db, writing
from sandbox.workshops import cards, spares, upkeep
from sandbox.workshops.models import Workshop
from tests.room import Room


def drawn(square: qr.Square, scale: int = 6) -> Image.Image:
    picture = Image.new("L", (square.side * scale,) * 2, 255)
    pen = ImageDraw.Draw(picture)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", square.path):
        left, top = int(x) * scale, int(y) * scale
        pen.rectangle((left, top, left + int(length) * scale - 1, top + scale - 1), fill=0)
    return picture


def test_the_square_says_the_address_of_the_card() -> None:
    address = "http://192.168.1.20:8000/carte/QLnOnXvRQ8PhkECQ"
    assert [found.text for found in zxingcpp.read_barcodes(drawn(qr.square(address)))] == [address]


def card(seat: int) -> cards.Card:
    return cards.Card(seat=seat, name=f"#[{seat}] *A*", identifier=f"a{seat}", password="Lilas-1", url=f"http://x/{seat}")


def test_six_a_page_and_professionals_apart() -> None:
    sheets = cards.pages([card(seat) for seat in (*range(1, 10), 0)])
    assert [len(sheet) for sheet in sheets] == [6, 3, 1]


def test_the_same_cards_give_the_same_pdf_and_names_are_never_markup() -> None:
    made = cards.pdf("Cartes", [card(1)])
    assert made == cards.pdf("Cartes", [card(1)])
    assert "#[1] *A*" in PdfReader(BytesIO(made)).pages[0].extract_text()


def test_a_spare_is_filled_after_the_answer_has_left(room: Room) -> None:
    room.app.config["TESTING"] = False
    try:
        with room.app.test_request_context():
            upkeep.later(room.workshop_id)
            room.app.process_response(room.app.make_response("fini")).close()
    finally:
        room.app.config["TESTING"] = True
    assert any(spare_is_ready(room) for _ in range(100))


def spare_is_ready(room: Room) -> bool:
    time.sleep(0.05)
    with room.app.app_context(), writing():
        found = spares.ready(db.session.get_one(Workshop, room.workshop_id))
        db.session.remove()
        return found is not None
