"""A workshop leaves in a file and comes back from one, between two machines; its start is given to colleagues."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from sandbox import create_app
from sandbox.console import moving
from sandbox.db import db, writing
from sandbox.workshops import service
from sandbox.workshops.models import Credential, Workshop
from tests.browser import Browser
from tests.console.test_room import signs_in
from tests.room import Room
from tests.workshops.test_spoilt_luggage import bomb, lying_bomb

KARIM = ("karim@ailleurs.example", "Un-autre-sable-2")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Another machine, its own store, its own trainer."""
    app = create_app(data=str(tmp_path_factory.mktemp("ailleurs")), secret_key="ailleurs", seat_cost=4, trainer_cost=4, fill_pause_ms=0.0)
    app.config.update(TESTING=True)
    with app.app_context(), writing():
        db.create_all()
        service.add_trainer(*KARIM)
        db.session.commit()
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def karim(elsewhere: Flask) -> Browser:
    return signs_in(Browser(elsewhere, "Karim"), *KARIM)


def downloaded(browser: Browser, words: str) -> bytes:
    browser.click(words)
    assert browser.response is not None
    assert browser.response.mimetype == "application/zip"
    assert "attachment" in browser.response.headers["Content-Disposition"]
    return browser.response.data


def brings(browser: Browser, packed: bytes, how: str = "present") -> Browser:
    browser.go("/console/").click("Reprendre un atelier")
    browser.submit("Reprendre l’atelier", file=(io.BytesIO(packed), "atelier.zip"), how=how)
    let_go(browser.response)
    return browser


def room_of(app: Flask, browser: Browser) -> Room:
    code = browser.path.rsplit("/", 1)[1]
    with app.app_context():
        found = Room(app, service.find(code).id, code)
        db.session.remove()
    return found


@pytest.fixture
def leave(room: Room, samira: Browser) -> Browser:
    return samira.go(f"/console/{room.code}").click("Réglages").click("Emporter l’atelier")


@pytest.mark.practises("T06")
def test_a_workshop_goes_to_another_machine_and_its_start_to_a_colleague(
    room: Room, leave: Browser, karim: Browser, elsewhere: Flask, marie: Browser
) -> None:
    marie.go("/documents/")
    before = room.digest()
    assert leave.sees("Ce fichier contient les mots de passe des cartes")
    packed = downloaded(leave, "Télécharger l’atelier")
    karim.go("/console/importer")
    assert karim.sees("Ce qui arrive avec le fichier")
    brings(karim, packed)
    assert karim.sees("est repris, comme il était quand on l’a emporté : 4 places")
    assert karim.sees("Les cartes déjà imprimées restent bonnes si le site garde la même adresse")
    twin = room_of(elsewhere, karim)
    assert (twin.code, twin.digest()) == (room.code, before)
    assert twin.card(1).password == room.card(1).password
    with elsewhere.app_context():
        assert db.session.get_one(Workshop, twin.workshop_id).trainer.email == KARIM[0]
        db.session.remove()
    assert twin.learner(1).go("/documents/").status == 200
    karim.go(f"/console/{twin.code}/remise-a-zero").submit("Remettre")
    assert karim.sees("point de départ")
    start = downloaded(leave.go(f"/console/{room.code}/exporter"), "Partager le point de départ")
    brings(karim, start)
    assert karim.sees("Un nouvel atelier est prêt, depuis ce point de départ : 4 places")
    shared = room_of(elsewhere, karim)
    assert shared.code not in {room.code, twin.code}
    assert shared.card(1).password != room.card(1).password
    assert karim.go(f"/console/{shared.code}/cartes").sees(shared.card(1).identifier)


def test_brought_back_where_it_comes_from_it_has_another_code_and_says_what_to_print(room: Room, leave: Browser) -> None:
    samira = brings(leave, downloaded(leave, "Télécharger l’atelier"), "start")
    assert samira.sees("est repris, comme neuf : 4 places")
    assert samira.sees(f"Le code {room.code} est déjà pris ici : le nouveau code est")
    assert samira.sees("Réimprimez les cartes")
    twin = room_of(room.app, samira)
    assert twin.card(1).token != room.card(1).token
    assert twin.card(1).identifier == room.card(1).identifier
    gone(twin)


def gone(twin: Room) -> None:
    with twin.app.app_context(), writing():
        db.session.delete(db.session.get_one(Workshop, twin.workshop_id))
        db.session.commit()
        db.session.remove()


@pytest.mark.parametrize(("content", "sentence"), [
    (b"", "est vide"), (b"bonjour" * 100, "n’est pas un atelier exporté"), (bomb, "bien plus gros"), (lying_bomb, "est abîmé"),
], ids=["0 byte", "not a zip", "bomb", "lying bomb"])
def test_what_is_no_workshop_is_refused_beside_the_field(room: Room, leave: Browser, content: object, sentence: str) -> None:
    packed = downloaded(leave, "Télécharger l’atelier")
    before = how_many(room)
    samira = brings(leave, content(packed) if callable(content) else content)  # type: ignore[arg-type]
    assert samira.status == 422
    assert samira.sees(sentence)
    assert how_many(room) == before


def how_many(room: Room) -> int:
    with room.app.app_context():
        found = db.session.scalar(sa.select(sa.func.count(Workshop.id)))
        db.session.remove()
    return found or 0


def let_go(answer: TestResponse | None) -> None:
    """The file in which the test's own client kept what it sent."""
    assert answer is not None
    for one in (answer, *answer.history):
        one.request.environ["wsgi.input"].close()


def test_no_file_is_asked_for(samira: Browser) -> None:
    samira.go("/console/importer").submit("Reprendre l’atelier")
    assert samira.status == 422
    assert samira.sees("Choisissez le fichier .zip téléchargé depuis la console.")


def test_a_file_may_be_larger_here_than_elsewhere_and_not_without_end(room: Room, samira: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    most = room.app.config["MAX_CONTENT_LENGTH"]
    assert brings(samira, b"x" * (most + 1)).sees("n’est pas un atelier exporté")
    monkeypatch.setattr(moving.bring, "receives", (1_000, 20))
    assert brings(samira, b"x" * 5_000).sees("Ce fichier est trop lourd : rien n’a été reçu")
    assert samira.heading == "Reprendre un atelier"


def test_whoever_is_not_signed_in_sends_nothing(room: Room) -> None:
    stranger = room.app.test_client()
    before = how_many(room)
    assert stranger.post("/console/importer", data={"file": (io.BytesIO(b"x" * 100), "x.zip")}).status_code == 409
    heavy = stranger.post("/console/importer", data={"file": (io.BytesIO(b"x" * 7_000_000), "x.zip")})
    let_go(heavy)
    assert stranger.get(heavy.headers["Location"]).headers["Location"] == "/console/connexion"
    assert how_many(room) == before


def test_a_closed_workshop_can_still_be_taken_away(room: Room, samira: Browser) -> None:
    with room.app.app_context(), writing():
        service.close(db.session.get_one(Workshop, room.workshop_id))
        db.session.commit()
        db.session.remove()
    samira.go(f"/console/{room.code}/exporter")
    with zipfile.ZipFile(io.BytesIO(downloaded(samira, "Télécharger l’atelier"))) as archive:
        assert archive.testzip() is None


def test_two_bring_the_same_file_at_the_same_moment(room: Room, leave: Browser) -> None:
    packed = downloaded(leave, "Télécharger l’atelier")
    twins = [room_of(room.app, brings(room.trainer(), packed)) for _ in range(2)]
    assert len({twin.code for twin in twins} | {room.code}) == 3
    with room.app.app_context():
        tokens = db.session.scalars(sa.select(Credential.token)).all()
        assert len(set(tokens)) == len(tokens)
        db.session.remove()
    for twin in twins:
        gone(twin)
