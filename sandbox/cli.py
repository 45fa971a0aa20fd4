"""`sandbox …`: the same verbs as the console, for the person who prepares a room and for other tools."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from typing import Any

import click
from flask import current_app

from sandbox import cli_moving, cli_trainers, server, serving
from sandbox import cli_views as views
from sandbox.cli_frame import Answer, Help, Sentence, Verb, application, command, explained
from sandbox.config import Misconfigured
from sandbox.db import db, writing
from sandbox.errors import Refused
from sandbox.workshops import opening, resets, service, spares
from sandbox.workshops.fixtures import BrokenPack
from sandbox.workshops.starts import Start

MOST_HOURS = 24 * 7  # a room left open by mistake shuts within the week


def main(*, prog_name: str = "sandbox") -> None:
    """The entry point. An error is one sentence on standard error, exit code 2."""
    click.Context.formatter_class = Help
    try:
        sys.exit(commands.main(prog_name=prog_name, standalone_mode=False))
    except click.UsageError as error:
        click.echo(f"{explained(error)} Voyez « {prog_name} --help ».", err=True)
        sys.exit(2)
    except Sentence as sentence:
        sentence.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)


@click.group(help="Le bac à sable de « Mon espace santé » : personnes et données fictives.")
def commands() -> None:
    """Every command."""


@commands.group(help="Créer, ouvrir, montrer, remettre à zéro, terminer un atelier.")
def workshop() -> None:
    """Verbs about workshops."""


@commands.group(help="Les formateurs.")
def trainer() -> None:
    """Verbs about trainers."""


@commands.group(help="Les packs.")
def packs() -> None:
    """Verbs about packs."""


@command(commands, "init", prepared=False)
@click.option("--host", default="", help="L’adresse d’écoute qui sera donnée à « serve » : les cartes la portent d’avance.")
@click.option("--port", default=serving.DEFAULT_PORT, type=click.IntRange(1, 65535))
def init(host: str, port: int) -> Answer:
    """Prépare le dossier de données : base, tables, clé secrète."""
    server.bring_tables_up_to_date()
    spares.tidy_after_start()
    folder = current_app.config["SETTINGS"].data
    if host:
        serving.remember_address(folder, host, port)
    return {"data": folder, "address": views.public_url()}, f"Tout est prêt dans {folder}."


@commands.command("serve", help="Sert le site, sur le réseau local si on le demande.")
@click.option("--host", default="127.0.0.1", help="Adresse d’écoute ; 0.0.0.0 pour tout le réseau local.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535))
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON quand le serveur démarre.")
def serve(host: str, port: int, as_json: bool) -> None:
    """Serve until interrupted."""
    try:
        server.bring_tables_up_to_date()
        with application().app_context(), writing():
            spares.tidy_after_start()
            settings = current_app.config["SETTINGS"]
            db.session.remove()
            db.engine.dispose()
        serving.check_port(host, port)
        address = serving.remember_address(settings.data, host, port)
        click.echo(json.dumps({"address": address}) if as_json else f"Le site répond à {address}")
        sys.stdout.flush()
        server.serve(host, port, settings)
    except (Misconfigured, Refused, serving.CannotServe) as error:
        raise Sentence(str(error)) from error


@command(workshop, "create")
@click.option("--pack", required=True)
@click.option("--seats", required=True, type=int)
@click.option("--name", default="")
@click.option("--place", default="")
@click.option("--seed", default="", help="La même graine donne les mêmes personnes.")
@click.option("--date", "held_on", default=None, type=click.DateTime(["%Y-%m-%d"]))
@click.option("--quick", is_flag=True, help="Laisse entrer d’un geste, sans mot de passe ni code.")
@click.option("--hours", default=0.0, type=click.FloatRange(0, MOST_HOURS), help="Ouvre tout de suite la salle, pour tant d’heures.")
@click.option("--start", default=None, type=click.Choice([start.value for start in Start]), help="L’état de départ des espaces.")
def workshop_create(held_on: datetime | None, quick: bool, hours: float, start: str | None, **about: Any) -> Answer:
    """Crée un atelier."""
    plan = service.Plan(
        quick_entry=quick, held_on=held_on.date() if held_on else None, start=Start(start) if start else None,
        open_for=timedelta(hours=hours) if hours else None, **about,
    )
    return views.described(opening.open_workshop(plan, None))


@command(workshop, "list")
def workshop_list() -> Answer:
    """Liste les ateliers."""
    return views.listed()


CODE = click.argument("code")
SEAT = click.option("--seat", default=None, type=int, help="Une seule place.")


@CODE
def show(code: str) -> Answer:
    """Montre un atelier : adresses, identifiants, mots de passe."""
    return views.described(views.workshop_of(code))


@CODE
@SEAT
def reset(code: str, seat: int | None) -> Answer:
    """Remet l’atelier, ou une place, à son point de départ."""
    found = views.workshop_of(code)
    if seat:
        resets.reset_seat(found, seat)
    else:
        resets.back_to_start(found)
    db.session.commit()
    if not seat:
        spares.keep_ready(found.id)
    what = f"La place {seat} est remise" if seat else "L’atelier est remis"
    return {"code": found.code, "reset": seat or "all"}, f"{what} à son point de départ."


@CODE
def undo(code: str) -> Answer:
    """Annule ce qui a été fait en dernier : remise à zéro ou changement d’état."""
    found = views.workshop_of(code)
    seats = [step.seat for step in resets.undo(found) if step.seat]
    db.session.commit()
    undone = seats[0] if len(seats) == 1 else seats or "all"
    return {"code": found.code, "undone": undone}, "Ce qui a été fait en dernier est annulé."


@CODE
@click.option("--hours", default=4.0, type=click.FloatRange(0, MOST_HOURS, min_open=True), help="Pour tant d’heures (4 sinon).")
def open_room(code: str, hours: float) -> Answer:
    """Ouvre la salle : on peut entrer, jusqu’à ce qu’elle se ferme toute seule."""
    found = views.workshop_of(code)
    service.open_room(found, timedelta(hours=hours))
    db.session.commit()
    return views.opened(found)


@CODE
def shut(code: str) -> Answer:
    """Ferme la salle : plus personne n’entre, jusqu’à ce qu’on la rouvre."""
    found = views.workshop_of(code)
    service.shut_room(found)
    db.session.commit()
    return views.opened(found)


@CODE
def close(code: str) -> Answer:
    """Ferme l’atelier : plus personne n’y entre."""
    found = views.workshop_of(code)
    service.close(found)
    db.session.commit()
    return {"code": found.code, "closed": True}, f"L’atelier {found.code} est terminé."


@CODE
@SEAT
def digest(code: str, seat: int | None) -> Answer:
    """L’empreinte du contenu présent : égale pour un contenu égal."""
    return views.digested(views.workshop_of(code), seat)


@command(packs, "check")
def packs_check() -> Answer:
    """Relit les packs : chaque défaut a son fichier, sa ligne et son remède."""
    found = views.pack_problems()
    if found:
        raise BrokenPack(found)
    return {"problems": []}, "Tous les packs sont bons."


@command(commands, "tick")
def tick() -> Answer:
    """Fait ce qui est dû : dossiers neufs à préparer, restes à balayer."""
    return views.ticked()


VERBS: dict[str, Verb] = {
    "show": show, "open": open_room, "shut": shut, "reset": reset, "undo": undo, "close": close, "export": cli_moving.export, "import": cli_moving.bring, "digest": digest,
}
TRAINER_VERBS: dict[str, Verb] = {
    "add": cli_trainers.add, "list": cli_trainers.listed, "password": cli_trainers.password, "block": cli_trainers.block, "admin": cli_trainers.admin,
}
for _name, _verb in TRAINER_VERBS.items():
    command(trainer, _name)(_verb)
for _name, _verb in VERBS.items():
    command(commands, _name)(_verb)
    command(workshop, _name)(_verb)
