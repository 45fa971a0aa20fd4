"""All my data in one archive, which opens without this software."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from urllib.parse import unquote
from zipfile import ZipFile

import html5lib
import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator

from sandbox import blobs, clock
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.export import making
from sandbox.export.archive import history
from sandbox.export.models import Export
from sandbox.prescriptions import delivering
from sandbox.prevention import marking, recommended
from sandbox.prevention.models import State
from sandbox.vaccination import service as vaccination
from tests.browser import Browser
from tests.partners.pairing import tied
from tests.pro.people import told
from tests.room import Room


def made(room: Room, seat: int = 1) -> None:
    """What the background does once the asking has been answered."""
    with room.app.app_context():
        where = room.world().bound
        db.session.remove()
        with room.inside():
            number = db.session.scalars(sa.select(Export.id).where(Export.seat == seat).order_by(Export.id.desc())).first()
        assert number is not None
        making.make(where, number)
        db.session.remove()


def downloaded(browser: Browser) -> ZipFile:
    browser.go("/mes-donnees/").submit("Oui, télécharger mes données")
    assert browser.response is not None
    assert browser.response.mimetype == "application/zip"
    return ZipFile(BytesIO(browser.response.data))


@pytest.fixture
def archive(room: Room, marie: Browser) -> ZipFile:
    marie.go("/mes-donnees/").submit("Préparer mes données")
    made(room)
    return downloaded(marie)


@pytest.mark.practises("I07")
def test_marie_asks_for_all_her_data_and_is_told_when_they_are_ready(room: Room, marie: Browser) -> None:
    marie.go("/").click("Mes données").submit("Préparer mes données")
    assert marie.sees("Votre archive se prépare")
    assert marie.sees("0 sur 1")
    made(room)
    assert marie.go("/telephone/").sees("Les données demandées sont prêtes")
    marie.go("/notifications/").click("Vos données sont prêtes à être téléchargées")
    assert marie.heading == "Mes données"
    assert marie.sees("Votre archive est prête")
    assert "index.html" in downloaded(marie).namelist()
    assert marie.go("/historique/").sees("Téléchargement de toutes mes données")


def test_what_marie_marked_and_the_services_of_yesterday_and_today_are_in_it(room: Room, marie: Browser) -> None:
    with room.inside():
        item = next(one for one in recommended.every(room.record(1)) if one.is_open and not one.done_by)
        marking.mark(room.record(1).owner, room.record(1), item, State.TO_PLAN)
    tied(room, 1, "glyco-suivi")
    marie.go("/services-synchronises/glyco-suivi").submit("Oui, ne plus synchroniser")
    marie.go("/mes-donnees/").submit("Préparer mes données")
    made(room)
    found = json.loads(downloaded(marie).read("donnees/dossier.json"))
    assert [one["status"] for one in found["prevention"]] == [State.TO_PLAN]
    told = {one["service"]: one for one in found["services"]}
    assert told["Glyco Suivi"]["until"] is not None
    assert told["Carnet Tension Mirelle"]["until"] is None
    assert all(one["granted"] for one in told["Glyco Suivi"]["finalities"])
    assert {one["granted"] for one in told["Carnet Tension Mirelle"]["finalities"]} == {True, False}


def test_the_page_of_the_archive_stands_alone_and_leads_to_every_document(room: Room, archive: ZipFile) -> None:
    page = archive.read("index.html").decode()
    html5lib.HTMLParser(strict=True).parse(page)
    soup = BeautifulSoup(page, "html5lib")
    addresses = [str(node.get("href") or node.get("src")) for node in soup.select("[href], [src]")]
    assert not [one for one in addresses if re.match(r"^(https?:)?//", one)]
    assert not soup.select("script, [style], style")
    files = {unquote(one) for one in addresses if one.startswith("documents/")}
    with room.inside():
        kept = db.session.scalar(sa.select(sa.func.count(Document.id)).where(
            Document.record_id == room.record(1).id, ~Document.loose, Document.hidden_until.is_(None)))
    assert len(files) == kept
    assert files <= set(archive.namelist())


def test_documents_are_pdf_in_folders_by_category(archive: ZipFile) -> None:
    names = [name for name in archive.namelist() if name.startswith("documents/")]
    assert any(name.startswith("documents/Résultats de biologie/") for name in names)
    assert all(archive.read(name).startswith(b"%PDF-") for name in names)
    assert all(len(name) < 180 and not re.search(r'[<>:"\\|?*]', name) for name in names)


def test_the_data_say_what_their_schema_says(archive: ZipFile) -> None:
    data, schema = json.loads(archive.read("donnees/dossier.json")), json.loads(archive.read("donnees/schema.json"))
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    assert data["training"] is True
    assert data["conversations"]
    assert "\ue000" not in archive.read("donnees/dossier.json").decode()


def test_what_professionals_noted_is_in_it(room: Room, marie: Browser) -> None:
    with room.inside():
        record, doctor, pharmacist = room.record(1), room.user("dr-lemoine"), room.user("pharm-garnier")
        vaccination.add(doctor, record, vaccination.Told("GRIPPE", clock.today(), "Rappel", "AB-123C", "Bras gauche"))
        prescription = told("traitement-de-fond")
        number, first, second = prescription.number, *prescription.lines[:2]
        delivering.deliver(pharmacist, first, 1, substituted="Autre marque", why="Rupture de stock")
        delivering.undo(pharmacist, delivering.deliver(pharmacist, second, 1))
    marie.go("/mes-donnees/").submit("Préparer mes données")
    made(room)
    archive = downloaded(marie)
    data, schema = json.loads(archive.read("donnees/dossier.json")), json.loads(archive.read("donnees/schema.json"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    [noted] = [one for one in data["vaccinations"] if one["lot"] == "AB-123C"]
    assert (noted["dose"], noted["site"], noted["by"]) == ("Rappel", "Bras gauche", "Dr Claire Lemoine")
    [signed] = [one for one in data["prescriptions"] if one["number"] == number]
    kept, undone = signed["lines"][0]["deliveries"][-1], signed["lines"][1]["deliveries"][-1]
    assert (kept["why"], kept["substituted"], kept["cancelledAt"]) == ("Rupture de stock", "Autre marque", None)
    assert undone["cancelledAt"]
    assert "noté par erreur, ne compte pas" in archive.read("index.html").decode()


def test_what_waits_to_be_announced_is_not_in_it(room: Room, marie: Browser) -> None:
    with room.inside():
        document = db.session.scalars(sa.select(Document).where(Document.record_id == room.record(1).id)).first()
        assert document is not None
        document.hidden_until, title = document.deposited_at.replace(year=2100), document.title
    marie.go("/mes-donnees/").submit("Préparer mes données")
    made(room)
    archive = downloaded(marie)
    words = archive.read("donnees/dossier.json").decode()
    assert title not in [one["title"] for one in json.loads(words)["documents"]]


def test_jean_gets_his_own_and_never_maries(room: Room, marie: Browser, jean: Browser, archive: ZipFile) -> None:
    assert jean.go("/mes-donnees/").sees("Préparer l’archive")
    jean.submit("Préparer mes données")
    made(room, seat=2)
    mine = json.loads(downloaded(jean).read("donnees/dossier.json"))
    hers = json.loads(archive.read("donnees/dossier.json"))
    assert mine["identity"]["matricule"] != hers["identity"]["matricule"]


def test_a_making_that_stopped_can_be_taken_up_again(room: Room, marie: Browser) -> None:
    marie.go("/mes-donnees/").submit("Préparer mes données")
    with room.inside():
        export = db.session.scalars(sa.select(Export)).one()
        export.moved_at = export.moved_at.replace(year=2000)
    assert marie.go("/mes-donnees/").sees("La préparation s’est arrêtée")
    marie.submit("Reprendre la préparation")
    made(room)
    assert marie.go("/mes-donnees/").sees("Votre archive est prête")


def test_asking_twice_makes_one(room: Room, marie: Browser) -> None:
    page = marie.go("/mes-donnees/")
    page.submit("Préparer mes données")
    token = marie.page.find("input", attrs={"name": "csrf_token"})
    assert token is not None
    marie.client.post("/mes-donnees/", data={"csrf_token": token["value"]})
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Export.id))) == 1


def test_two_archives_the_same_to_the_letter_are_two(room: Room, marie: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making.archive, "write", lambda out, record, moved: out.write(b"the same"))
    for _ in range(2):
        marie.go("/mes-donnees/").submit("Préparer mes données")
        made(room)
        with room.inside():
            last = db.session.scalars(sa.select(Export).order_by(Export.id.desc())).first()
            assert last is not None
            kept = sa.select(blobs.Rendering.content).where(blobs.Rendering.hash == last.blob_hash)
            assert db.session.scalar(kept) == b"the same"
            db.session.delete(last)


def test_an_archive_forgotten_says_so(room: Room, marie: Browser, archive: ZipFile) -> None:
    marie.go("/mes-donnees/")
    with room.inside():
        db.session.execute(sa.delete(blobs.Rendering))
    marie.submit("Oui, télécharger mes données")
    assert marie.sees("Cette archive n’est plus gardée")
    assert marie.sees("Préparer mes données")


def test_a_reset_while_it_is_made_leaves_nothing_behind(room: Room, marie: Browser) -> None:
    marie.go("/mes-donnees/").submit("Préparer mes données")
    with room.app.app_context():
        where = room.world().bound
        db.session.remove()
    with room.inside():
        db.session.delete(db.session.scalars(sa.select(Export)).one())
    with room.app.app_context():
        making.make(where, 1)
        db.session.remove()
    assert marie.go("/mes-donnees/").sees("Préparer l’archive")


def test_the_spreadsheet_of_the_history_runs_no_formula() -> None:
    table = history([{"date": "2026-03-03T10:00:00+01:00", "actorType": "owner", "label": "=HYPERLINK(1)"}])
    rows = list(csv.reader(StringIO(table.removeprefix("\ufeff")), delimiter=";"))
    assert rows[1][2] == "'=HYPERLINK(1)"
