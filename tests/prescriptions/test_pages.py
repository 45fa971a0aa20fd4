"""The learner's prescriptions: found, shown, printed, followed."""

from __future__ import annotations

from sandbox import numbers
from sandbox.prescriptions import code, delivering, service
from sandbox.prescriptions.models import Kind
from tests.browser import Browser
from tests.prescriptions.test_code import drawn, photo, shown
from tests.pro.people import done, told
from tests.room import Room


def test_the_list_says_in_a_word_what_each_is_good_for(room: Room, marie: Browser) -> None:
    marie.go("/ordonnances/")
    states = [tag.get_text(strip=True) for tag in marie.page.select(".rows .tag")]
    assert sorted(states) == ["Annulée", "Délivrée en partie", "Entièrement délivrée", "Expirée", "Valable"]


def test_the_square_and_the_number_are_shown_and_leave_a_trace(room: Room, marie: Browser) -> None:
    with room.inside():
        number, ref = told("traitement-de-fond").number, told("traitement-de-fond").ref
        said = code.payload(number, room.workshop_id)
    marie.go("/ordonnances/").click("Ordonnance du")
    assert marie.path == f"/ordonnances/{ref}"
    assert marie.sees(numbers.grouped(number))
    assert "Code carré" in str(marie.page.select_one(".square-code svg"))
    assert code.read_photo(photo(drawn(shown(marie.page)))) == said
    with room.inside():
        assert done("PrescriptionShown") == 1


def test_the_printed_sheet_has_the_lines_and_the_square(room: Room, marie: Browser) -> None:
    with room.inside():
        ref = told("traitement-de-fond").ref
    marie.go(f"/ordonnances/{ref}").click("Imprimer")
    assert marie.sees("Gardez cette feuille")
    assert marie.sees("metformine 1 000 mg, comprimé")
    assert marie.page.select(".sheet .square-code svg path")


def test_each_line_says_what_was_handed_over_and_why_not(room: Room, marie: Browser) -> None:
    with room.inside():
        ref = told("genou-et-tension").ref
    marie.go(f"/ordonnances/{ref}")
    for words in ("1 sur 2", "retirer 6 boîtes maintenant", "Non délivré", "Motif : Taille non disponible"):
        assert marie.sees(words), words


def test_somebody_else_s_prescription_does_not_exist(room: Room, marie: Browser, jean: Browser) -> None:
    with room.inside():
        ref = told("traitement-de-fond").ref
    for path in (f"/ordonnances/{ref}", f"/ordonnances/{ref}/feuille", f"/ordonnances/{ref}/suivi"):
        assert marie.go(path).status == 200
        assert jean.go(path).status == 404


def test_the_open_page_learns_of_a_delivery(room: Room, marie: Browser) -> None:
    with room.inside():
        prescription = told("traitement-de-fond")
        ref = prescription.ref
    parts = (f"/ordonnances/{ref}/suivi", "/ordonnances/liste")
    tags = [marie.go(part).response.headers["ETag"] for part in parts]  # type: ignore[union-attr]
    unchanged = [marie.client.get(part, headers={"If-None-Match": tag}) for part, tag in zip(parts, tags, strict=True)]
    assert [answer.status_code for answer in unchanged] == [304, 304]
    with room.inside():
        delivering.deliver(room.user("pharm-garnier"), told("traitement-de-fond").lines[0], 1)
    changed = [marie.client.get(part, headers={"If-None-Match": tag}) for part, tag in zip(parts, tags, strict=True)]
    assert [answer.status_code for answer in changed] == [200, 200]


def test_care_is_told_in_the_words_of_care(room: Room, marie: Browser) -> None:
    with room.inside():
        acts = [service.NewLine(drug="Pansement", posology="une fois par jour", duration_days=10, quantity=10, unit="soin")]
        signed = service.prescribe(room.user("dr-lemoine"), room.record(1), acts, kind=Kind.NURSING)
        delivering.deliver(room.user("inf-morvan"), signed.lines[0], 1)
        ref = signed.ref
    marie.go(f"/ordonnances/{ref}")
    for words in ("À montrer à l’infirmier ou l’infirmière", "Réalisée en partie", "Une fois par jour"):
        assert marie.sees(words), words
    assert not marie.sees("pharmacie")
    assert marie.go("/").sees("Réalisé par Sophie Morvan")
