"""Squares on photographs: upright, tilted, pale, several at once; and how to take again what cannot be read."""

from __future__ import annotations

import pytest
from PIL import Image, ImageFilter

from sandbox import numbers, qr
from sandbox.prescriptions import code
from sandbox.prescriptions.problems import Unread
from tests.prescriptions.papers import CORNER, HEIGHT, WIDTH, sheet, tilted
from tests.prescriptions.test_code import NUMBER, drawn, photo, problem, refused
from tests.room import Room

SAID = f"SANDBOX:{NUMBER}.ABCDEFGHIJ"
OTHER = f"SANDBOX:{numbers.prescription_number(bytes(range(30, 43)))}.ABCDEFGHIJ"


def test_the_square_is_read_however_the_sheet_lies(room: Room) -> None:
    page = sheet(SAID)
    shots = {
        "upright": page, "on its side": page.rotate(90, expand=True), "askew": tilted(page),
        "pale": page.point(lambda grey: 100 + grey * 0.6), "in the dark": page.point(lambda grey: grey * 0.12),
        "a little blurred": page.filter(ImageFilter.GaussianBlur(1.5)),
    }
    for name, shot in shots.items():
        assert code.read_photo(photo(shot)) == SAID, name


def test_a_square_on_nothing_is_read_as_on_paper() -> None:
    ink = drawn(qr.square(SAID, robust=True))
    glass = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    glass.paste((0, 0, 0, 255), mask=ink.point(lambda shade: 255 - shade))
    assert code.read_photo(photo(glass, "PNG")) == SAID


def test_among_several_squares_the_prescription_is_the_one(room: Room) -> None:
    assert code.read_photo(photo(sheet("WIFI:S:Box;T:WPA;P:secret;;", SAID))) == SAID
    assert code.read_photo(photo(sheet("SANDBOX:INS=258037511400042;NOM=MARTIN", SAID))) == SAID
    assert code.read_photo(photo(sheet("https://sante.example", "SANDBOX:INS=1;NOM=X"))).startswith("SANDBOX:INS")


def test_two_prescriptions_on_one_photo_are_both_proposed() -> None:
    with pytest.raises(Unread) as caught:
        code.read_photo(photo(sheet(SAID, OTHER)))
    assert caught.value.slug == "several"
    assert set(caught.value.seen) == {SAID, OTHER}


@pytest.mark.parametrize(
    ("slug", "shot"),
    [
        ("paper", sheet()),
        ("paper", Image.new("L", (400, 600), 230)),
        ("blurred", sheet(SAID).filter(ImageFilter.GaussianBlur(7))),
        ("dark", sheet().point(lambda grey: grey * 0.1)),
        ("cropped", sheet(SAID).crop((0, 0, WIDTH, CORNER[1] + 100))),
        ("cropped", sheet(SAID).crop((CORNER[0] + 60, 700, WIDTH, HEIGHT))),
    ],
)
def test_each_bad_photo_says_how_to_take_it_again(slug: str, shot: Image.Image) -> None:
    assert problem(lambda: code.read_photo(photo(shot))) == slug


def test_a_square_that_is_seen_but_scratched_is_told_from_one_that_is_cut() -> None:
    page = sheet(SAID)
    side = drawn(qr.square(SAID, robust=True), 5).width
    middle = Image.effect_noise((side // 2, side // 2), 250).point(lambda grey: 255 if grey > 127 else 0)
    page.paste(middle, (CORNER[0] + side // 3, CORNER[1] + side // 3))
    assert problem(lambda: code.read_photo(photo(page))) == "spoiled"


def test_what_is_not_a_photo_says_so() -> None:
    assert problem(lambda: code.read_photo(b"not a photo")) == "not-a-photo"
    assert problem(lambda: code.read_photo(b"%PDF-1.7 and so on")) == "not-a-photo"
    assert refused(lambda: code.read_photo(b"x" * (code.MOST_PHOTO + 1))) == code.TOO_HEAVY
