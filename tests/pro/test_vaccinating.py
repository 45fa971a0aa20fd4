"""Recording a vaccination: the patient finds the note, a mistake is mended, what was never given is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import french
from sandbox.clock import today
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.privacy import service as privacy
from sandbox.vaccination import service
from sandbox.vaccination.models import Vaccination
from tests.browser import Browser, text_of
from tests.pro.counters import press
from tests.pro.people import done, name_of, notified, patient_path
from tests.room import Room

FLU = {"vaccine": "GRIPPE", "dose": "Rappel", "lot": "AB-123C", "site": "Bras gauche"}


def add(browser: Browser, room: Room, **fields: str) -> Browser:
    return browser.go(f"{patient_path(room)}/vaccinations/ajouter").submit("Enregistrer la vaccination", **FLU | fields)


def recorded() -> list[Vaccination]:
    """Only inside."""
    return list(db.session.scalars(sa.select(Vaccination).where(Vaccination.seat == 1)))


def test_a_vaccination_is_recorded_and_the_patient_finds_its_note(room: Room, lemoine: Browser, marie: Browser) -> None:
    next_on = today() + timedelta(days=365)
    lemoine.go(patient_path(room)).click("Ajouter une vaccination").submit(
        "Enregistrer la vaccination", **FLU, next_on=f"{next_on:%d/%m/%Y}"
    )
    assert lemoine.sees(f"La vaccination est notée. {name_of(room)} en est averti")
    assert lemoine.sees("AB-123C")
    marie.go("/notifications/").click("a ajouté une vaccination : « Vaccination – grippe saisonnière (rappel) »")
    for words in ("Vaccin grippal inactivé", "AB-123C", "Bras gauche", "Dr Claire Lemoine", french.long_date(next_on)):
        assert marie.sees(words), words
    with room.inside():
        [one] = recorded()
        assert (one.vaccine, one.given_on, one.next_on, one.seat) == ("GRIPPE", today(), next_on, 1)
        assert one.document is not None
        assert (one.document.category, one.document.kind) == ("CAR_VAC", "87273-9")
        assert (done("VaccinationRecorded"), notified("AJOUT_VACCINATION")) == (1, 1)


def test_a_nurse_and_a_pharmacist_vaccinate_a_physiotherapist_does_not(room: Room) -> None:
    for identifier, vaccine in (("inf-morvan", "COVID19"), ("pharm-garnier", "GRIPPE")):
        assert add(room.professional(identifier), room, vaccine=vaccine).status == 200
    for identifier in ("kine-kermarrec", "labo-horizon", "sec-roux"):
        assert room.professional(identifier).go(f"{patient_path(room)}/vaccinations/ajouter").status == 404
    with room.inside():
        assert done("VaccinationRecorded") == 2


@pytest.mark.parametrize(("fields", "answer"), [
    ({"vaccine": ""}, "Choisissez le vaccin dans la liste"),
    ({"vaccine": "PESTE"}, "Choisissez le vaccin dans la liste"),
    ({"dose": "dixième"}, "Choisissez la dose dans la liste"),
    ({"site": ""}, "Choisissez l’endroit"),
    ({"lot": " "}, "Recopiez le numéro de lot"),
    ({"lot": "*"}, "Recopiez le numéro de lot"),
    ({"lot": "x" * 41}, "Recopiez le numéro de lot"),
    ({"given_on": "2999-01-01"}, "pas encore venue"),
    ({"given_on": "01/01/1900"}, "avant la naissance"),
    ({"given_on": "30/02/2026"}, "Cette date n’existe pas"),
    ({"next_on": "01/01/2020"}, "La prochaine dose vient après celle-ci"),
    ({"lot": "06 12 34 56 78"}, "téléphone"),
])
def test_a_refused_form_says_how_to_mend_it_and_keeps_what_was_typed(
    room: Room, lemoine: Browser, fields: dict[str, str], answer: str
) -> None:
    add(lemoine, room, **fields)
    assert lemoine.status == 422
    assert lemoine.sees(answer)
    chosen = lemoine.page.select_one("#dose option[selected]")
    assert "dose" in fields or (chosen is not None and chosen["value"] == "Rappel")
    with room.inside():
        assert not recorded()


def test_the_same_vaccine_on_the_same_day_is_recorded_once(room: Room, lemoine: Browser) -> None:
    add(room.professional("inf-morvan"), room)
    add(lemoine, room)
    assert lemoine.status == 422
    assert lemoine.sees("Cette vaccination est déjà notée : grippe saisonnière")
    assert lemoine.sees("par Sophie Morvan")
    with room.inside():
        assert len(recorded()) == 1


def test_a_mistake_is_mended_and_the_note_has_a_new_version(room: Room, lemoine: Browser, marie: Browser) -> None:
    add(lemoine, room)
    lemoine.click("Corriger").submit("Enregistrer la correction", lot="ZZ-9")
    assert lemoine.sees("La vaccination est corrigée")
    assert lemoine.sees("ZZ-9")
    assert marie.go("/notifications/").sees("par une nouvelle version")
    assert marie.click("a remplacé le document").sees("ZZ-9")
    with room.inside():
        [one] = recorded()
        assert one.document is not None
        assert (one.lot, one.document.version, notified("MODIF_DOC")) == ("ZZ-9", 2, 1)


def test_its_note_is_mended_with_it_and_not_alone(room: Room, lemoine: Browser) -> None:
    add(lemoine, room)
    with room.inside():
        [one] = recorded()
        assert one.document is not None
        note = f"/pro/patients/{one.record.ref}/documents/{one.document.ref}"
    assert not lemoine.go(note).sees("Remplacer")
    assert lemoine.click("Corriger la vaccination").path.startswith("/pro/patients/")
    assert lemoine.go(f"{note}/remplacer").sees("Cette note suit la vaccination")
    lemoine.go(f"{note}/retirer").submit("Retirer", reason="Mauvais dossier")
    with room.inside():
        assert recorded()[0] not in service.of_record(recorded()[0].record)
    lemoine.go(note).submit("Remettre dans le dossier")
    with room.inside():
        assert recorded()[0] in service.of_record(recorded()[0].record)


def test_what_was_recorded_by_mistake_leaves_with_its_note(room: Room, lemoine: Browser, marie: Browser) -> None:
    add(lemoine, room)
    lemoine.click("Corriger").submit("Oui, retirer cette vaccination")
    assert lemoine.sees("La vaccination n’est plus dans le dossier")
    assert not lemoine.sees("AB-123C")
    assert marie.go("/notifications/").sees("a retiré le document « Vaccination – grippe saisonnière (rappel) »")
    assert not marie.go("/documents/").sees("Vaccination – grippe saisonnière")
    assert add(lemoine, room).sees("La vaccination est notée")
    with room.inside():
        assert len(service.of_record(room.record(1))) == 1


def test_a_colleague_does_not_mend_it(room: Room, lemoine: Browser) -> None:
    add(room.professional("inf-morvan"), room)
    lemoine.go(f"{patient_path(room)}?volet=vaccinations")
    assert lemoine.sees("AB-123C")
    assert "Corriger" not in " ".join(lemoine.links())
    with room.inside():
        [one] = recorded()
    assert lemoine.go(f"{patient_path(room)}/vaccinations/{one.ref}/corriger").status == 404
    assert lemoine.go(f"{patient_path(room, 2)}/vaccinations/{one.ref}/corriger").status == 404


def test_every_vaccine_of_the_list_can_be_recorded(room: Room) -> None:
    with room.inside():
        doctor, record = room.user("dr-lemoine"), room.record(1)
        for code, vaccine in service.vaccines().items():
            assert set(vaccine) == {"code", "label", "product", "calendar", "compulsory"}, code
            for dose in service.DOSES[:1]:
                service.add(doctor, record, service.Told(code, today(), dose, "L1", service.SITES[0]))
        titles = [one.document.title for one in recorded() if one.document]
        assert len(titles) == len(service.vaccines())
        assert all(db.session.scalars(sa.select(Document).where(Document.title == title)).all() for title in titles)
        assert "…" not in " ".join(titles)


def test_the_calendar_beside_the_form_names_every_vaccine(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/vaccinations/ajouter")
    lines = [text_of(line) for line in lemoine.page.select("main details li")]
    assert len(lines) == len(service.vaccines())
    assert any(line.startswith("Rougeole, oreillons, rubéole : 12 mois") for line in lines)


def test_taken_back_twice_it_is_told_so(room: Room, lemoine: Browser) -> None:
    add(lemoine, room)
    with room.inside():
        ref = recorded()[0].ref
    lemoine.go(f"{patient_path(room)}/vaccinations/ajouter")
    for _ in range(2):
        press(lemoine, f"{patient_path(room)}/vaccinations/{ref}/retirer")
    assert lemoine.sees("Cette vaccination n’est plus dans le dossier")


def test_whoever_is_blocked_does_not_read_again_what_they_recorded(room: Room, lemoine: Browser) -> None:
    add(lemoine, room)
    with room.inside():
        ref = recorded()[0].ref
        privacy.block(room.record(1).owner, room.record(1), room.user("dr-lemoine"))
    assert lemoine.go(f"{patient_path(room)}/vaccinations/{ref}/corriger").status == 404
