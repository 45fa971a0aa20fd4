"""Before the doors open: each thing that may be wrong is said with its cure, and a device is seen arriving."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
import zxingcpp
from flask import Flask
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader
from werkzeug.serving import make_server

from sandbox import clock, serving
from sandbox.db import db
from sandbox.workshops import doorstep, spares
from sandbox.workshops.models import Workshop
from tests.browser import Browser, text_of
from tests.cast import Cast
from tests.chromium import Person
from tests.room import Room
from tests.test_network import ALL, LINUX, WINDOWS, Simulate, simulate  # noqa: F401 — the fixture

TABLET = {"REMOTE_ADDR": "192.168.1.57"}


@pytest.fixture(autouse=True)
def kept(app: Flask) -> Iterator[Path]:
    """The data folder, without what these tests leave there."""
    folder = Path(app.config["SETTINGS"].data)
    yield folder
    (folder / serving.KEPT).unlink(missing_ok=True)
    shutil.rmtree(folder / "rooms", ignore_errors=True)


@pytest.fixture
def served(kept: Path, simulate: Simulate) -> Path:  # noqa: F811
    """A machine with several addresses, whose server listens on all of them."""
    simulate(LINUX, routed="192.168.1.24")
    serving.remember_address(str(kept), ALL, 8000)
    return kept


class Line(NamedTuple):
    verdict: str
    words: str


def lines(samira: Browser) -> dict[str, Line]:
    """By anchor, what the page says of each thing."""
    return {str(li["id"]): Line(text_of(li.select_one(".tag")), text_of(li)) for li in samira.page.select(".check")}


def looks(samira: Browser, room: Room) -> dict[str, Line]:
    return lines(samira.go(f"/console/{room.code}/verifier"))


def arrives(room: Room, *, ahead: float | None = 0, sheet: bool = False, host: str = "192.168.1.24:8000", browser: str = "tablette") -> Browser:
    """A tablet opens the address, and tells what time it is there."""
    tablet = Browser(room.app, "tablette")
    about: dict[str, Any] = {"environ_base": TABLET, "base_url": f"http://{host}", "headers": {"User-Agent": browser, "Accept": "text/html"}}
    tablet._met(tablet.client.get(f"/essai/{room.code}{'?feuille=1' if sheet else ''}", **about))
    if ahead is not None:
        moment = int((clock.real_now().timestamp() + ahead) * 1000)
        assert tablet.client.get(f"/essai/{room.code}/heure?au={moment}", **about).status_code == 204
    return tablet


def kept_of(room: Room) -> list[str]:
    """Whatever is kept of the devices."""
    with room.app.app_context():
        rows = db.session.execute(sa.select(*doorstep.Noted.__table__.columns).where(doorstep.Noted.workshop_id == room.workshop_id)).all()
        db.session.remove()
    return [str(row) for row in rows]


# --- the address ---

def test_the_trainer_chooses_another_address_and_every_square_follows(room: Room, samira: Browser, served: Path) -> None:
    assert looks(samira, room)["adresse"].verdict == "bon"
    assert samira.sees(f"http://192.168.1.24:8000/essai/{room.code}")
    samira.submit("Utiliser cette adresse", ip="10.1.2.3")
    assert samira.sees("Tous les carrés mènent maintenant à http://10.1.2.3:8000/")
    assert samira.sees(f"http://10.1.2.3:8000/essai/{room.code}")
    for path in ("projection", ""):
        assert samira.go(f"/console/{room.code}/{path}".rstrip("/")).sees("10.1.2.3:8000/rejoindre")


def test_an_address_that_is_not_this_machines_is_refused(room: Room, samira: Browser, served: Path) -> None:
    looks(samira, room)
    form = {"ip": "8.8.8.8", "csrf_token": samira.page.find("input", attrs={"name": "csrf_token"})["value"]}
    answer = samira._met(samira.client.post(f"/console/{room.code}/verifier/adresse", data=form))
    assert answer.status == 422
    assert answer.sees("Choisissez une adresse de la liste.")
    assert "8.8.8.8" not in (served / serving.KEPT).read_text()


def test_a_virtual_address_a_former_network_and_none_are_each_said_with_their_cure(
    room: Room, samira: Browser, served: Path, simulate: Simulate  # noqa: F811
) -> None:
    looks(samira, room)
    samira.submit("Utiliser cette adresse", ip="172.17.0.1")
    line = lines(samira)["adresse"]
    assert line.verdict == "à faire"
    assert "carte virtuelle (docker0)" in line.words
    assert "Choisissez une autre adresse" in line.words
    simulate({"wlan0": "192.168.43.7"})
    assert samira.go(samira.path).sees("http://192.168.43.7:8000/essai/")
    simulate({"lo": "127.0.0.1"})
    line = looks(samira, room)["adresse"]
    assert (line.verdict, "n’est sur aucun réseau" in line.words) == ("à faire", True)
    assert "partage de connexion" in line.words


def test_a_server_that_listens_to_itself_alone_says_how_to_start_it(
    room: Room, samira: Browser, kept: Path, simulate: Simulate  # noqa: F811
) -> None:
    simulate(WINDOWS)
    serving.remember_address(str(kept), "127.0.0.1", 8000)
    line = looks(samira, room)["adresse"]
    assert line.verdict == "à faire"
    assert "--host 0.0.0.0" in line.words
    assert not samira.page.select("details.check-choice")


def test_a_public_address_wins_and_nothing_is_to_be_chosen(
    room: Room, samira: Browser, served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room.app.config["SETTINGS"], "public_url", "https://atelier.example/")
    line = looks(samira, room)["adresse"]
    assert (line.verdict, "SANDBOX_PUBLIC_URL" in line.words) == ("bon", True)
    assert samira.sees(f"https://atelier.example/essai/{room.code}")
    assert not samira.page.select("details.check-choice")


# --- the devices and the clock ---

def test_a_tablet_that_arrives_is_counted_once_and_this_computer_not_at_all(room: Room, samira: Browser, served: Path) -> None:
    assert looks(samira, room)["appareils"].verdict == "à faire"
    assert samira.sees("Windows sans droits d’administrateur")
    samira.client.get(f"/essai/{room.code}", base_url="http://192.168.1.24:8000", environ_base={"REMOTE_ADDR": "192.168.1.24"})
    assert "Seul cet ordinateur a ouvert l’adresse" in looks(samira, room)["appareils"].words
    assert arrives(room).heading == "Cet appareil voit l’atelier"
    arrives(room)
    line = looks(samira, room)["appareils"]
    assert line.verdict == "bon"
    assert "1 appareil est arrivé" in line.words
    arrives(room, browser="un autre")
    assert "2 appareils sont arrivés" in looks(samira, room)["appareils"].words


def test_what_arrived_by_another_address_proves_nothing_of_this_one(room: Room, samira: Browser, served: Path) -> None:
    arrives(room)
    looks(samira, room)
    samira.submit("Utiliser cette adresse", ip="10.1.2.3")
    assert lines(samira)["appareils"].verdict == "à faire"


def test_nothing_of_the_device_is_kept_but_its_arrival(room: Room, served: Path) -> None:
    tablet = arrives(room)
    assert len(kept_of(room)) == 1
    assert not [row for row in kept_of(room) if "192.168.1.57" in row or "tablette" in row]
    assert tablet.response is not None
    assert "Set-Cookie" not in tablet.response.headers


@pytest.mark.parametrize(("ahead", "verdict", "words"), [
    (3, "bon", "disent la même heure"), (3600, "à faire", "Réglez la date"), (-7200, "à faire", "Sans les droits"),
    (3 * 86_400, "à faire", "pas au même jour"), (10**11, "à faire", "pas au même jour"), (None, "impossible à savoir", "Comparez avec votre montre"),
])
def test_the_clock_is_compared_with_the_devices(room: Room, samira: Browser, served: Path, ahead: float | None, verdict: str, words: str) -> None:
    arrives(room, ahead=ahead)
    line = looks(samira, room)["horloge"]
    assert line.verdict == verdict
    assert words in line.words


def test_a_clock_from_the_past_is_seen_without_any_device(room: Room, samira: Browser, served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "real_now", lambda: clock.at(date(2020, 1, 1), 9))
    assert "C’est dans le passé" in looks(samira, room)["horloge"].words


@pytest.mark.parametrize("told", ["", "abc", "-5", "9" * 40, "²"])
def test_an_odd_clock_breaks_nothing(room: Room, samira: Browser, served: Path, told: str) -> None:
    tablet = room.app.test_client()
    tablet.get(f"/essai/{room.code}", environ_base=TABLET)
    assert tablet.get(f"/essai/{room.code}/heure?au={told}", environ_base=TABLET).status_code == 204
    assert looks(samira, room)["horloge"].verdict == "impossible à savoir"


def test_an_unknown_or_closed_workshop_has_no_trial(room: Room, samira: Browser, kept: Path) -> None:
    assert room.app.test_client().get("/essai/ZZZZZZ").status_code == 404
    assert arrives(room).heading
    samira.go(f"/console/{room.code}/fin").submit("Terminer l’atelier")
    assert kept_of(room) == []
    assert room.app.test_client().get(f"/essai/{room.code}").status_code == 404


# --- the seats, the papers, the disk, the room ---

def test_records_of_another_day_and_no_spare_are_said_with_their_cure(room: Room, samira: Browser, served: Path) -> None:
    found = looks(samira, room)
    assert (found["jour"].verdict, found["avance"].verdict) == ("bon", "à faire")
    assert samira.submit("Préparer maintenant").sees("La copie neuve se prépare")
    with room.app.app_context():
        spares.keep_ready(room.workshop_id)
        db.session.remove()
    assert looks(samira, room)["avance"].verdict == "bon"
    with room.inside():
        room.world().day = clock.real_now().date() - timedelta(days=1)
    assert looks(samira, room)["jour"].verdict == "à faire"
    assert samira.click("Remettre à zéro").heading == "Remettre à zéro"


def test_cards_are_to_be_printed_and_printed_again_when_the_address_changes(room: Room, samira: Browser, served: Path) -> None:
    assert looks(samira, room)["cartes"].verdict == "à faire"
    samira.click("Imprimer les cartes")
    assert looks(samira, room)["cartes"].verdict == "bon"
    samira.submit("Utiliser cette adresse", ip="10.1.2.3")
    line = lines(samira)["cartes"]
    assert line.verdict == "à faire"
    assert "Leurs carrés mènent à une autre adresse : 192.168.1.24:8000" in line.words


def test_the_printers_sheet_is_one_page_whose_square_proves_that_it_was_printed(
    room: Room, samira: Browser, served: Path, tmp_path: Path
) -> None:
    assert looks(samira, room)["imprimante"].verdict == "impossible à savoir"
    sheet = samira.client.get(f"/console/{room.code}/feuille-essai.pdf")
    assert sheet.mimetype == "application/pdf"
    (tmp_path / "essai.pdf").write_bytes(sheet.data)
    (page,) = PdfReader(tmp_path / "essai.pdf").pages
    assert f"http://192.168.1.24:8000/essai/{room.code}?feuille=1" in page.extract_text().replace("\n", "")
    assert "Mesurez le trait" in looks(samira, room)["imprimante"].words
    arrives(room, sheet=True)
    assert looks(samira, room)["imprimante"].verdict == "bon"


@pytest.mark.parametrize(("free", "verdict", "words"), [(10**12, "bon", "La base s’écrit"), (10**8, "à faire", "Videz la corbeille")])
def test_the_disk_has_room_or_says_how_to_make_some(
    room: Room, samira: Browser, served: Path, monkeypatch: pytest.MonkeyPatch, free: int, verdict: str, words: str
) -> None:
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    line = looks(samira, room)["disque"]
    assert (line.verdict, words in line.words) == (verdict, True)


@pytest.mark.sqlite
def test_a_store_that_cannot_be_written_is_said(room: Room, samira: Browser, served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    line = looks(samira, room)["disque"]
    assert (line.verdict, "le droit d’y écrire" in line.words) == ("à faire", True)


def test_the_room_and_the_live_connection(room: Room, samira: Browser, served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = looks(samira, room)
    assert found["salle"].verdict == "bon"
    assert found["direct"].verdict == "impossible à savoir"
    monkeypatch.setattr(room.app.config["SETTINGS"], "streams", 2)
    with room.inside():
        db.session.get_one(Workshop, room.workshop_id).open_until = None
    found = looks(samira, room)
    assert (found["salle"].verdict, found["direct"].verdict) == ("à faire", "à faire")
    assert samira.click("Aller à la salle").sees("La salle est fermée")


# --- in real browsers ---

@contextmanager
def on_the_wifi(app: Flask) -> Iterator[int]:
    """The application as a tablet of the room meets it: whoever asks for the machine's Wi-Fi address comes from the Wi-Fi."""

    def wifi(environ: dict[str, Any], answer: Callable[..., Any]) -> Any:
        if environ.get("HTTP_HOST", "").startswith("192.168.1.24"):
            environ["REMOTE_ADDR"] = "192.168.1.57"
        return app(environ, answer)

    http = make_server("127.0.0.1", 0, wifi, threaded=True)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield http.server_port
    http.shutdown()
    thread.join(5)


def line_of(person: Person, slug: str) -> Any:
    return person.page.locator(f"#{slug}")


def aimed_at(person: Person, path: Path) -> str:
    """What a tablet's camera reads on the trainer's screen."""
    person.page.locator(".check-qr").screenshot(path=path)
    (found,) = zxingcpp.read_barcodes(Image.open(path))
    return str(found.text)


@pytest.mark.browser
@pytest.mark.practises("T18")
def test_samira_checks_the_room_before_the_doors_open(
    people: Cast, room: Room, kept: Path, simulate: Simulate, tmp_path: Path  # noqa: F811
) -> None:
    simulate(LINUX, routed="10.1.2.3")
    with room.inside():
        db.session.get_one(Workshop, room.workshop_id).open_until = None
    with on_the_wifi(room.app) as port:
        serving.remember_address(str(kept), ALL, port)
        samira = people.trainer().go(f"/console/{room.code}").click("Vérifiez la salle")
        expect(line_of(samira, "direct")).to_contain_text("aussitôt")
        expect(line_of(samira, "appareils")).to_contain_text("à faire")
        assert aimed_at(samira, tmp_path / "before.png") == f"http://10.1.2.3:{port}/essai/{room.code}"
        samira.page.get_by_text("Choisir une autre adresse", exact=True).click()
        samira.page.get_by_label("192.168.1.24 — wlan0").check()
        samira.press("Utiliser cette adresse")
        address = aimed_at(samira, tmp_path / "after.png")
        assert address == f"http://192.168.1.24:{port}/essai/{room.code}"
        _tablet_arrives(people, address)
        expect(line_of(samira, "appareils")).to_contain_text("1 appareil est arrivé")
        expect(line_of(samira, "horloge")).to_contain_text("la même heure")
        samira.click("Imprimer les cartes").go(f"/console/{room.code}/verifier")
        expect(line_of(samira, "cartes").locator(".tag")).to_have_text("bon")
        expect(line_of(samira, "salle").locator(".tag")).to_have_text("à faire")
        samira.click("Aller à la salle").press("Ouvrir la salle").click("Vérifier")
        expect(line_of(samira, "salle").locator(".tag")).to_have_text("bon")
        samira.page.set_viewport_size({"width": 360, "height": 740})
        samira.look()


def _tablet_arrives(people: Cast, address: str) -> None:
    """A tablet on the room's Wi-Fi opens what it read."""
    parts = urlsplit(address)
    tablet = Person(people.window, f"{parts.scheme}://{parts.netloc}", "tablette", phone=True)
    people.present.append(tablet)
    tablet.go(parts.path).sees("Cet appareil voit l’atelier")
    assert tablet.context.cookies() == []
