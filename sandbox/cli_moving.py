"""The commands that put a workshop in a file, and take one out of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from sandbox import cli_views as views
from sandbox.cli_frame import Answer
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops import contents, luggage, trainers, unpacking

CODE = click.argument("code")
FILE = click.argument("file", type=click.Path())


@CODE
@FILE
@click.option("--start-only", "alone", is_flag=True, help="Le point de départ seul, à partager : ni cartes, ni nom, ni lieu.")
def export(code: str, file: str, alone: bool) -> Answer:
    """Met un atelier dans un fichier que l’on peut emporter."""
    found = views.workshop_of(code)
    with _written_whole(Path(file)) as out:
        (luggage.pack_start if alone else luggage.pack)(found, out)
    return {"code": found.code, "file": file}, f"{'Le point de départ de l’atelier' if alone else 'L’atelier'} {found.code} est dans {file}."


@contextmanager
def _written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that is there whole, or as it was before."""
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("wb") as out:
            yield out
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@FILE
@click.option("--anew", is_flag=True, help="Depuis son point de départ, plutôt que comme il était.")
@click.option("--trainer", "email", default="", help="L’adresse du formateur à qui il sera ; sinon, à tous.")
def bring(file: str, anew: bool, email: str) -> Answer:
    """Reprend un atelier depuis un fichier."""
    owner = trainers.named(email) if email else None
    if not Path(file).is_file():
        raise Refused(f"{file} n’est pas un atelier exporté : ce fichier n’existe pas.")
    with Path(file).open("rb") as stream:
        arrival = unpacking.unpack(contents.read(stream), owner, anew=anew)
    db.session.commit()
    return views.described(arrival.workshop)
