"""What is done to a space is told to whoever keeps it: short, no word of health, and what to do when it was not them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from sandbox import acts
from sandbox.account import life
from sandbox.account.models import Device
from sandbox.clock import now
from sandbox.db import db
from sandbox.mailbox import service
from sandbox.mailbox.models import Channel, Mail
from sandbox.workshops.fixtures import common
from sandbox.workshops.starts import STATES, Start
from tests.mailbox.phone import newest
from tests.room import Room

NOT_YOU = "Si ce n’est pas vous"
TOLD: list[type[acts.Act]] = [
    acts.SpaceActivated, acts.PasswordChanged, acts.SpaceOpposed, acts.OppositionWithdrawn, acts.SpaceClosed,
    acts.SpaceClosedForGood, acts.SpaceReopened, acts.SpaceErased, acts.DevicePaired, acts.DeviceRevoked,
]
ACT_LETTERS = [name for name in common("letters") if name not in {"addresses", "invitation"}]


def letters() -> Iterator[dict[str, str]]:
    """Each letter of the fixtures."""
    for name, letter in common("letters").items():
        if name != "addresses":
            yield from ([letter] if "body" in letter else letter.values())


@pytest.mark.parametrize("act", TOLD, ids=lambda act: act.__name__)
def test_the_person_is_told(room: Room, act: type[acts.Act]) -> None:
    with room.inside():
        record = room.record(1)
        device = Device(user=record.owner, name="La tablette", kind="tablet", paired_at=now())
        about: dict[str, Any] = {"device": device} if issubclass(act, acts.DeviceAct) else {}
        acts.publish(act(actor=record.owner, record=record, **about))
        mail = newest(room)
        assert mail.channel is Channel.EMAIL
        assert NOT_YOU in mail.body
        assert "{" not in mail.body + mail.subject
        assert ("La tablette" in mail.body) is bool(about)


@pytest.mark.parametrize(("act", "channel"), [(acts.EmailChanged, Channel.EMAIL), (acts.MobileChanged, Channel.SMS)])
def test_a_changed_contact_is_told_to_the_former_and_to_the_new_one(
    room: Room, act: type[acts.Act], channel: Channel
) -> None:
    with room.inside():
        record = room.record(1)
        acts.publish(act(actor=record.owner, record=record))
        told = service.inbox(record.owner, 2)
        assert [mail.channel for mail in told] == [channel, channel]
        assert all(NOT_YOU in mail.body for mail in told)
        assert len({mail.body for mail in told}) == 2


def test_a_childs_activation_is_told_to_the_parent(room: Room) -> None:
    with room.inside():
        parent = room.record(1).owner
        child = parent.delegations[0].record
        acts.publish(acts.ChildActivated(actor=parent, record=child))
        assert newest(room).subject == f"Le profil de {child.first_name} est activé"


@pytest.mark.parametrize("start", [start for start in Start if STATES[start].life == "created"], ids=str)
def test_the_invitation_comes_by_post_when_the_caisse_knows_no_email(room: Room, start: Start) -> None:
    with room.inside():
        db.session.execute(sa.delete(Mail))
        life.put(room.record(1), start)
        assert newest(room).channel is (Channel.EMAIL if "email" in STATES[start].reach else Channel.POST)


@pytest.mark.parametrize("name", ACT_LETTERS)
def test_each_letter_has_the_name_of_an_act(name: str) -> None:
    assert issubclass(getattr(acts, name), acts.Act)


def test_every_link_of_a_letter_is_a_page_of_the_site(app: Flask) -> None:
    pages = app.url_map.bind("localhost")
    linked = [letter for letter in letters() if letter.get("link")]
    assert len(linked) > 8
    for letter in linked:
        assert pages.match(letter["link"], method="GET")
        assert letter["link_label"]


def test_an_email_comes_from_a_reserved_domain() -> None:
    assert all(address.endswith(".example") for address in common("letters")["addresses"].values())
