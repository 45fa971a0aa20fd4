"""Whether a room is ready, one thing at a time: what was found, and what to do when it is not so."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from flask import current_app

from sandbox import clock, french, live, network, serving
from sandbox.db import db, is_sqlite
from sandbox.workshops import doorstep, spares
from sandbox.workshops.doorstep import Doorstep
from sandbox.workshops.models import Workshop, World

APART = 120  # seconds between two clocks that nobody notices
BUILT = date(2026, 9, 1)  # no workshop is older than the software
BASE, A_SEAT = 500_000_000, 50_000_000  # bytes: the store, and ten heavy documents a seat


class Verdict(StrEnum):
    GOOD = "bon"
    TODO = "à faire"
    UNKNOWN = "impossible à savoir"


@dataclass(frozen=True)
class Check:
    """One line; `slug` is its anchor, and names what the page shows beside the cure."""

    slug: str
    title: str
    verdict: Verdict
    found: str
    cure: str = ""


def checks(workshop: Workshop) -> list[Check]:
    """In the order in which one does them."""
    seen = doorstep.read(workshop)
    here = serving.public("/")
    return [
        _address(here), _devices(here, seen), _clock(seen), _day(workshop), _spare(workshop), _cards(workshop, here, seen),
        _printer(seen), _space(workshop), _live(workshop), _room(workshop),
    ]


def counted(found: list[Check]) -> dict[Verdict, int]:
    return {verdict: sum(one.verdict is verdict for one in found) for verdict in Verdict}


def _address(here: str) -> Check:
    host = urlsplit(here).hostname or ""
    known = next((one for one in network.addresses() if one.ip == host), None)
    if current_app.config["SETTINGS"].public_url and not serving.is_local(here):
        return Check("adresse", "L’adresse", Verdict.GOOD, f"{here} — fixée à l’installation (SANDBOX_PUBLIC_URL).")
    if serving.is_local(here) and not network.addresses():
        return Check("adresse", "L’adresse", Verdict.TODO, "Cet ordinateur n’est sur aucun réseau.",
                     "Branchez-le au Wi-Fi de la salle, ou allumez le partage de connexion d’un téléphone. Puis vérifiez de nouveau.")
    if serving.is_local(here):
        return Check("adresse", "L’adresse", Verdict.TODO, "Le site n’écoute que cet ordinateur : aucune tablette ne peut entrer.",
                     "Arrêtez-le, puis relancez « python3 scripts/run.py », ou « sandbox serve --host 0.0.0.0 ».")
    if known and known.rank is network.Rank.VIRTUAL:
        return Check("adresse", "L’adresse", Verdict.TODO, f"{here} est celle d’une carte virtuelle ({known.adapter}).",
                     "Choisissez une autre adresse ci-dessus. S’il n’y en a pas, branchez cet ordinateur au Wi-Fi de la salle.")
    if known is None and network.is_literal(host):
        return Check("adresse", "L’adresse", Verdict.TODO, f"Cet ordinateur n’a plus l’adresse {host} : il a changé de réseau.",
                     "Choisissez l’adresse d’aujourd’hui ci-dessus, puis réimprimez les cartes.")
    return Check("adresse", "L’adresse", Verdict.GOOD, f"{here}{f' — {known.adapter}, {network.WORDS[known.rank]}' if known else ''}.")


def _devices(here: str, seen: Doorstep) -> Check:
    arrived = seen.arrived(urlsplit(here).netloc)
    if arrived:
        count = french.several(len(arrived), "appareil est arrivé", "appareils sont arrivés")
        return Check("appareils", "Les tablettes", Verdict.GOOD, f"{count}, le dernier à {french.hour(arrived[-1].at)}.")
    alone = "Seul cet ordinateur a ouvert l’adresse : cela ne prouve rien." if seen.came_here else "Aucun appareil n’est encore arrivé."
    return Check("appareils", "Les tablettes", Verdict.TODO, alone,
                 "Visez le carré ci-dessus avec une tablette ou un téléphone. La page ne s’ouvre pas ?")


def _clock(seen: Doorstep) -> Check:
    now, ahead = clock.real_now(), seen.ahead
    says = f"Cet ordinateur dit : {french.full_moment(now)}."
    if now.date() < BUILT:
        return Check("horloge", "L’heure", Verdict.TODO, f"{says} C’est dans le passé.", SET_CLOCK)
    if ahead is None:
        return Check("horloge", "L’heure", Verdict.UNKNOWN, says, "Comparez avec votre montre. Une tablette qui vise le carré compare aussi.")
    if abs(ahead) > APART:
        return Check("horloge", "L’heure", Verdict.TODO, f"{says} Les tablettes disent {french.hour(datetime.fromtimestamp(now.timestamp() + ahead, clock.PARIS))}."
                     if abs(ahead) < 86_400 else f"{says} Les tablettes ne sont pas au même jour.", SET_CLOCK)
    return Check("horloge", "L’heure", Verdict.GOOD, f"{says} Les tablettes disent la même heure.")


SET_CLOCK = (
    "Réglez la date, l’heure et le fuseau de l’ordinateur : Paris, heure automatique. Sans les droits, vérifiez d’abord que ce n’est pas "
    "la tablette qui se trompe. Les codes à six chiffres dépendent de l’heure."
)


def _day(workshop: Workshop) -> Check:
    day = db.session.get_one(World, workshop.world_id).day
    if day == clock.real_now().date():
        return Check("jour", "Les dossiers", Verdict.GOOD, f"{french.several(workshop.seats, 'place prête', 'places prêtes')}, à la date d’aujourd’hui.")
    return Check("jour", "Les dossiers", Verdict.TODO, f"Les dossiers sont datés du {french.long_date(day)}.",
                 "Remettez tout l’atelier à zéro : les rendez-vous et les résultats repartent d’aujourd’hui.")


def _spare(workshop: Workshop) -> Check:
    if spares.ready(workshop):
        return Check("avance", "La remise à zéro", Verdict.GOOD, "Une copie neuve attend : remettre à zéro ne prend qu’un instant.")
    return Check("avance", "La remise à zéro", Verdict.TODO, "Pas de copie neuve datée d’aujourd’hui : la première remise à zéro prendrait quelques secondes.",
                 "Préparez-la maintenant. Cela se fait tout seul, en une minute au plus.")


def _cards(workshop: Workshop, here: str, seen: Doorstep) -> Check:
    paper = seen.papers.get(doorstep.CARDS)
    if paper is None:
        return Check("cartes", "Les cartes", Verdict.TODO, "Elles n’ont pas encore été ouvertes pour l’impression.",
                     f"Imprimez-les et coupez-les : {french.several(workshop.seats, 'carte de place', 'cartes de place')}.")
    opened = f"Ouvertes pour l’impression {french.full_moment(paper.at)}."
    if paper.host != urlsplit(here).netloc:
        return Check("cartes", "Les cartes", Verdict.TODO, f"{opened} Leurs carrés mènent à une autre adresse : {paper.host}.", "Réimprimez-les.")
    return Check("cartes", "Les cartes", Verdict.GOOD, f"{opened} Comptez-les : {workshop.seats}, plus celles des professionnels.")


def _printer(seen: Doorstep) -> Check:
    if any(one.by_sheet for one in seen.devices):
        return Check("imprimante", "L’imprimante", Verdict.GOOD, "Une tablette a lu le carré de la feuille d’essai.")
    if doorstep.SHEET in seen.papers:
        return Check("imprimante", "L’imprimante", Verdict.UNKNOWN, f"Feuille d’essai ouverte {french.full_moment(seen.papers[doorstep.SHEET].at)}.",
                     "Mesurez le trait : dix centimètres. Puis visez le carré imprimé avec une tablette.")
    return Check("imprimante", "L’imprimante", Verdict.UNKNOWN, "Le site ne voit pas les imprimantes.",
                 "Imprimez la feuille d’essai : une page. Si l’imprimante manque, enregistrez les cartes en PDF et imprimez-les ailleurs.")


def _space(workshop: Workshop) -> Check:
    folder, wanted = current_app.config["SETTINGS"].data, BASE + A_SEAT * workshop.seats
    free = shutil.disk_usage(folder).free
    if not _can_write(folder):
        return Check("disque", "Le disque", Verdict.TODO, f"On ne peut pas écrire dans {folder}.",
                     "Donnez à votre compte le droit d’y écrire, ou lancez le site avec un autre dossier (« --data »).")
    if free < wanted:
        return Check("disque", "Le disque", Verdict.TODO, f"Il reste {_big(free)}. Cet atelier peut en demander {_big(wanted)}.",
                     "Videz la corbeille et le dossier Téléchargements, ou lancez le site avec un dossier d’un autre disque (« --data »).")
    return Check("disque", "Le disque", Verdict.GOOD, f"Il reste {_big(free)}, pour {_big(wanted)} au plus. La base s’écrit.")


def _big(count: int) -> str:
    return f"{french.number(round(count / 1e9, 1))}{french.NBSP}Go"


def _can_write(folder: str) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return False
    file = db.engine.url.database or ""
    return not is_sqlite(db.session.connection()) or os.access(file, os.W_OK)


def _live(workshop: Workshop) -> Check:
    settings = current_app.config["SETTINGS"]
    if settings.streams * settings.workers <= workshop.seats:
        return Check("direct", "Le direct", Verdict.TODO, f"{settings.streams * settings.workers} pages en direct, pour {french.several(workshop.seats, 'place')}.",
                     "Rien de grave : les autres pages se renseignent toutes les cinq secondes. Pour mieux, augmentez SANDBOX_STREAMS.")
    if current_app.extensions["live"].hears(live.audience_of_room(workshop.id)):
        return Check("direct", "Le direct", Verdict.GOOD, "Cette page apprend les nouvelles aussitôt.")
    return Check("direct", "Le direct", Verdict.UNKNOWN, "Cette page n’a pas encore de lien direct.",
                 "Attendez quelques secondes. Sans lien, les pages se renseignent toutes les cinq secondes, ou quand on les recharge.")


def _room(workshop: Workshop) -> Check:
    if workshop.is_open and workshop.open_until:
        return Check("salle", "La salle", Verdict.GOOD, f"Ouverte {french.until(workshop.open_until, clock.real_now().date())}.")
    return Check("salle", "La salle", Verdict.TODO, "La salle est fermée : personne ne peut entrer, même avec une carte.",
                 "Ouvrez-la quand l’atelier commence, pas avant.")
