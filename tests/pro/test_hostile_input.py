"""What nobody types by chance, on the professional's pages and in what they make: a sentence, never an error."""

from __future__ import annotations

import pytest

from sandbox.documents import rendering
from sandbox.prescriptions.service import NewLine, prescribe
from tests.browser import Browser
from tests.pro.deposits import deposit, deposited
from tests.pro.people import document, patient_path
from tests.pro.test_prescribing import CHECK, KNEE, PAIN, sheet
from tests.room import Room

HUGE = "9" * 400
NEVER_TYPED = "avant\x00\x01\x1b[31m\ue000j3\ue001 après"


@pytest.mark.parametrize("fields", [{"duration_days": HUGE}, {"quantity": HUGE}, {"renewals": HUGE}, {"quantity": f"-{HUGE}"}])
def test_a_number_beyond_counting_is_refused_in_its_line(room: Room, lemoine: Browser, fields: dict[str, str]) -> None:
    sheet(lemoine, room).submit(CHECK, **PAIN | {f"ligne1-{name}": value for name, value in fields.items()})
    assert lemoine.status == 422
    assert lemoine.page.find(attrs={"name": f"ligne1-{next(iter(fields))}", "aria-invalid": "true"})


@pytest.mark.parametrize("name", ["ligne1-per_week", "ligne1-duration_days"])
def test_visits_beyond_counting_are_refused(room: Room, lemoine: Browser, name: str) -> None:
    assert sheet(lemoine, room, "Kinésithérapie").submit(CHECK, **KNEE | {name: HUGE}).status == 422


def test_hours_of_a_huge_length_are_refused(lemoine: Browser) -> None:
    lemoine.go("/pro/horaires").submit("Publier", weekday="1", opens="09:00", closes="12:00", minutes=HUGE)
    assert lemoine.status == 422
    assert lemoine.sees("de 5 minutes à trois heures")


@pytest.mark.parametrize("fields", [{"ligne" + HUGE * 12 + "-drug": "x"}, {"faire": "copier-" + HUGE * 12}, {"faire": "monter-²"}])
def test_a_sheet_made_by_hand_breaks_nothing(room: Room, lemoine: Browser, fields: dict[str, str]) -> None:
    token = sheet(lemoine, room).page.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    answer = lemoine.client.post(f"{patient_path(room)}/prescrire?type=products", data=PAIN | {"csrf_token": token} | fields)
    assert answer.status_code in {200, 422}


@pytest.mark.parametrize("asked", ["9999-12-31T23:59", "0001-01-01T00:00"])
def test_an_hour_far_away_is_not_offered(room: Room, lemoine: Browser, asked: str) -> None:
    assert lemoine.go(f"{patient_path(room)}/rendez-vous?a={asked}").status == 200
    assert not lemoine.page.find("input", attrs={"value": asked})


def test_signs_that_no_keyboard_makes_are_dropped_from_a_text_whose_paper_can_be_printed(room: Room, lemoine: Browser) -> None:
    deposit(lemoine, room, title="Du jour", kind="11488-4", text=f"{NEVER_TYPED} 😀 漢")
    with room.inside():
        paper = deposited("Du jour")
        assert rendering.text_of(paper) == "avant[31mj3 après 😀 漢"
        assert rendering.pdf_of(paper).startswith(b"%PDF-")


def test_a_drawn_face_in_a_posology_leaves_a_sheet_to_print(room: Room) -> None:
    with room.inside():
        signed = prescribe(room.user("dr-lemoine"), room.record(1), [NewLine(drug="eau 😀", posology="1 verre ☀️", duration_days=3)])
        assert signed.document
        assert rendering.pdf_of(signed.document).startswith(b"%PDF-")


def test_a_paper_older_than_anybody_is_refused(room: Room, lemoine: Browser) -> None:
    assert deposit(lemoine, room, title="Vieux", kind="11488-4", text="Ancien.", dated="0001-01-01").status == 422
    assert lemoine.sees("depuis 1900")


def test_a_document_is_made_visible_from_its_own_record_alone(room: Room) -> None:
    haddad = room.professional("dr-haddad")
    with room.inside():
        ref = document("avis-cardiologue-distance").ref
    token = haddad.go(f"{patient_path(room)}/documents/{ref}").page.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    address = f"{patient_path(room, 2)}/documents/{ref}/rendre-visible"
    assert haddad.client.post(address, data={"csrf_token": token}).status_code == 404
    with room.inside():
        assert document("avis-cardiologue-distance").is_hidden


def test_nothing_of_a_record_goes_with_a_message_to_several_patients(room: Room, lemoine: Browser) -> None:
    with room.inside():
        first, second, ref = room.record(1).ref, room.record(3).ref, document("avis-cardiologue-distance").ref
    where = f"/pro/messages/plusieurs/ecrire?avec={first},{second}"
    token = lemoine.go(where).page.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    sent = {"csrf_token": token, "subject": "o", "text": "t", "do": f"document:{ref}"}
    assert lemoine.client.post(where, data=sent).status_code == 404
