"""What the agenda is told of a booking, exactly as far as it was agreed; what waits, and what is told once it may be."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.agenda.models import Appointment
from sandbox.catalogue import halting, pairing
from sandbox.catalogue.models import Purpose, Status
from sandbox.db import db
from sandbox.documents.models import Document
from tests.browser import Browser, text_of
from tests.partners.bookings import MINE, SITE, SLUG, known_at, letters, lines, one, page_of, slots_of, takes
from tests.partners.pairing import paired, tied
from tests.pro.people import notified
from tests.room import Room

READ, WRITE, FILE = Purpose.READ_AGENDA, Purpose.WRITE_AGENDA, Purpose.WRITE_DOCUMENTS


def agenda(browser: Browser) -> str:
    return text_of(browser.go("/agenda/").page.main)


def papers(room: Room) -> list[Document]:
    with room.inside():
        return list(db.session.scalars(sa.select(Document).where(Document.seat == 1, Document.title.contains("confirmation"))))


def withdraw(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        tie = pairing.with_service(record, SLUG)
        assert tie is not None
        pairing.end(record.owner, tie, "Rendez-vous Valbrune")


def moves(room: Room, browser: Browser, ref: str, number: int = 6) -> str:
    slot = slots_of(room)[number]
    browser.go(f"{MINE}/{ref}/deplacer?a={slot:%Y-%m-%dT%H:%M}").submit("Déplacer le rendez-vous")
    return f"{slot.hour} h"


# --- told ---------------------------------------------------------------------------------------------

def test_with_every_agreement_the_agenda_and_the_documents_have_it(room: Room, marie: Browser) -> None:
    takes(room, known_at(room, marie, READ, WRITE, FILE), slots_of(room)[0], usual="Vaccin")
    assert marie.sees("Il est aussi inscrit dans votre agenda")
    assert marie.sees("La confirmation est aussi dans vos documents")
    assert "Consultation avec Dr Claire Lemoine" in agenda(marie)
    [paper] = papers(room)
    assert paper.category == "DOC_ADM"
    marie.go(f"/documents/{paper.ref}")
    assert marie.sees("Dr Claire Lemoine")
    assert not marie.sees("Vaccin")
    assert lines(room)[-3:] == ["ServiceSynchronized", "AgendaReadByService", "AppointmentWritten"]
    assert lines(room, elsewhere=True) == ["AppointmentBooked"]


def test_the_agendas_hour_is_told_before_and_neither_with_whom_nor_why(room: Room, marie: Browser) -> None:
    slot = slots_of(room)[0]
    with room.inside():
        db.session.add(Appointment(record=room.record(1), title="Avocat", starts_at=slot, minutes=30))
    known_at(room, marie, READ).go(page_of(room, slot))
    assert marie.sees("Vous avez déjà un rendez-vous à cette heure-là")
    assert not marie.sees("Avocat")
    marie.submit("Confirmer le rendez-vous")
    assert marie.heading == "Votre rendez-vous est confirmé"


def test_without_the_agreement_to_read_nothing_is_asked_of_the_agenda(room: Room, marie: Browser) -> None:
    slot = slots_of(room)[0]
    with room.inside():
        db.session.add(Appointment(record=room.record(1), title="Avocat", starts_at=slot, minutes=30))
    known_at(room, marie, WRITE).go(page_of(room, slot))
    assert not marie.sees("Vous avez déjà un rendez-vous")
    assert "AgendaReadByService" not in lines(room)


def test_a_move_and_a_cancellation_are_followed_by_the_agenda(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie, WRITE), slots_of(room)[0])
    hour = moves(room, marie, ref)
    assert hour in text_of(marie.go(f"/agenda/{ref}").page.main)
    marie.click("Déplacer ou annuler sur Rendez-vous Valbrune").submit("Oui, annuler ce rendez-vous")
    assert marie.go(f"/agenda/{ref}").sees("Annulé")
    assert lines(room)[-3:] == ["AppointmentWritten", "AppointmentRewritten", "AppointmentRewritten"]


def test_the_confirmation_is_deposited_only_when_documents_may_be(room: Room, marie: Browser) -> None:
    takes(room, known_at(room, marie, READ, WRITE), slots_of(room)[0])
    assert not marie.sees("dans vos documents")
    assert papers(room) == []


# --- not told -----------------------------------------------------------------------------------------

def test_never_synchronised_the_booking_stands_and_the_portal_knows_nothing(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie), slots_of(room)[0])
    assert marie.sees("n’est pas synchronisé avec « Mon espace santé »")
    assert marie.sees("Votre rendez-vous tient. Mais votre agenda ne le sait pas")
    assert "Consultation avec Dr Claire Lemoine" not in agenda(marie)
    assert marie.go(f"/agenda/{ref}").status == 404
    assert lines(room) == []
    assert not marie.go("/historique/").sees("Rendez-vous pris")
    assert len(letters(room)) == 1


@pytest.mark.parametrize("how", ["refused", "withdrawn", "halted"])
def test_a_refusal_is_told_in_one_sentence_and_leaves_its_line(room: Room, marie: Browser, how: str) -> None:
    known_at(room, marie, *((READ,) if how == "refused" else (READ, WRITE)))
    if how == "withdrawn":
        withdraw(room)
    if how == "halted":
        with room.inside():
            halting.halt(room.user("portail"), room.record(1), SLUG, Status.SUSPENDED)
    takes(room, marie, slots_of(room)[0])
    said = {"refused": "pas donné cet accord", "withdrawn": "n’est plus synchronisé", "halted": "est à l’arrêt"}[how]
    assert marie.sees(said)
    assert marie.sees("Votre rendez-vous tient")
    assert "Consultation avec Dr Claire Lemoine" not in agenda(marie)
    assert lines(room)[-1] == "ServiceDenied"


def test_moved_after_a_withdrawal_the_agenda_keeps_what_it_knew_and_says_so(room: Room, marie: Browser) -> None:
    slot = slots_of(room)[0]
    ref = takes(room, known_at(room, marie, READ, WRITE), slot)
    withdraw(room)
    marie.go(f"{MINE}/{ref}")
    assert marie.sees("votre agenda gardera l’ancienne heure")
    moves(room, marie, ref)
    assert marie.sees("Votre agenda montre encore ce qui était prévu avant")
    with room.inside():
        kept = db.session.scalars(sa.select(Appointment).where(Appointment.stale_of == ref)).one()
        assert (kept.starts_at, one(ref).in_agenda) == (slot, False)
        kept_ref = kept.ref
    marie.go(f"/agenda/{kept_ref}")
    assert marie.sees("n’est plus mis à jour")
    assert marie.click("Vérifier sur Rendez-vous Valbrune").path == f"{MINE}/{ref}"


def test_cancelled_after_a_withdrawal_the_agenda_still_shows_it(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie, WRITE), slots_of(room)[0])
    withdraw(room)
    marie.go(f"{MINE}/{ref}").submit("Oui, annuler ce rendez-vous")
    assert marie.sees("Votre agenda montre encore ce qui était prévu avant")
    assert "Consultation avec Dr Claire Lemoine" in agenda(marie)


# --- told later ---------------------------------------------------------------------------------------

def test_the_agreement_given_afterwards_what_waits_is_told(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie), slots_of(room)[0])
    marie.click("Synchroniser Rendez-vous Valbrune")
    paired(marie, SLUG)
    marie.click("Continuer sur Rendez-vous Valbrune")
    assert marie.sees("1 rendez-vous est maintenant à jour dans votre agenda")
    assert marie.go(f"/agenda/{ref}").sees("Dr Claire Lemoine")
    assert not marie.go(MINE).sees("maintenant à jour")


def test_synchronised_again_the_former_hour_leaves_the_agenda(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie, WRITE), slots_of(room)[0])
    withdraw(room)
    hour = moves(room, marie, ref)
    tied(room, 1, SLUG, WRITE)
    assert marie.go(MINE).sees("maintenant à jour dans votre agenda")
    assert agenda(marie).count("Consultation avec Dr Claire Lemoine") == 1
    assert hour in text_of(marie.go(f"/agenda/{ref}").page.main)
    with room.inside():
        assert db.session.scalars(sa.select(Appointment.id).where(Appointment.stale_of != "")).first() is None


def test_what_was_cancelled_before_the_agenda_knew_is_never_told(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie), slots_of(room)[0])
    marie.go(f"{MINE}/{ref}").submit("Oui, annuler ce rendez-vous")
    tied(room, 1, SLUG, WRITE)
    marie.go(SITE)
    assert not marie.sees("maintenant à jour")
    assert marie.go(f"/agenda/{ref}").status == 404


# --- the professional's part --------------------------------------------------------------------------

def test_what_the_professional_does_of_an_untold_booking_reaches_neither_history_nor_bell(
    room: Room, marie: Browser, lemoine: Browser
) -> None:
    ref = takes(room, known_at(room, marie), slots_of(room)[0])
    lemoine.go(f"/pro/rendez-vous/{ref}")
    assert lemoine.sees("Pris en ligne")
    lemoine.submit("Confirmer")
    lemoine.submit("Oui, annuler ce rendez-vous", reason="Le cabinet est fermé")
    with room.inside():
        assert notified("RDV_MODIFIE") == 0
    assert lines(room) == []
    assert [mail.subject for mail in letters(room)][1:] == [
        "Votre rendez-vous est confirmé", "Votre rendez-vous est annulé par le professionnel",
    ]
    assert not any("fermé" in mail.body for mail in letters(room))
    assert marie.go(f"{MINE}/{ref}").sees("Le cabinet est fermé")


def test_after_a_withdrawal_the_agenda_does_not_learn_what_the_professional_does(room: Room, marie: Browser, lemoine: Browser) -> None:
    ref = takes(room, known_at(room, marie, WRITE), slots_of(room)[0])
    withdraw(room)
    lemoine.go(f"/pro/rendez-vous/{ref}").submit("Oui, annuler ce rendez-vous")
    with room.inside():
        kept = db.session.scalars(sa.select(Appointment).where(Appointment.stale_of == ref)).one()
        assert (kept.status.value, one(ref).status.value, notified("RDV_MODIFIE")) == ("confirmed", "cancelled", 0)
