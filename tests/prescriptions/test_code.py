"""The square and the number: drawn, photographed, typed, forged."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageDraw

from sandbox import numbers, qr
from sandbox.errors import Refused
from sandbox.prescriptions import code
from tests.room import Room, open_room

NUMBER = numbers.prescription_number(bytes(range(13)))


def drawn(square: qr.Square, scale: int = 6) -> Image.Image:
    """The black runs of the path as a picture, as a screen would show them."""
    picture = Image.new("L", (square.side * scale, square.side * scale), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", square.path):
        left, top = int(x) * scale, int(y) * scale
        pen.rectangle((left, top, left + int(length) * scale - 1, top + scale - 1), fill=0)
    return picture


def shown(page: BeautifulSoup) -> qr.Square:
    """The square that a page draws."""
    picture = page.select_one(".square-code svg")
    assert picture is not None
    return qr.Square(int(str(picture["viewbox" if picture.has_attr("viewbox") else "viewBox"]).split()[2]),
                     str(picture.find_all("path")[-1]["d"]))


def photo(picture: Image.Image, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.phrase


def test_the_square_of_the_page_is_read_from_a_photo(room: Room) -> None:
    with room.inside():
        said = code.payload(NUMBER, room.workshop_id)
        picture = drawn(qr.square(said, robust=True))
        assert code.read_photo(photo(picture)) == said
        assert code.read_photo(photo(picture.rotate(90), "PNG")) == said
        assert code.read(said, room.workshop_id) == NUMBER


def test_a_square_on_nothing_is_read_as_on_paper(room: Room) -> None:
    with room.inside():
        said = code.payload(NUMBER, room.workshop_id)
        ink = drawn(qr.square(said, robust=True))
        glass = Image.new("RGBA", ink.size, (0, 0, 0, 0))
        glass.paste((0, 0, 0, 255), mask=ink.point(lambda shade: 255 - shade))
        assert code.read_photo(photo(glass, "PNG")) == said


def test_a_typed_number_is_accepted_with_its_spaces_and_in_small_letters(room: Room) -> None:
    with room.inside():
        assert code.read(f" {numbers.grouped(NUMBER).lower()} ", room.workshop_id) == NUMBER


def test_a_forged_code_is_refused(room: Room) -> None:
    other = numbers.prescription_number(bytes(range(20, 40)))
    with room.inside():
        signature = code.payload(NUMBER, room.workshop_id).partition(".")[2]
        for said in (f"SANDBOX:{other}.{signature}", f"SANDBOX:{NUMBER}.AAAAAAAAAA", f"SANDBOX:{NUMBER}", "SANDBOX:"):
            assert refused(lambda said=said: code.read(said, room.workshop_id)) == code.FORGED


def test_a_code_of_another_workshop_is_told_from_a_forged_one(room: Room) -> None:
    other = open_room(room.app, seats=1, seed="elsewhere")
    with room.inside():
        said = code.payload(NUMBER, other.workshop_id)
        assert refused(lambda: code.read(said, room.workshop_id)) == code.ELSEWHERE


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("https://sante.example/ordonnance", code.OTHER_SQUARE),
        ("WIFI:S:Box;T:WPA;P:secret;;", code.OTHER_SQUARE),
        ("01S2TBPZ2JCNZZYGHZ", code.NOT_TRAINING),
        ("   ", code.NOTHING),
        (NUMBER[:-2] + "0" + NUMBER[-1], code.NEVER_USED),
    ],
)
def test_what_is_not_ours_is_refused_with_its_own_sentence(room: Room, said: str, answer: str) -> None:
    with room.inside():
        assert refused(lambda: code.read(said, room.workshop_id)) == answer


def test_a_slip_of_the_finger_is_found_and_the_check_sign_explained(room: Room) -> None:
    wrong = NUMBER[:6] + ("2" if NUMBER[6] != "2" else "3") + NUMBER[7:]
    with room.inside():
        assert "dernier signe est calculé" in refused(lambda: code.read(wrong, room.workshop_id))
        assert "celui-ci en a 17" in refused(lambda: code.read(NUMBER[:-1], room.workshop_id))


def test_a_photo_of_a_paper_prescription_says_how_to_take_another(room: Room) -> None:
    with room.inside():
        assert refused(lambda: code.read_photo(photo(Image.new("L", (400, 600), 230)))) == code.UNREADABLE
        assert refused(lambda: code.read_photo(b"not a photo")) == code.NOT_A_PHOTO
        assert refused(lambda: code.read_photo(b"")) == code.NOTHING
