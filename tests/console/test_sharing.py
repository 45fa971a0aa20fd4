"""Colleagues run a workshop together; an administrator manages trainers and counts workshops, and sees inside none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from sandbox import clock
from sandbox.db import db, writing
from sandbox.errors import Refused
from sandbox.exercises.models import Attempt
from sandbox.workshops import service, trainers
from sandbox.workshops.models import Share, Trainer, Workshop
from tests.browser import Browser, text_of
from tests.console.test_room import creates, signs_in
from tests.room import TRAINER, Room
from tests.test_routes import STREAMS, addresses, audience_of

KARIM, INES = ("karim@formation.example", "Un-autre-sable-2"), ("ines@formation.example", "Encore-du-sable-3")


@pytest.fixture(autouse=True)
def as_before(room: Room) -> Iterator[None]:
    """Samira administers, Karim and Inès are plain trainers, nothing is shared."""
    _put_back(room)
    yield
    _put_back(room)


def _put_back(room: Room) -> None:
    with room.app.app_context(), writing():
        db.session.execute(sa.delete(Share))
        db.session.execute(sa.delete(Workshop).where(Workshop.id != room.workshop_id, Workshop.trainer_id.in_(sa.select(Trainer.id).where(Trainer.email != TRAINER[0]))))
        for email, password in (KARIM, INES):
            if not db.session.scalars(sa.select(Trainer).where(Trainer.email == email)).first():
                service.add_trainer(email, password)
        for one in db.session.scalars(sa.select(Trainer)).all():
            one.blocked_at = one.expired_at = one.locked_until = None
            one.is_admin, one.failures = one.email == TRAINER[0], 0
            one.password_hash = service.hash_password(dict([TRAINER, KARIM, INES]).get(one.email, "Sans-interet-9"), 4)
        workshop = db.session.get_one(Workshop, room.workshop_id)
        workshop.trainer_id, workshop.territory = trainers.named(TRAINER[0]).id, ""
        db.session.commit()
        db.session.remove()


@pytest.fixture
def karim(room: Room) -> Browser:
    """Karim, trainer, a colleague of Samira's."""
    return signs_in(Browser(room.app, "Karim"), *KARIM)


@pytest.fixture
def ines(room: Room) -> Browser:
    """Inès, trainer elsewhere."""
    return signs_in(Browser(room.app, "Inès"), *INES)


def number_of(room: Room, email: str) -> int:
    with room.app.app_context():
        found = trainers.named(email).id
        db.session.remove()
        return found


def shares(samira: Browser, room: Room, email: str = KARIM[0]) -> Browser:
    return samira.go(f"/console/{room.code}/collegues").submit("Partager l’atelier", email=email)


def sends(browser: Browser, path: str, **fields: object) -> Browser:
    """What a page kept open, or a hand, would send."""
    token = browser.go("/console/").page.find("input", attrs={"name": "csrf_token"})["value"]
    return browser._met(browser.client.post(path, data={"csrf_token": token, **fields}, follow_redirects=True))


@pytest.mark.practises("T16")
def test_a_workshop_is_shared_and_an_administrator_manages_trainers_and_counts(
    room: Room, samira: Browser, karim: Browser, ines: Browser
) -> None:
    assert not karim.go("/console/").sees(room.code)
    assert karim.go(f"/console/{room.code}").status == 404
    samira.go(f"/console/{room.code}").click("Réglages").submit("Enregistrer", territory="Loire-Atlantique (44)")
    samira.go(f"/console/{room.code}").click("Réglages").click("Voir les collègues")
    assert samira.submit("Partager l’atelier", email=" Karim@Formation.example ").sees("karim@formation.example anime maintenant l’atelier avec vous")
    assert karim.go("/console/").sees("partagé par samira@formation.example")
    karim.go(f"/console/{room.code}").submit("Ouvrir la salle" if karim.sees("La salle est fermée") else "Prolonger")
    karim.go(f"/console/{room.code}/remise-a-zero").submit("Remettre")
    assert karim.sees("Les dossiers sont remis à leur point de départ")
    assert ines.go(f"/console/{room.code}").status == 404
    samira.go("/console/").click("Formateurs").submit("Ajouter", email="paul@formation.example")
    password = text_of(samira.page.select_one(".code-figure"))
    paul = signs_in(Browser(room.app, "Paul"), "paul@formation.example", password)
    assert paul.heading == "Mes ateliers"
    creates(paul, "Atelier de Paul", "3")
    samira.go("/console/").click("Formateurs").click("paul@formation.example").submit("Bloquer")
    assert samira.sees("paul@formation.example est bloqué")
    assert paul.go("/console/").heading == "Connexion du formateur"
    samira.click("Territoires")
    assert samira.sees("Loire-Atlantique (44)")
    assert samira.sees("Territoire non précisé")
    assert not samira.sees("Atelier de Paul")
    assert not samira.go("/console/").sees("Atelier de Paul")
    samira.go("/console/territoires.csv")
    assert samira.response is not None
    lines = samira.response.data.decode("utf-8-sig").splitlines()
    assert lines[0] == "Territoire;Mois;Ateliers;Places;Exercices faits;Données réelles refusées"
    assert any(line.startswith(f"Loire-Atlantique (44);{clock.today():%Y-%m};") for line in lines)


def test_a_colleague_neither_ends_nor_shares_nor_takes_out_others(room: Room, samira: Browser, karim: Browser) -> None:
    shares(samira, room)
    shares(samira, room, INES[0])
    assert not karim.go(f"/console/{room.code}/reglages").sees("Terminer l’atelier")
    assert karim.go(f"/console/{room.code}/fin").sees("Seul le formateur qui a créé l’atelier peut le terminer")
    for path in ("fin", "effacer", "collegues", f"collegues/{number_of(room, INES[0])}/retirer"):
        assert sends(karim, f"/console/{room.code}/{path}", email=INES[0], code=room.code).sees("Seul le formateur qui a créé")
    with room.app.app_context():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        assert workshop.closed_at is None
        assert len(db.session.scalars(sa.select(Share)).all()) == 2
        db.session.remove()
    karim.go(f"/console/{room.code}/collegues").submit("Oui, ne plus animer cet atelier")
    assert karim.sees("Vous n’animez plus cet atelier")
    assert karim.go(f"/console/{room.code}").status == 404


def test_who_is_taken_out_is_out_at_once(room: Room, samira: Browser, karim: Browser) -> None:
    shares(samira, room)
    karim.go(f"/console/{room.code}/remise-a-zero")
    samira.go(f"/console/{room.code}/collegues").submit("Retirer karim@formation.example")
    assert samira.sees("Cette personne n’anime plus l’atelier")
    before = room.digest()
    assert karim.submit("Remettre").status == 404
    assert room.digest() == before


@pytest.mark.parametrize(("email", "sentence"), [
    ("", "Écrivez l’adresse e-mail"), ("personne@formation.example", "Aucun formateur n’a cette adresse"), (TRAINER[0], "anime déjà"),
    ("x" * 300, "Écrivez l’adresse e-mail"), (INES[0], "Aucun formateur n’a cette adresse"),
], ids=["empty", "unknown", "oneself", "endless", "blocked"])
def test_who_cannot_be_a_colleague(room: Room, samira: Browser, email: str, sentence: str) -> None:
    with room.app.app_context(), writing():
        trainers.block(None, trainers.named(INES[0]))
        db.session.commit()
        db.session.remove()
    assert shares(samira, room, email).status == 422
    assert samira.sees(sentence)


def test_twice_the_same_colleague_at_the_same_moment_is_once(room: Room, samira: Browser) -> None:
    other = room.trainer().go(f"/console/{room.code}/collegues")
    shares(samira, room)
    assert other.submit("Partager l’atelier", email=KARIM[0]).sees("anime déjà l’atelier")


def test_a_workshop_of_nobody_is_everybodys(room: Room, samira: Browser, karim: Browser) -> None:
    with room.app.app_context(), writing():
        db.session.get_one(Workshop, room.workshop_id).trainer_id = None
        db.session.commit()
        db.session.remove()
    assert karim.go(f"/console/{room.code}/collegues").sees("il n’est à personne")
    assert sends(karim, f"/console/{room.code}/collegues", email=INES[0]).sees("tous les formateurs l’animent déjà")


def test_two_colleagues_act_at_the_same_moment(room: Room, samira: Browser, karim: Browser) -> None:
    shares(samira, room)
    samira.go(f"/console/{room.code}/remise-a-zero")
    karim.go(f"/console/{room.code}/remise-a-zero")
    assert samira.submit("Remettre").sees("point de départ")
    assert karim.submit("Remettre").status == 200
    assert karim.go(f"/console/{room.code}").status == 200


def test_anothers_workshop_is_nowhere(app: Flask, room: Room, karim: Browser) -> None:
    """Every address of the console × a colleague who does not run it."""
    token = karim.go("/console/").page.find("input", attrs={"name": "csrf_token"})["value"]
    tried, before = 0, room.digest()
    for method in ("GET", "POST"):
        for rule, address in addresses(app, room.code, method):
            if audience_of(rule).value == "console" and "code" in rule.arguments and rule.endpoint not in STREAMS:
                answer = karim.client.open(address, method=method, data={"csrf_token": token} if method == "POST" else None)
                assert answer.status_code == 404, f"{method} {address} {answer.status}"
                tried += 1
    assert karim.client.get(f"/console/{room.code}/direct").status_code == 404
    assert tried > 50
    assert room.digest() == before


def test_nobody_but_an_administrator_finds_its_pages(app: Flask, room: Room, karim: Browser) -> None:
    mine = number_of(room, KARIM[0])
    assert not karim.go("/console/").sees("Territoires")
    for path in ("formateurs", "territoires", "territoires.csv", f"formateurs/{mine}"):
        assert karim.go(f"/console/{path}").status == 404
    for path in ("formateurs", f"formateurs/{mine}/mot-de-passe", *(f"formateurs/{mine}/{what}" for what in ("bloquer", "debloquer", "nommer", "retirer"))):
        assert sends(karim, f"/console/{path}", email="x@y.example").status == 404
    with app.app_context():
        assert not trainers.named(KARIM[0]).is_admin
        db.session.remove()


def test_another_password_ends_every_session_and_is_shown_once(room: Room, samira: Browser, karim: Browser) -> None:
    number = number_of(room, KARIM[0])
    samira.go(f"/console/formateurs/{number}").submit("Oui, donner un autre mot de passe")
    password = text_of(samira.page.select_one(".code-figure"))
    assert not samira.go(f"/console/formateurs/{number}").sees(password)
    assert karim.go("/console/").heading == "Connexion du formateur"
    assert signs_in(karim, *KARIM).sees("n’est pas le bon")
    assert signs_in(karim, KARIM[0], password).heading == "Mes ateliers"


def test_who_is_blocked_reads_why_only_with_the_right_password(room: Room, samira: Browser, karim: Browser) -> None:
    number = number_of(room, KARIM[0])
    samira.go(f"/console/formateurs/{number}").submit("Bloquer")
    assert signs_in(karim, KARIM[0], "Pas-le-bon-1").sees("n’est pas le bon")
    assert signs_in(karim, *KARIM).sees("Votre compte de formateur est bloqué")
    samira.go(f"/console/formateurs/{number}").submit("Débloquer")
    assert karim.go("/console/").heading == "Connexion du formateur"
    assert signs_in(karim, *KARIM).heading == "Mes ateliers"


def test_there_is_always_an_administrator(room: Room, samira: Browser, karim: Browser) -> None:
    mine, other = number_of(room, TRAINER[0]), number_of(room, KARIM[0])
    assert samira.go(f"/console/formateurs/{mine}").submit("Retirer l’administration").sees("C’est le seul administrateur")
    assert sends(samira, f"/console/formateurs/{mine}/bloquer").sees("Vous ne pouvez pas bloquer votre propre compte")
    samira.go(f"/console/formateurs/{other}").submit("Oui, nommer administrateur")
    assert karim.go("/console/formateurs").submit("Ajouter", email=INES[0]).sees("Un formateur a déjà cette adresse")
    karim.go(f"/console/formateurs/{mine}")
    samira.go(f"/console/formateurs/{mine}").submit("Retirer l’administration")
    assert samira.heading == "Mes ateliers"
    karim.go(f"/console/formateurs/{other}").submit("Retirer l’administration")
    assert karim.sees("C’est le seul administrateur")
    assert sends(karim, f"/console/formateurs/{mine}/bloquer").sees("est bloqué")
    assert sends(karim, f"/console/formateurs/{mine}/nommer").sees("Ce compte est bloqué")
    with room.app.app_context(), writing(), pytest.raises(Refused):
        trainers.block(None, trainers.named(KARIM[0]))


@pytest.mark.parametrize("number", [0, 10**6, 2**31, 2**63, 10**40])
def test_a_number_of_nobody_leads_nowhere(room: Room, samira: Browser, number: int) -> None:
    assert samira.go(f"/console/formateurs/{number}").status == 404
    assert sends(samira, f"/console/formateurs/{number}/bloquer").status == 404
    assert sends(samira, f"/console/{room.code}/collegues/{number}/retirer").status == 404


@pytest.mark.parametrize(("email", "sentence"), [("", "Écrivez l’adresse"), ("paul", "prenom.nom@domaine.fr"), (KARIM[0].upper(), "déjà cette adresse")])
def test_a_wrong_address_is_refused_beside_its_field(room: Room, samira: Browser, email: str, sentence: str) -> None:
    assert samira.go("/console/formateurs").submit("Ajouter", email=email).status == 422
    assert samira.sees(sentence)


def test_territories_add_up_however_they_were_typed(room: Room, samira: Browser, karim: Browser) -> None:
    for name, territory in (("Un", "Sarthe (72)"), ("Deux", "  sarthe   (72) ")):
        karim.go("/console/nouvel-atelier").submit("Créer l’atelier", name=name, seats="2", territory=territory)
    assert form_value(karim.go("/console/nouvel-atelier"), "territory").startswith("sarthe")
    with room.app.app_context(), writing():
        one = db.session.scalars(sa.select(Workshop).where(Workshop.name == "Un")).one()
        for world, seat in ((1, 1), (1, 1), (1, 2)):
            now = clock.real_now()
            db.session.add(Attempt(workshop_id=one.id, world_id=world, seat=seat, exercise="x", done_at=now, left_at=now))
        one.refusals = 4
        db.session.commit()
        db.session.remove()
    samira.go("/console/territoires")
    table = next(table for table in samira.page.find_all("table") if "72" in text_of(table.caption))
    assert [text_of(cell) for cell in table.tbody.find_all("td")] == ["2", "4", "2", "4"]


def form_value(browser: Browser, name: str) -> str:
    return str(browser.page.find("input", attrs={"name": name})["value"])


def test_a_territory_too_long_is_refused_beside_its_field(room: Room, samira: Browser) -> None:
    assert samira.go(f"/console/{room.code}/reglages").submit("Enregistrer", territory="x" * 81).status == 422
    assert samira.sees("80 signes au plus")


def test_the_first_trainer_of_all_administers(tmp_path_factory: pytest.TempPathFactory, app: Flask) -> None:
    with app.app_context():
        first = db.session.scalars(sa.select(Trainer).order_by(Trainer.id)).first()
        assert first is not None
        assert first.is_admin
        db.session.remove()
