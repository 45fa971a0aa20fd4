"""Opening and closing a workshop, and who may run one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import bcrypt
import sqlalchemy as sa
from flask import current_app

from sandbox import blobs, clock, live
from sandbox.db import begin_writing, db, let_go
from sandbox.errors import Refused
from sandbox.tenancy import Bound
from sandbox.workshops import cast, doorstep, packs, plans, story, worlds
from sandbox.workshops.models import Credential, Snapshot, SnapshotPart, Trainer, Workshop, World
from sandbox.workshops.starts import Start, of_pack

CODE_SIGNS = "ABCDEFGHJKLMNPQRTUVWXY346789"
WORDS = ["Abricot", "Amande", "Balcon", "Bateau", "Cabane", "Canard", "Cerise", "Chemin", "Citron", "Colline", "Dauphin", "Doudou", "Fenouil", "Feuille", "Fontaine", "Galette", "Girafe", "Hamac", "Hibou", "Jardin", "Lavande", "Lilas", "Marron", "Melon", "Mouette", "Nuage", "Olive", "Orange", "Panier", "Pinson", "Pomme", "Prairie", "Renard", "Rivage", "Ruban", "Sapin", "Soleil", "Tilleul", "Tomate", "Tulipe", "Vallon", "Verger", "Violon", "Voilier"]
TRAINER_TRIES = 5
LOCKED = timedelta(minutes=1)
KEPT, KEPT_AT_MOST = timedelta(days=30), timedelta(days=365)  # after a workshop is closed (ours)
OPEN_FOR, MORE = timedelta(hours=4), timedelta(hours=1)  # a room shuts by itself; what one press adds


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a trainer asks for."""

    pack: str
    seats: int
    name: str = ""
    place: str = ""
    territory: str = ""
    held_on: date | None = None
    seed: str = ""
    quick_entry: bool = False
    start: Start | None = None  # the state of every seat's space; None: as the pack says
    open_for: timedelta | None = None  # from now on; None: the trainer opens the room when the class begins


def create(plan: Plan, trainer: Trainer | None, *, most: int = 60) -> Workshop:
    """Open a workshop: its starting point, its cards. The caller fills its first world, then commits.

    Raises Refused (number of seats) and BrokenPack.
    """
    if not 1 <= plan.seats <= most:
        raise Refused(f"Un atelier a de 1 à {most} places ; vous en demandez {plan.seats}.")
    pack = packs.load(plan.pack)
    workshop = Workshop(
        code=free_code(), name=plan.name.strip() or pack.about["title"], place=plan.place.strip(),
        territory=" ".join(plan.territory.split()),
        held_on=plan.held_on or clock.real_now().date(), pack=plan.pack,
        seed=plan.seed or secrets.token_urlsafe(9), seats=plan.seats, quick_entry=plan.quick_entry, trainer=trainer,
        open_until=clock.real_now() + plan.open_for if plan.open_for else None,
    )
    db.session.add(workshop)
    db.session.flush()
    workshop.start = _starting_point(workshop, pack, plan.start or of_pack(pack.about))
    db.session.flush()
    return workshop


def bound_of(workshop: Workshop) -> Bound:
    """What one enters to be in the workshop's present world."""
    return replace(db.session.get_one(World, workshop.world_id).bound, matrix=workshop.matrix)


def free_code() -> str:
    """A code that no workshop has."""
    while True:
        code = "".join(secrets.choice(CODE_SIGNS) for _ in range(6))
        if not find(code):
            return code


def find(code: str) -> Workshop | None:
    """A workshop by its code, however it was typed."""
    return db.session.scalars(sa.select(Workshop).where(Workshop.code == tidy_code(code))).first()


def tidy_code(typed: str) -> str:
    """A workshop's code as it is kept, however it was typed."""
    return "".join(typed.upper().split())


def _starting_point(workshop: Workshop, pack: packs.Pack, start: Start) -> Snapshot:
    bodies: dict[str, bytes] = {}
    head: dict[str, Any] = {
        "version": 1,
        "pack": {"slug": pack.slug, **pack.about},
        "exercises": pack.exercises,
        "triggers": [_with_text(pack, trigger) for trigger in pack.triggers],
        "timeline": pack.moments,
        "plan": plans.of_pack(pack),
    }
    snapshot = Snapshot(workshop_id=workshop.id, label="Début de l’histoire", head=worlds.pack(head))
    db.session.add(snapshot)
    db.session.flush()
    _add_part(snapshot, 0, cast.shared(pack, workshop.seed), workshop)
    for seat in range(1, workshop.seats + 1):
        _add_part(snapshot, seat, story.Story(pack, workshop.seed, seat, bodies, start).part(), workshop)
    blobs.keep(*bodies.values())
    return snapshot


def _with_text(pack: packs.Pack, trigger: packs.Item) -> packs.Item:
    """A trigger that deposits carries its document's text, so that a workshop travels alone."""
    if document := trigger.get("document"):
        return trigger | {"document": document | {"text": pack.text(document["ref"])}}
    return trigger


def _add_part(snapshot: Snapshot, seat: int, part: worlds.Part, workshop: Workshop) -> None:
    db.session.add(SnapshotPart(snapshot_id=snapshot.id, seat=seat, body=worlds.pack(part)))
    users = part["user"]
    for row in users["rows"]:
        user = dict(zip(users["columns"], row, strict=True))
        if user["role"] in {"learner", "professional"}:
            add_credential(workshop, seat, user)


def add_credential(workshop: Workshop, seat: int, user: packs.Item) -> None:
    """A card, with a password drawn now."""
    password = f"{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"
    db.session.add(Credential(
        workshop_id=workshop.id, ref=user["ref"], seat=seat, name=user["name"], identifier=user["identifier"],
        password=password, token=new_token(),
        password_hash=hash_password(password, current_app.config["SETTINGS"].seat_cost),
    ))


def new_token() -> str:
    """What a card's QR code carries: 96 bits that cannot be guessed."""
    return secrets.token_urlsafe(12)


def hash_password(password: str, cost: int) -> str:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(cost)).decode()


def matches(password: str, hashed: str) -> bool:
    """Whether a password is the one hashed; takes the same time when there is no hash."""
    hidden = hashed or "$2b$08$" + "." * 53
    return bcrypt.checkpw(password.encode()[:72], hidden.encode()) and bool(hashed)


def credentials(workshop: Workshop) -> list[Credential]:
    """The cards of a workshop: seats in order, then professionals."""
    query = sa.select(Credential).where(Credential.workshop_id == workshop.id)
    return sorted(db.session.scalars(query), key=lambda card: (card.seat == 0, card.seat, card.id))


def open_room(workshop: Workshop, span: timedelta = OPEN_FOR) -> None:
    """From now on seats can enter, until the room shuts by itself. Raises Refused when the workshop is over."""
    if workshop.is_closed:
        raise Refused("Cet atelier est terminé : sa salle ne s’ouvre plus.")
    workshop.open_until = clock.real_now() + span
    _tell_room(workshop)


def prolong_room(workshop: Workshop, by: timedelta = MORE) -> None:
    """The room stays open that much longer. Raises Refused when it is shut."""
    if workshop.open_until is None or not workshop.is_open:
        raise Refused("La salle est fermée : ouvrez-la d’abord.")
    workshop.open_until += by
    _tell_room(workshop)


def shut_room(workshop: Workshop) -> None:
    """Nobody else enters; those who are inside finish what they were doing."""
    workshop.open_until = None
    _tell_room(workshop)


def _tell_room(workshop: Workshop) -> None:
    live.tell(live.audience_of_room(workshop.id), "board")


def close(workshop: Workshop, erase_on: date | None = None) -> None:
    """Nobody can enter any more; its data go on that day, a month from now when none is said."""
    workshop.closed_at = workshop.closed_at or clock.real_now()
    keep_until(workshop, erase_on or clock.real_now().date() + KEPT)
    doorstep.forget(workshop)
    live.tell(live.audience_of_workshop(workshop.id), "world")


def keep_until(workshop: Workshop, day: date) -> None:
    """The day when everything goes. Raises Refused when it is past, or further than a year."""
    today = clock.real_now().date()
    if not today <= day <= today + KEPT_AT_MOST:
        raise Refused("Choisissez un jour entre aujourd’hui et dans un an.")
    workshop.erase_on = day


def add_trainer(email: str, password: str) -> Trainer:
    """The first one is the administrator. Raises Refused when the address is taken, not one, or the password too short."""
    email = email.strip().lower()
    if email.count("@") != 1 or email.startswith("@") or email.endswith("@") or " " in email:
        raise Refused("L’adresse doit avoir la forme prenom.nom@domaine.fr.")
    if len(password) < 9:
        raise Refused("Le mot de passe doit avoir au moins 9 caractères.")
    if db.session.scalars(sa.select(Trainer).where(Trainer.email == email)).first():
        raise Refused("Un formateur a déjà cette adresse.")
    trainer = Trainer(email=email, password_hash=hash_password(password, current_app.config["SETTINGS"].trainer_cost))
    trainer.is_admin = db.session.scalars(sa.select(Trainer.id).limit(1)).first() is None
    db.session.add(trainer)
    db.session.flush()
    return trainer


def trainer_signs_in(email: str, password: str) -> Trainer:
    """Raises Refused, with one same sentence whatever is wrong, or after five wrong tries."""
    trainer = db.session.scalars(sa.select(Trainer).where(Trainer.email == email.strip().lower())).first()
    now = clock.real_now()
    if trainer and trainer.locked_until and trainer.locked_until > now:
        raise Refused("Trop d’essais. Attendez une minute, puis recommencez.")
    let_go()
    right = matches(password, trainer.password_hash if trainer else "")
    begin_writing()
    if not right or trainer is None:
        if trainer:
            trainer.failures += 1
            if trainer.failures % TRAINER_TRIES == 0:
                trainer.locked_until = now + LOCKED
        raise Refused("L’adresse ou le mot de passe n’est pas le bon.")
    if trainer.blocked_at:
        raise Refused("Votre compte de formateur est bloqué. Demandez à un administrateur de la console.")
    trainer.failures, trainer.locked_until = 0, None
    return trainer
