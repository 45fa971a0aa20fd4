"""Before a record opens: consent, an emergency with its reason, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import clock
from sandbox.pro import service
from tests.browser import Browser, text_of
from tests.pro.people import document, done, name_of, notified, patient_path
from tests.room import Room

REASON = "Chute, patiente confuse : allergies à connaître"


@pytest.fixture
def perrin(room: Room) -> Browser:
    """Dr Perrin, of the emergency department, whom the patient has never met."""
    return room.professional("dr-perrin")


def test_consent_opens_the_record_and_the_patient_is_told_of_a_first_access(room: Room, perrin: Browser) -> None:
    with room.inside():
        before = notified("ACCES_DMP_PS")
    perrin.go(patient_path(room))
    assert perrin.heading == f"Accord de {name_of(room)}"
    assert "document" not in text_of(perrin.page.find("main")).replace("Déposer un document", "").lower()
    assert perrin.submit("Le patient est informé et d’accord").heading.endswith(name_of(room))
    assert perrin.page.select("section[aria-labelledby=documents] tbody tr")
    perrin.go(patient_path(room))
    with room.inside():
        assert [done(act) for act in ("RecordFirstConsulted", "RecordConsulted")] == [1, 0]
        assert notified("ACCES_DMP_PS") == before + 1


def test_the_glass_asks_for_a_reason_and_keeps_what_was_written(room: Room, perrin: Browser) -> None:
    perrin.go(patient_path(room)).click("Urgence : ouvrir sans accord")
    for reason in ("", "Urgent", "   Urg\n\n\n\nent      "):
        assert perrin.submit("Ouvrir le dossier en urgence", reason=reason).status == 422
        assert perrin.sees("Écrivez en quelques mots pourquoi c’est une urgence")
    assert text_of(perrin.page.find("textarea")) == "Urg ent"
    assert perrin.submit("Ouvrir le dossier en urgence", reason="a" * 201).sees("200 signes au plus")
    assert len(text_of(perrin.page.find("textarea"))) == 201
    with room.inside():
        assert done("GlassBroken") == 0


def test_a_broken_glass_opens_for_twelve_hours_and_is_told_with_its_reason(room: Room, perrin: Browser) -> None:
    with room.inside():
        before = notified("ACCES_BRIS_GLACE")
    perrin.go(patient_path(room)).click("Urgence : ouvrir sans accord").submit("Ouvrir le dossier en urgence", reason=REASON)
    assert perrin.page.select("main .notice.bad")
    assert perrin.sees("Accès en urgence jusqu’au")
    assert perrin.page.select("section[aria-labelledby=documents] tbody tr")
    with room.inside():
        assert notified("ACCES_BRIS_GLACE") == before + 1
        assert [done(act) for act in ("GlassBroken", "RecordConsulted", "EmergencyConsulted")] == [1, 0, 0]
    later(room, timedelta(hours=1))
    perrin.go(patient_path(room))
    with room.inside():
        assert done("EmergencyConsulted") == 1
    later(room, timedelta(hours=12, minutes=1))
    assert perrin.go(patient_path(room)).heading == f"Accord de {name_of(room)}"


def later(room: Room, by: timedelta) -> None:
    """The room's clock moves on."""
    with room.inside():
        room.world().shift_seconds = int(by.total_seconds())


def test_whoever_may_not_break_the_glass_is_led_back(room: Room, lemoine: Browser) -> None:
    path = patient_path(room)
    assert lemoine.go(f"{path}/urgence").path == path
    samu = room.professional("dr-faure").go(f"{path}/urgence")
    assert samu.sees("Accès en urgence du SAMU")
    assert room.professional("labo-horizon").go(f"{path}/urgence").sees("Votre établissement dépose sans lire")


def test_the_doctor_of_the_15_reads_and_writes_but_receives_nobody(room: Room) -> None:
    samu = room.professional("dr-faure").go(patient_path(room))
    assert "Rendez-vous" not in samu.links()
    for verb in ("Prescrire", "Ajouter une vaccination", "Donner un rendez-vous", "Examens de l’enfant"):
        assert verb not in samu.links(), verb
    for page in ("prescrire", "vaccinations/ajouter", "rendez-vous"):
        assert samu.go(f"{patient_path(room)}/{page}").status == 404, page
    for page in ("rendez-vous/", "rendez-vous/semaine", "rendez-vous/donner", "horaires"):
        assert samu.go(f"/pro/{page}").status == 404, page
    assert "Déposer un document" in samu.go(patient_path(room)).links()
    assert "Rendez-vous" in room.professional("hopital-valbrune").go("/pro/").links()


def test_consent_is_not_asked_of_a_patient_who_blocked_nor_by_an_establishment(room: Room, perrin: Browser, marie: Browser) -> None:
    form = perrin.go(patient_path(room)).page
    with room.inside():
        service.privacy.block(room.record(1).owner, room.record(1), room.user("dr-perrin"))
    perrin.page = form
    assert perrin.submit("Le patient est informé et d’accord").status == 404
    with room.inside():
        assert done("RecordFirstConsulted") == 0


def test_a_consent_given_after_an_emergency_ends_it(room: Room, perrin: Browser) -> None:
    perrin.go(patient_path(room)).click("Urgence : ouvrir sans accord").submit("Ouvrir le dossier en urgence", reason=REASON)
    perrin.submit("Le patient est maintenant informé et d’accord")
    assert not perrin.sees("Accès en urgence")
    with room.inside():
        assert done("RecordFirstConsulted") == 1
        with clock.shifted(timedelta(hours=13)):
            service.consult(room.user("dr-perrin"), room.record(1))
        assert done("RecordConsulted") == 1


def test_a_refusal_is_noted_opens_nothing_and_the_patient_sees_its_trace(room: Room, perrin: Browser, marie: Browser) -> None:
    perrin.go(patient_path(room)).submit("Le patient refuse")
    assert perrin.heading == f"Accord de {name_of(room)}"
    assert perrin.sees("son dossier ne s’ouvre pas")
    assert perrin.sees("Refus noté le")
    assert perrin.go(f"{patient_path(room)}/suivi").status == 404
    assert marie.go("/historique/").sees("Dr Antoine Perrin vous a demandé votre accord pour lire votre dossier, et a noté votre refus")
    with room.inside():
        assert [done(act) for act in ("ConsentRefused", "RecordFirstConsulted", "RecordConsulted")] == [1, 0, 0]
    assert perrin.go(patient_path(room)).submit("Le patient est informé et d’accord").heading.endswith(name_of(room))


def test_a_refusal_ends_an_emergency(room: Room, perrin: Browser) -> None:
    perrin.go(patient_path(room)).click("Urgence").submit("Ouvrir le dossier en urgence", reason=REASON)
    perrin.submit("Oui, le patient refuse")
    assert perrin.heading == f"Accord de {name_of(room)}"
    assert perrin.go(f"{patient_path(room)}/suivi").status == 404


def test_whoever_is_authorised_notes_no_refusal(room: Room, perrin: Browser, lemoine: Browser) -> None:
    form = perrin.go(patient_path(room)).page
    lemoine.go(patient_path(room))
    lemoine.page = form
    assert lemoine.submit("Le patient refuse").status in {400, 404, 409}
    with room.inside():
        assert done("ConsentRefused") == 0


def test_the_end_of_the_emergency_is_on_every_page_of_the_record(room: Room, perrin: Browser) -> None:
    path = patient_path(room)
    perrin.go(path).click("Urgence").submit("Ouvrir le dossier en urgence", reason=REASON)
    band = text_of(perrin.page.find(class_="emergency-band"))
    assert band.startswith("Accès en urgence jusqu’au")
    assert perrin.sees("Restent fermés : les documents masqués")
    assert perrin.sees("avec le motif que vous avez écrit")
    with room.inside():
        ref = document("bilan-lipidique").ref
    for page in ("?volet=vaccinations", "?volet=entourage", f"/documents/{ref}", "/deposer", "/ecrire", "/prescrire"):
        assert text_of(perrin.go(path + page).page.find(class_="emergency-band")) == band, page
    assert perrin.go("/pro/").page.find(class_="emergency-band") is None


def test_the_samu_reads_without_asking_and_knows_what_stays_closed(room: Room) -> None:
    samu = room.professional("dr-faure").go(patient_path(room))
    assert text_of(samu.page.find(class_="emergency-band")).startswith("Accès en urgence du SAMU , sans l’accord de")
    assert samu.sees("Restent fermés : les documents masqués")
    assert not samu.sees("avec le motif")
    assert "Le patient refuse" not in {text_of(button) for button in samu.page.find_all("button")}
    with room.inside():
        assert [done(act) for act in ("SamuConsulted", "GlassBroken")] == [1, 0]
        room.record(1).samu = False
    assert samu.go(patient_path(room)).sees("Ce patient a dit non à l’accès du SAMU")


def test_the_list_of_patients_says_who_they_are_and_nothing_else(room: Room, perrin: Browser) -> None:
    heads = [text_of(head) for head in perrin.go("/pro/").page.select(".people thead th")]
    assert heads == ["Patient", "Naissance", "Âge", "Sexe", "N° de sécurité sociale", "Place"]
