"""The commands about trainers: also what saves a console whose only administrator forgot their password."""

from __future__ import annotations

import click

from sandbox.cli_frame import Answer
from sandbox.db import db
from sandbox.workshops import service, trainers

EMAIL = click.argument("email")


@EMAIL
@click.option("--password", default="", help="Sinon un mot de passe est tiré au sort et affiché.")
@click.option("--admin", is_flag=True, help="Administrateur (le premier formateur l’est toujours).")
def add(email: str, password: str, admin: bool) -> Answer:
    """Ajoute un formateur."""
    password = password or trainers.drawn_password()
    added = service.add_trainer(email, password)
    added.is_admin = added.is_admin or admin
    db.session.commit()
    return {"email": added.email, "password": password}, f"{added.email}\nMot de passe : {password}"


def listed() -> Answer:
    """Liste les formateurs."""
    every = trainers.every()
    found = [
        {"email": one.trainer.email, "admin": one.trainer.is_admin, "blocked": one.trainer.blocked_at is not None, "workshops": one.workshops}
        for one in every
    ]
    words = {"admin": "administrateur", "blocked": "bloqué"}
    lines = ["  ".join([str(one["email"]), *(word for key, word in words.items() if one[key])]) for one in found]
    return {"trainers": found}, "\n".join(lines) or "Aucun formateur."


@EMAIL
def password(email: str) -> Answer:
    """Donne un autre mot de passe : l’ancien ne sert plus."""
    trainer = trainers.named(email)
    drawn = trainers.renew_password(trainer)
    db.session.commit()
    return {"email": trainer.email, "password": drawn}, f"{trainer.email}\nMot de passe : {drawn}"


@EMAIL
@click.option("--off", is_flag=True, help="Le débloque.")
def block(email: str, off: bool) -> Answer:
    """Bloque un formateur : il ne se connecte plus, ses ateliers restent."""
    trainer = trainers.named(email)
    if off:
        trainers.unblock(trainer)
    else:
        trainers.block(None, trainer)
    db.session.commit()
    return {"email": trainer.email, "blocked": not off}, f"{trainer.email} {'peut de nouveau se connecter' if off else 'est bloqué'}."


@EMAIL
@click.option("--off", is_flag=True, help="Ne l’est plus.")
def admin(email: str, off: bool) -> Answer:
    """Nomme un formateur administrateur."""
    trainer = trainers.named(email)
    (trainers.make_plain if off else trainers.make_administrator)(trainer)
    db.session.commit()
    return {"email": trainer.email, "admin": not off}, f"{trainer.email} {'n’est plus' if off else 'est'} administrateur."
