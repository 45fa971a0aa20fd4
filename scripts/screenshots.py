"""Pictures of every page for every persona, on a phone and on a desk: `python scripts/screenshots.py [folder] [--only WORD]`.

`--readme` makes instead the three small pictures of the README.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from PIL import Image  # noqa: E402
from playwright.sync_api import Page  # noqa: E402

from sandbox import create_app  # noqa: E402
from sandbox.db import db, writing  # noqa: E402
from sandbox.workshops import opening, service, spares  # noqa: E402
from tests import chromium  # noqa: E402
from tests.cast import Cast  # noqa: E402
from tests.room import TRAINER, Room  # noqa: E402

SIZES = {"telephone": chromium.PHONE, "bureau": chromium.DESK}
MOST = 80  # pages for one persona
SKIPPED = ("deconnexion", ".pdf", "/fichier", "/telecharger", ".ics", "/direct", "/carte/", "format=", "page=")


def main() -> int:
    parser = argparse.ArgumentParser(description="Photographie les pages.")
    parser.add_argument("folder", nargs="?", default="shots")
    parser.add_argument("--only", default="", help="seulement les pages dont l’adresse contient ce mot")
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        app = create_app(data=data, secret_key="shots", seat_cost=4, trainer_cost=4, fill_pause_ms=0.0)
        room = furnished(app)
        with chromium.server(app) as address, chromium.chromium() as window:
            cast = Cast(room, address, window)
            readme(cast) if options.readme else everything(cast, Path(options.folder), options.only)
        with app.app_context():
            db.engine.dispose()
    return 0


def furnished(app) -> Room:
    """A workshop such as one finds it on the day."""
    with app.app_context(), writing():
        db.create_all()
        trainer = service.add_trainer(*TRAINER)
        plan = service.Plan(pack="decouverte", seats=8, seed="photo", name="Atelier de la médiathèque", open_for=timedelta(hours=4))
        workshop = opening.open_workshop(plan, trainer)
        spares.fill_one(workshop.id)
        room = Room(app, workshop.id, workshop.code)
        db.session.remove()
    return room


def personas(cast: Cast) -> dict[str, tuple[Page, str]]:
    return {
        "beneficiaire": (cast.learner(1).page, "/"),
        "medecin": (cast.professional("dr-lemoine").page, "/pro/"),
        "pharmacien": (cast.professional("pharm-garnier").page, "/pro/"),
        "laboratoire": (cast.professional("labo-horizon").page, "/pro/"),
        "formateur": (cast.trainer().page, "/console/"),
    }


def everything(cast: Cast, folder: Path, only: str) -> None:
    signed_out = cast.window.new_page(base_url=cast.address)
    tour(signed_out, "entree", ["/rejoindre", f"/atelier/{cast.room.code}", "/console/connexion", "/pro/connexion"], folder, only)
    for name, (page, start) in personas(cast).items():
        tour(page, name, crawl(page, start), folder, only)


def crawl(page: Page, start: str) -> list[str]:
    """The pages one reaches by links, one of each kind of address."""
    found, waiting, kinds = [], [start], set()
    while waiting and len(found) < MOST:
        path = waiting.pop(0)
        page.goto(path)
        found.append(path)
        for href in page.eval_on_selector_all("main a[href], nav a[href]", "links => links.map(link => link.getAttribute('href'))"):
            kind = kind_of(href)
            if href.startswith("/") and kind not in kinds and not any(word in href for word in SKIPPED):
                kinds.add(kind)
                waiting.append(href)
    return found


def kind_of(href: str) -> str:
    """Two addresses that differ by a ref or a number are one kind of page."""
    parts = urlsplit(href)
    names = ["*" if any(c.isdigit() for c in piece) or len(piece) == 8 else piece for piece in parts.path.split("/")]
    return "/".join(names) + ("?" if parts.query else "")


def tour(page: Page, name: str, paths: list[str], folder: Path, only: str) -> None:
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        for number, path in enumerate(paths):
            if only in path:
                page.goto(path)
                target = folder / name / f"{number:02d}{kind_of(path).replace('/', '_').replace('*', 'x').rstrip('?')}.{size}.png"
                target.parent.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=target, full_page=True)
                print(target)


def readme(cast: Cast) -> None:
    """The three frames, small."""
    folder = TOP / "static" / "img" / "readme"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {"beneficiaire": "/documents/", "medecin": "/pro/", "formateur": f"/console/{cast.room.code}"}
    people = personas(cast)
    for name, path in wanted.items():
        page = people[name][0]
        page.set_viewport_size({"width": 1200, "height": 800})
        page.goto(path)
        target = folder / f"{name}.png"
        page.screenshot(path=target)
        small = Image.open(target).convert("RGB").resize((720, 480), Image.Resampling.LANCZOS).quantize(64)
        small.save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
