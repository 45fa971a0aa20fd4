"""An e-mail says that something happened, never what it says of somebody's health."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from sandbox.acts import Act, ServicesListed, every_act, publish
from sandbox.agenda.models import Appointment, Reminder
from sandbox.clock import now, today
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.export.models import Export
from sandbox.family.models import Delegation
from sandbox.help.models import Kind, Ticket
from sandbox.mailbox.models import Channel, Mail
from sandbox.messaging.models import Conversation
from sandbox.notifications.letters import WHAT
from sandbox.notifications.models import Code
from sandbox.prescriptions.models import Line, Prescription
from tests.browser import Browser, text_of
from tests.room import Room

MARK = "Zébulonine"
FOOT = "Ce message d’entraînement n’est pas un vrai e-mail."


def mails(room: Room, seat: int = 1) -> list[tuple[str, str]]:
    with room.inside():
        query = sa.select(Mail).where(Mail.user_id == room.record(seat).owner_id, Mail.channel == Channel.EMAIL)
        return [(mail.subject, mail.body) for mail in db.session.scalars(query.order_by(Mail.id))]


def things(room: Room) -> dict[str, Callable[[], Any]]:
    """What each field of an act may hold, marked wherever a word could leak."""
    record, author = room.record(1), room.user("dr-lemoine")
    prescription = sa.select(Prescription).where(Prescription.record_id == record.id)
    return {
        "document": lambda: db.session.scalars(sa.select(Document).where(Document.title == MARK)).first(),
        "conversation": lambda: Conversation(ref="c", record=record, professional=author, subject=MARK),
        "prescription": lambda: db.session.scalars(prescription).first(),
        "appointment": lambda: Appointment(ref="a", record=record, professional=author, title=MARK, starts_at=now(), in_agenda=True, service=""),
        "reminder": lambda: Reminder(ref="r", record=record, title=MARK, due_on=today()),
        "line": lambda: Line(drug=MARK),
        "export": lambda: Export(ref="e", record=record, user=record.owner),
        "ticket": lambda: Ticket(ref="t", record=record, author=record.owner, kind=Kind.QUESTION, subject=MARK, text=MARK),
        **dict.fromkeys(("reason", "service", "name", "state", "when"), lambda: MARK),
    }


def telling() -> list[type[Act]]:
    """All but the list of services, which is asked to name them (tests/catalogue/test_listing.py)."""
    return [act for act in every_act() if act.notifies and act is not ServicesListed]


@pytest.mark.parametrize("act", telling(), ids=lambda act: act.__name__)
def test_no_act_leaks_a_word_into_a_mail(room: Room, act: type[Act]) -> None:
    with room.inside():
        author, record = room.user("dr-lemoine"), room.record(1)
        documents.deposit_text(record.owner, record, title=MARK, category="BIOLOGIE", text=MARK)
        author.name = f"Dr {MARK}"
        held = things(room)
        known = {name: held[name]() for name in act.__dataclass_fields__ if name in held}
        with db.session.no_autoflush:
            publish(act(actor=author, record=record, **known))
        for thing in known.values():
            if thing in db.session.new:
                db.session.expunge(thing)
    (subject, body), = mails(room)
    assert subject == WHAT[Code(act.notifies)].format(space="votre espace")
    assert MARK not in subject + body
    assert subject in body
    assert body.endswith(FOOT)


def test_every_code_has_its_mail() -> None:
    assert set(WHAT) == set(Code)


@pytest.mark.practises("C01")
def test_marie_is_told_by_mail_of_each_thing_and_of_no_health(room: Room, marie: Browser, lemoine: Browser) -> None:
    record = given(room)
    room.professional("labo-horizon").go(f"{record}/deposer").submit("Déposer", kind="11502-2", **PAPER)
    lemoine.go(record).click(MARK)
    lemoine.go(f"{record}/ecrire").submit("Envoyer", subject=MARK, text=MARK)
    lemoine.go(f"{record}/deposer").submit("Déposer", kind=documents.VACCINATION_NOTE, **PAPER)
    stranger = room.professional("dr-perrin").go(record).click("Urgence : ouvrir sans accord")
    stranger.submit("Ouvrir le dossier en urgence", reason=f"Personne inconsciente {MARK}")
    assert [subject for subject, _ in mails(room)] == [WHAT[code].format(space="votre espace") for code in (
        Code.AJOUT_DOC, Code.ACCES_DMP_PS, Code.CONSULT_DOCUMENT, Code.RECEPTION_MESSAGE, Code.AJOUT_VACCINATION,
        Code.ACCES_BRIS_GLACE,
    )]
    phone = text_of(marie.go("/telephone/").page.find(class_="phone-screen"))
    phone += "".join(body for _, body in mails(room))
    assert phone.count(FOOT) == 6
    for word in (MARK, "Horizon", "Lemoine", "Perrin", "inconsciente", "vaccin", "biologie"):
        assert word.lower() not in phone.lower()
    assert marie.go("/notifications/").sees(f"a ajouté une vaccination : « {MARK} »")


PAPER = {"title": MARK, "dated": today().isoformat(), "text": MARK}


def given(room: Room) -> str:
    """No mail yet; where professionals find Marie's record."""
    with room.inside():
        db.session.execute(sa.delete(Mail))
        return f"/pro/patients/{room.record(1).ref}"


def test_a_childs_mail_goes_to_whoever_keeps_the_profile_and_says_whose_it_is(room: Room) -> None:
    with room.inside():
        child = db.session.scalars(sa.select(Delegation).where(Delegation.delegate == room.record(1).owner)).one().record
        documents.deposit_text(room.user("labo-horizon"), child, title=MARK, category="BIOLOGIE", text=MARK)
        first_name = child.first_name
    subject, body = mails(room)[-1]
    assert re.fullmatch(f"Un document a été ajouté à l’espace (de |d’){first_name}", subject)
    assert MARK not in body
    assert mails(room, 2) == []
