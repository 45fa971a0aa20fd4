"""The square and the number: drawn, photographed, typed, forged; and any other text."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from sandbox import numbers, qr
from sandbox.errors import Refused
from sandbox.prescriptions import code, problems
from sandbox.prescriptions.problems import Unread
from tests.room import Room, open_room
from tests.trying import tried

NUMBER = numbers.prescription_number(bytes(range(13)))
MANY = tried(150)


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


def problem(act: Callable[[], object]) -> str:
    """Which screen would be shown."""
    with pytest.raises(Unread) as caught:
        act()
    return caught.value.slug


def test_a_number_typed_with_its_spaces_dashes_or_in_small_letters_is_accepted(room: Room) -> None:
    grouped = numbers.grouped(NUMBER)
    with room.inside():
        for typed in (NUMBER, f" {grouped.lower()} ", grouped.replace(" ", "-"), grouped.replace(" ", " – ")):
            assert code.read(typed, room.workshop_id) == NUMBER


def test_a_forged_code_is_refused(room: Room) -> None:
    other = numbers.prescription_number(bytes(range(20, 40)))
    with room.inside():
        signature = code.payload(NUMBER, room.workshop_id).partition(".")[2]
        for said in (f"SANDBOX:{other}.{signature}", f"SANDBOX:{NUMBER}.AAAAAAAAAA", f"SANDBOX:{NUMBER}", "SANDBOX:"):
            assert problem(lambda said=said: code.read(said, room.workshop_id)) == "forged"


@MANY
@given(data=st.data())
def test_any_sign_altered_is_refused(room: Room, data: st.DataObject) -> None:
    with room.inside():
        said = code.payload(NUMBER, room.workshop_id)
        at = data.draw(st.integers(0, len(said) - 1))
        put = data.draw(st.characters(exclude_characters=said[at]) | st.sampled_from("ABCDEFGH234567.:abc").filter(lambda sign: sign != said[at]))
        with pytest.raises(Refused):
            code.read(said[:at] + put + said[at + 1 :], room.workshop_id)


@MANY
@given(said=st.text(max_size=300) | st.from_regex(r"\A(SANDBOX:|TEST|WIFI:|https?://|IS01)[ -~]{0,60}\Z"))
def test_any_text_at_all_gets_a_sentence(room: Room, said: str) -> None:
    with room.inside():
        assert len(refused(lambda: code.find(said, room.workshop_id))) > 30


def test_a_code_of_another_workshop_is_told_from_a_forged_one(room: Room) -> None:
    other = open_room(room.app, seats=1, seed="elsewhere")
    with room.inside():
        said = code.payload(NUMBER, other.workshop_id)
        assert problem(lambda: code.read(said, room.workshop_id)) == "elsewhere"


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("https://sante.example/ordonnance?id=TEST7K3M", "website"),
        ("www.pharmacie.fr", "website"),
        ("WIFI:S:Box;T:WPA;P:secret;;", "wifi"),
        ("BEGIN:VCARD\nVERSION:3.0\nN:Martin;Anne\nEND:VCARD", "contact"),
        ("MECARD:N:Martin;TEL:0639980000;;", "contact"),
        ("mailto:anne@courriel.example", "contact"),
        ("tel:+33639980000", "contact"),
        ("010340093000001517271231", "box"),
        ("SANDBOX:INS=258037511400042;OID=1.2.250.1.213.1.4.11;NOM=MARTIN", "identity"),
        ("IS010000000000000000000000S1279035121518989", "identity"),
        ("http://192.0.2.7:8000/carte/AbCd-1234_xyz", "seat-card"),
        ("https://atelier.example/pro/carte/AbCd-1234_xyz", "seat-card"),
        ("http://192.0.2.7:8000/rejoindre", "workshop"),
        ("http://192.0.2.7:8000/atelier/K7MP42", "workshop"),
        ("http://192.0.2.7:8000/telephone/prendre/WzEsMl0.abc", "second-device"),
        ("bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "text"),
        ("Bonjour à tous", "text"),
        ("123", "text"),
        ("01S2TBPZ2JCNZZYGHZ", "not-training"),
        ("01s2tbpz2jcnzzyghz", "not-training"),
        ("2 58 03 75 114 000 42", "not-training"),
    ],
)
def test_what_is_not_ours_has_its_own_problem(room: Room, said: str, slug: str) -> None:
    with room.inside():
        assert problem(lambda: code.read(said, room.workshop_id)) == slug


def test_nothing_at_all_is_not_a_problem_but_a_field_to_fill(room: Room) -> None:
    with room.inside():
        assert refused(lambda: code.read("   ", room.workshop_id)) == code.NOTHING
        assert refused(lambda: code.read_photo(b"")) == code.NOTHING


def test_every_problem_says_everything_to_both_sides(room: Room) -> None:
    every = problems.every()
    assert len({one.title for one in every.values()}) == len({one.subject for one in every.values()}) == len(every)
    with room.inside():
        garnier = room.user("pharm-garnier")
        for slug in every.keys() - problems.OF_A_PRESCRIPTION:
            told = problems.told(slug, garnier)
            assert told.what
            assert told.todo
            assert told.alt
            assert told.say
            assert "{" not in every[slug].what  # it is also the sentence of the refusal
            assert len(told.subject) <= 120
