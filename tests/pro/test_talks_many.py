"""One message to several patients: to each their own exchange, and those who cannot be written to are named."""

from __future__ import annotations

from io import BytesIO

import sqlalchemy as sa

from sandbox.account import life
from sandbox.db import db
from sandbox.messaging.models import Conversation
from sandbox.workshops.starts import Start
from tests.browser import Browser
from tests.pro.exchanges import press
from tests.pro.people import name_of
from tests.room import Room

FLU = {"subject": "Vaccin contre la grippe", "text": "Le vaccin est arrivé au cabinet."}


def refs(room: Room, *seats: int) -> list[str]:
    with room.inside():
        return [room.record(seat).ref for seat in seats]


def sent(room: Room) -> list[Conversation]:
    """Only inside: the exchanges with this subject, a seat after the other."""
    query = sa.select(Conversation).where(Conversation.subject == FLU["subject"]).order_by(Conversation.seat)
    return list(db.session.scalars(query))


def begin(room: Room, person: Browser, *seats: int) -> Browser:
    person.go("/pro/messages").click("Écrire à plusieurs patients")
    return person.go("/pro/messages/plusieurs/ecrire?avec=" + "&avec=".join(refs(room, *seats)))


def test_each_gets_their_own_and_never_sees_the_others(room: Room, lemoine: Browser, marie: Browser, jean: Browser) -> None:
    assert begin(room, lemoine, 1, 2).heading == "Message à 2 patients"
    lemoine.submit("Envoyer", **FLU, civility="y")
    assert lemoine.sees("Votre message est parti à 2 patients, à chacun dans un échange à part.")
    with room.inside():
        assert [talk.seat for talk in sent(room)] == [1, 2]
        titles = [f"Bonjour {room.record(seat).title} {room.record(seat).family_name.upper()}," for seat in (1, 2)]
    for who, title, other in ((marie, titles[0], name_of(room, 2)), (jean, titles[1], name_of(room, 1))):
        who.go("/messages/").click(FLU["subject"])
        assert who.sees(title)
        assert not who.sees(other)


def test_ticks_stay_from_one_search_to_the_next(room: Room, lemoine: Browser) -> None:
    first, second = refs(room, 1, 2)
    lemoine.go("/pro/messages/plusieurs").submit("Chercher", q=name_of(room, 2).split()[-1], avec=first)
    assert lemoine.sees(f"Cochés aussi, et gardés : {name_of(room)}.")
    assert lemoine.page.select_one(f"input[type=checkbox][value='{second}']")
    lemoine.submit("Cocher ceux-ci")
    assert lemoine.page.select_one(f"input[type=checkbox][value='{second}']").has_attr("checked")  # type: ignore[union-attr]
    assert lemoine.sees(name_of(room))


def test_all_at_once_but_those_who_are_shut(room: Room, lemoine: Browser) -> None:
    with room.inside():
        life.put(room.record(2), Start.OPPOSED)
    shut, = refs(room, 2)
    lemoine.go("/pro/messages/plusieurs").submit("Tout cocher")
    ticked = [str(box["value"]) for box in lemoine.page.select("input[type=checkbox][checked]")]
    assert shut not in ticked
    assert len(ticked) >= 3
    assert lemoine.page.select_one(f"input[value='{shut}'][disabled]")


def test_those_shut_meanwhile_are_named_and_the_others_written_to(room: Room, lemoine: Browser) -> None:
    begin(room, lemoine, 1, 2)
    with room.inside():
        life.put(room.record(2), Start.CLOSED)
    lemoine.submit("Envoyer", **FLU)
    assert lemoine.sees("Votre message est parti à 1 patient")
    assert lemoine.sees(f"Rien n’a été envoyé à {name_of(room, 2)}")
    with room.inside():
        assert [talk.seat for talk in sent(room)] == [1]


def test_nobody_left_loses_nothing(room: Room, lemoine: Browser) -> None:
    begin(room, lemoine, 1)
    with room.inside():
        life.put(room.record(1), Start.CLOSED)
    assert lemoine.submit("Envoyer", **FLU).status == 422
    assert lemoine.sees("Choisissez d’autres patients")
    assert lemoine.page.find("textarea").get_text().strip() == FLU["text"]  # type: ignore[union-attr]


def test_nobody_ticked_says_what_to_do(lemoine: Browser) -> None:
    assert lemoine.go("/pro/messages/plusieurs/ecrire").sees("Choisissez au moins un patient")


def test_a_file_goes_to_each_and_stays_when_the_words_are_refused(room: Room, lemoine: Browser, jean: Browser) -> None:
    begin(room, lemoine, 1, 2).submit("Envoyer", subject=FLU["subject"], text="", file=(BytesIO(b"Venez."), "affiche.txt"))
    assert lemoine.status == 422
    assert lemoine.sees("affiche")
    lemoine.submit("Envoyer", **FLU)
    with room.inside():
        pieces = [talk.messages[0].attachments[0].document for talk in sent(room)]
        assert [(piece.title, piece.seat) for piece in pieces] == [("affiche", 1), ("affiche", 2)]
    assert jean.go("/messages/").click(FLU["subject"]).click("affiche").sees("Venez.")


def test_a_greeting_leaves_room_for_itself(room: Room, lemoine: Browser) -> None:
    begin(room, lemoine, 1).submit("Envoyer", subject="Long", text="a" * 2950, civility="y")
    assert lemoine.status == 422
    assert lemoine.sees("2 900 au plus")


def test_whoever_has_not_come_yet_is_named(room: Room, lemoine: Browser) -> None:
    with room.inside():
        life.put(room.record(2), Start.CREATED)
    assert begin(room, lemoine, 1, 2).sees(f"{name_of(room, 2)} : espace pas encore activé")


def test_one_message_may_end_every_exchange(room: Room, lemoine: Browser) -> None:
    begin(room, lemoine, 1, 2)
    press(lemoine, "terminer", **FLU)
    with room.inside():
        assert [talk.is_ended for talk in sent(room)] == [True, True]
