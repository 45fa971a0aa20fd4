"""A service tied to a record, and untied: whose it is, when it must be agreed to again, what a key is worth."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.account.models import Life, Record
from sandbox.catalogue import calls, halting, pairing, service
from sandbox.catalogue.calls import Call, Denial
from sandbox.catalogue.models import Consent, Purpose, Status, Synchronization
from sandbox.catalogue.service import Service
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.journal.models import Entry
from tests.account.at_the_door import later
from tests.browser import Browser
from tests.family.test_profiles import child
from tests.room import Room

METER = "glyco-suivi"
READ, WRITE = Purpose.READ_MEASURES, Purpose.WRITE_MEASURES


def sheet(record: Record, slug: str = METER) -> Service:
    found = service.find(slug, record)
    assert found is not None
    return found


def agreed(record: Record, *granted: Purpose, slug: str = METER) -> Synchronization:
    """Only inside: its owner, or who decides for a child, says yes to these, or to everything."""
    user = record.keepers[0]
    tie = pairing.agree(user, record, sheet(record, slug), granted or tuple(Purpose))
    assert tie is not None
    return tie


def denial(passkey: str, purpose: Purpose) -> Denial | None:
    return Call(calls.find(passkey), purpose).denial


def told(record: Record) -> list[str]:
    """The acts about services of a record's history, as they came."""
    query = sa.select(Entry.phrase).where(Entry.record_id == record.id, ~Entry.from_pack, Entry.subject_ref == METER)
    return list(db.session.scalars(query.order_by(Entry.id)))


def test_a_no_is_written_as_a_yes_is(room: Room) -> None:
    with room.inside():
        tie = agreed(room.record(1), READ)
        answers = {one.purpose: one.granted for one in db.session.scalars(sa.select(Consent).where(Consent.synchronization == tie))}
        assert answers == {READ: True, WRITE: False, Purpose.WRITE_DOCUMENTS: False}


def test_what_the_service_does_not_ask_for_is_never_granted(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        tie = agreed(record, READ, Purpose.READ_AGENDA)
        assert not tie.grants(Purpose.READ_AGENDA)
        assert pairing.agree(record.owner, record, sheet(record, "rdv-valbrune"), [Purpose.READ_DOCUMENTS]) is None
        assert told(record)[-1].endswith("lire vos mesures")


def test_agreeing_again_gives_a_new_key_and_the_former_dies(room: Room) -> None:
    with room.inside():
        former = agreed(room.record(1)).passkey
        tie = agreed(room.record(1), READ)
        assert (denial(former, READ), denial(tie.passkey, READ), denial(tie.passkey, WRITE)) == (Denial.UNKNOWN, None, Denial.REFUSED)
        assert len([one for one in pairing.of(room.record(1)) if one.service == METER]) == 1


def test_refusing_everything_the_second_time_unties(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        key = agreed(record).passkey
        assert pairing.agree(record.owner, record, sheet(record), []) is None
        assert pairing.with_service(record, METER) is None
        assert denial(key, READ) is Denial.WITHDRAWN


def test_a_key_dies_with_its_tie_and_does_not_rise_with_the_next(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        tie = agreed(record)
        key = tie.passkey
        pairing.end(record.owner, tie, "Glyco Suivi")
        pairing.end(record.owner, tie, "Glyco Suivi")
        assert denial(key, READ) is Denial.WITHDRAWN
        assert denial(agreed(record).passkey, READ) is None
        assert denial(key, READ) is Denial.WITHDRAWN
        assert len([one for one in told(record) if "n’est plus synchronisé" in one]) == 1


def test_a_key_of_another_world_opens_nothing(room: Room) -> None:
    with room.inside():
        key = agreed(room.record(1)).passkey
    room.renew()
    with room.inside():
        assert (denial(key, READ), denial("", READ)) == (Denial.UNKNOWN, Denial.UNKNOWN)


def test_agreements_live_a_year(room: Room) -> None:
    with room.inside():
        key = agreed(room.record(1)).passkey
    later(room, timedelta(days=364))
    with room.inside():
        assert denial(key, READ) is None
    later(room, timedelta(days=1, seconds=1))
    with room.inside():
        tie = pairing.with_service(room.record(1), METER)
        assert tie is not None
        assert denial(key, READ) is Denial.EXPIRED
        with pytest.raises(Refused, match="Redonner mes accords"):
            pairing.change(room.record(1).owner, tie, sheet(room.record(1)), [READ])
        assert denial(agreed(room.record(1)).passkey, READ) is None


def test_a_new_version_stops_everything_until_it_is_agreed_to(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        key = agreed(record, READ).passkey
        halting.renew(room.user("portail"), record, METER, 2)
        assert denial(key, READ) is Denial.RENEWAL
        tie = agreed(record, READ)
        assert (denial(tie.passkey, READ), denial(tie.passkey, Purpose.READ_DOCUMENTS)) == (None, Denial.REFUSED)
        assert tie.since < tie.agreed_at


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.OFFLINE, Status.DELISTED])
def test_a_service_that_is_stopped_gets_nothing_and_cannot_be_tied(room: Room, status: Status) -> None:
    with room.inside():
        record, portal = room.record(1), room.user("portail")
        key = agreed(record).passkey
        halting.halt(portal, record, METER, status)
        assert denial(key, READ) is Denial.HALTED
        with pytest.raises(Refused, match="ne peut pas être synchronisé"):
            agreed(record)
        halting.halt(portal, record, METER, Status.ONLINE)
        assert denial(key, READ) is None


def test_a_grown_child_decides_alone(room: Room) -> None:
    """What a parent agreed to falls at eighteen, the day itself, and not the day before."""
    with room.inside():
        record = child(room, 1)
        born, key = record.birth_date, agreed(record).passkey
        comes = clock.at(born.replace(year=born.year + 18)) - clock.now()
        until = pairing.with_service(record, METER)
        assert until is not None
        until.until = clock.now() + comes + timedelta(days=30)
    later(room, comes - timedelta(hours=1))
    with room.inside():
        assert denial(key, READ) is None
    later(room, timedelta(hours=2))
    with room.inside():
        assert denial(key, READ) is Denial.RENEWAL


def test_what_somebody_agreed_to_for_themselves_stays_theirs(room: Room) -> None:
    """Another who cares for an adult's record is no parent: coming of age is not asked twice."""
    with room.inside():
        tie = agreed(room.record(1))
        tie.agreed_by = room.record(2).owner
        assert not calls.came_of_age(tie)


def test_a_space_that_is_closed_gives_nothing(room: Room) -> None:
    with room.inside():
        key = agreed(room.record(1)).passkey
        room.record(1).life = Life.CLOSED
        assert denial(key, READ) is Denial.SHUT


# --- by the pages --------------------------------------------------------------------------------------

def token(person: Browser) -> dict[str, str]:
    field = person.go("/catalogue/").page.select_one("input[name=csrf_token]")
    assert field is not None
    return {"csrf_token": str(field["value"])}


@pytest.mark.parametrize(("slug", "said"), [
    ("carnet-de-nuit", "son site n’est pas simulé"), ("imagerie-corvane", "n’est pas simulé"),
])
def test_a_service_without_a_site_cannot_be_synchronised(room: Room, marie: Browser, slug: str, said: str) -> None:
    answer = marie.client.post(f"/catalogue/{slug}/synchroniser", data=token(marie), follow_redirects=True)
    assert said in " ".join(marie._met(answer).page.get_text(" ").split())
    assert marie.path == f"/catalogue/{slug}"


def test_a_service_that_does_not_exist_cannot_be_asked(marie: Browser) -> None:
    for page in ("synchroniser", "renoncer"):
        assert marie.client.post(f"/catalogue/nexiste/{page}", data=token(marie)).status_code == 404
    assert marie.go("/catalogue/nexiste/accord?etat=x").status == 404


def test_a_suspended_service_is_not_gone_to(room: Room, marie: Browser) -> None:
    with room.inside():
        halting.halt(room.user("portail"), room.record(1), METER, Status.SUSPENDED)
    answer = marie.client.post(f"/catalogue/{METER}/synchroniser", data=token(marie), follow_redirects=True)
    assert marie._met(answer).sees("ne peut pas être synchronisé en ce moment : il est suspendu")
