"""Finding a patient, reading the record, and what the patient hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import clock, numbers
from sandbox.documents.models import Confidentiality
from sandbox.pro import service
from tests.browser import Browser
from tests.pro.people import document, done, identity, notified, patient_path
from tests.room import Room


def test_a_patient_is_found_by_name_birth_date_or_number(room: Room, lemoine: Browser) -> None:
    marie = identity(room)
    for words in (
        marie.family_name.lower(), f"{marie.birth_date:%d/%m/%Y}", numbers.spaced_nir(marie.nir), marie.nir[:10]
    ):
        lemoine.go("/pro/").submit("Chercher", q=words)
        assert lemoine.sees(f"{marie.family_name.upper()} {marie.first_name}"), words
    assert lemoine.go("/pro/").submit("Chercher", q="zzz").sees("Aucun patient trouvé")


def test_the_patients_of_the_room_are_all_there_in_order(room: Room, lemoine: Browser) -> None:
    rows = lemoine.go("/pro/").page.select("tbody tr")
    families = [row.th.get_text().strip().split()[0] for row in rows]
    assert sorted(row.find_all("td")[-1].get_text().strip() for row in rows) == [*"1111222233334444"]  # each seat, its child, its twins
    assert families == sorted(families)


def test_opening_a_record_tells_the_patient_once_in_half_an_hour(room: Room, lemoine: Browser, garnier: Browser) -> None:
    path = patient_path(room)
    with room.inside():
        before = notified("ACCES_DMP_PS")
    for _ in range(3):
        assert lemoine.go(path).status == 200
    garnier.go(path)
    with room.inside():
        assert done("RecordConsulted") == 2
        assert notified("ACCES_DMP_PS") == before + 2
        with clock.shifted(timedelta(minutes=31)):
            service.consult(room.user("dr-lemoine"), room.record(1))
        assert done("RecordConsulted") == 3


def test_a_masked_document_leaves_no_trace_but_to_its_author(room: Room, garnier: Browser, lemoine: Browser) -> None:
    path = patient_path(room)
    with room.inside():
        masked = document("o-genou-et-tension")
        masked.confidentiality = Confidentiality.MASKED
        title, address = masked.title, f"{path}/documents/{masked.ref}"
    assert not garnier.go(path).sees(title)
    assert not garnier.sees("Masqué")
    assert garnier.go(address).status == garnier.go(f"{address}/fichier").status == 404
    assert lemoine.go(path).sees("Masqué : vous le voyez parce que vous l’avez déposé")
    assert lemoine.go(address).status == 200


def test_reading_a_document_notifies_once_and_gives_the_file(room: Room, lemoine: Browser) -> None:
    path = patient_path(room)
    with room.inside():
        title, before = document("bilan-lipidique").title, notified("CONSULT_DOCUMENT")
    lemoine.go(path).click(title).click("Ouvrir le fichier")
    assert lemoine.response is not None
    assert lemoine.response.mimetype == "application/pdf"
    assert lemoine.response.data.startswith(b"%PDF")
    with room.inside():
        assert done("DocumentConsulted") == 1
        assert notified("CONSULT_DOCUMENT") == before + 1


def test_a_document_is_not_reached_through_another_record(room: Room, lemoine: Browser) -> None:
    with room.inside():
        theirs = document("bilan-lipidique", seat=2).ref
    assert lemoine.go(f"{patient_path(room, 1)}/documents/{theirs}").status == 404
    assert lemoine.go("/pro/patients/nobody22").status == 404


@pytest.mark.practises("P09")
def test_a_laboratory_deposits_without_reading(room: Room) -> None:
    path = patient_path(room)
    labo = room.professional("labo-horizon").go(path)
    assert labo.sees("Votre établissement dépose sans lire")
    with room.inside():
        own, other = document("bilan-lipidique"), document("o-traitement-de-fond")
        assert done("RecordConsulted") == 0
    assert not labo.sees(other.title)
    assert labo.go(f"{path}/documents/{other.ref}").status == 404
    assert labo.go(f"{path}/suivi").status == 404
    assert own.ref != other.ref
    labo.go(path).click("Déposer un document").submit(
        "Déposer", title="Glycémie à jeun", kind="11502-2", text="Glycémie : 1,05 g/L"
    )
    assert labo.path == path
    assert labo.sees("« Glycémie à jeun » est dans le dossier")
