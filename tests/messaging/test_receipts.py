"""Who read what, who was told: receipts both ways, colleagues in copy, a parent who writes for a child."""

from __future__ import annotations

from sandbox.messaging import service
from tests.browser import Browser, text_of
from tests.family.test_profiles import child, first_name
from tests.messaging.letters import found, opened
from tests.pro.people import done
from tests.room import Room


def test_marie_asks_for_a_receipt_and_learns_that_it_came(room: Room, marie: Browser, lemoine: Browser) -> None:
    ref = opened(room)
    marie.go(f"/messages/{ref}").submit("Envoyer", text="Je viens jeudi.", receipt="y")
    assert marie.sees("Accusé de réception demandé, pas encore arrivé")
    with room.inside():
        service.acknowledge(room.user("dr-lemoine"), found(ref).messages[-1])
    assert marie.go(f"/messages/{ref}").sees("Bien reçu : accusé de réception du")


def test_a_receipt_is_sent_once_and_only_by_whoever_received(room: Room, marie: Browser) -> None:
    ref = opened(room, receipt=True)
    page = marie.go(f"/messages/{ref}").page
    marie.submit("J’ai bien reçu ce message")
    marie.page = page
    marie.submit("J’ai bien reçu ce message")
    assert not marie.page.select(".receipt")
    assert marie.client.post(f"/messages/{ref}/accuser-reception", data={"message": "rien"} | token(marie)).status_code == 404
    with room.inside():
        assert done("MessageAcknowledged") == 1


def token(person: Browser) -> dict[str, str]:
    return {"csrf_token": str(person.page.find("input", attrs={"name": "csrf_token"})["value"])}


def test_colleagues_in_copy_are_named_and_said_to_have_read(room: Room, marie: Browser) -> None:
    ref = opened(room, copies=("dr-haddad",))
    marie.go(f"/messages/{ref}")
    assert marie.sees("En copie, cette personne lit aussi cet échange : Dr Karim Haddad.")
    marie.submit("Envoyer", text="Bonjour à vous deux.")
    room.professional("dr-haddad").go(f"/pro/messages/{ref}")
    assert marie.go(f"/messages/{ref}").sees("Lu par Dr Karim Haddad")
    room.professional("dr-lemoine").go(f"/pro/messages/{ref}")
    assert marie.go(f"/messages/{ref}").sees("Lu par Dr Claire Lemoine, Dr Karim Haddad")


def test_a_message_written_by_a_colleague_is_theirs_and_waits_to_be_read(room: Room, marie: Browser) -> None:
    ref = opened(room, copies=("dr-haddad",))
    marie.go(f"/messages/{ref}")
    with room.inside():
        service.write(room.user("dr-haddad"), found(ref), "Je prends la suite.")
    assert "Nouveau" in text_of(marie.go("/messages/").page.select_one(".rows .row"))
    assert "Dr Karim Haddad" in text_of(marie.go(f"/messages/{ref}").page.select(".message.new")[-1])
    assert not marie.go(f"/messages/{ref}").page.select(".message.new")


def test_a_parent_writes_for_the_child_and_the_message_says_so(room: Room, marie: Browser) -> None:
    name = first_name(room, 1)
    marie.go("/profils/").submit(f"Ouvrir le profil de {name}")
    marie.go("/messages/").click("Après l’entorse")
    with room.inside():
        parent, whole = room.record(1).owner.name, child(room, 1).name
        footer = f"Message écrit par {parent}, qui représente {whole}"
    assert marie.sees(f"Cette phrase sera ajoutée : « {footer} ».")
    marie.submit("Envoyer", text="a" * 3000)
    with room.inside():
        talk = found(marie.path.split("/")[2].split("?")[0])
        assert talk.messages[-1].body.endswith(f"\n\n{footer}")
    assert marie.sees(footer)


def test_the_owner_s_own_words_carry_no_such_sentence(room: Room, marie: Browser) -> None:
    ref = opened(room)
    marie.go(f"/messages/{ref}").submit("Envoyer", text="Merci.")
    with room.inside():
        assert found(ref).messages[-1].body == "Merci."
