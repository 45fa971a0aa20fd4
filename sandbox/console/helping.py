"""Hands raised in the room, and the trainer's answers to them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import clock, french
from sandbox.classroom import hands, words
from sandbox.classroom.hands import Answer, Hand
from sandbox.classroom.words import Said
from sandbox.console import overview
from sandbox.console.desk import bp, ready_workshop_of, workshop_with_seat
from sandbox.db import db
from sandbox.exercises import service as exercises
from sandbox.exercises.service import Exercise
from sandbox.fragments import fragment
from sandbox.workshops.models import Workshop

TAGS = {None: ("Attend", "warn"), Answer.COMING: ("On y va", "info"), Answer.WORD: ("Répondu", "good")}


@dataclass(frozen=True)
class Raised:
    """One hand, as the list tells it."""

    hand: Hand
    name: str
    exercise: Exercise | None

    @property
    def tag(self) -> tuple[str, str]:
        return TAGS[self.hand.answer]

    @property
    def is_waiting(self) -> bool:
        return self.hand.answer is None

    @property
    def since(self) -> str:
        minutes = int((clock.real_now() - self.hand.raised_at).total_seconds() // 60)
        ago = f" ({french.several(minutes, 'minute')})" if minutes else ""
        return f"depuis {french.hour(self.hand.raised_at)}{ago}"


def raised(workshop: Workshop) -> list[Raised]:
    """In order of arrival."""
    names, asked = dict(overview.seat_names(workshop)), {one.slug: one for one in exercises.of_workshop(workshop.id)}
    return [Raised(hand, names[hand.seat], asked.get(hand.exercise)) for hand in hands.of_workshop(workshop.id)]


@bp.get("/<code>/mains")
def raised_hands(code: str) -> Response:
    """The live part of the room's page."""
    workshop = ready_workshop_of(code)
    return fragment("console/_hands.html", workshop=workshop, raised=raised(workshop))


@bp.post("/<code>/mains/<int:seat>/jy-vais")
def come(code: str, seat: int) -> ResponseReturnValue:
    workshop = workshop_with_seat(code, seat)
    hands.come(workshop, seat)
    return _told(workshop, f"La place {seat} sait que vous arrivez.")


@bp.post("/<code>/mains/<int:seat>/baisser")
def lower(code: str, seat: int) -> ResponseReturnValue:
    workshop = workshop_with_seat(code, seat)
    hands.lower(workshop.id, seat)
    return _told(workshop, f"La main de la place {seat} est baissée.")


@bp.post("/<code>/mains/<int:seat>/indice")
def give_hint(code: str, seat: int) -> ResponseReturnValue:
    """One hint of the exercise at which they are stuck."""
    workshop = workshop_with_seat(code, seat)
    hand, number = hands.up(workshop.id, seat), request.form.get("number", 0, type=int)
    exercise = exercises.named(workshop.id, hand.exercise) if hand else None
    if exercise is None or not 1 <= number <= len(exercise.hints):
        abort(404)
    words.send(workshop, [seat], Said(exercise.hints[number - 1], is_hint=True))
    return _told(workshop, f"L’indice est sur l’écran de la place {seat}.")


def _told(workshop: Workshop, phrase: str) -> ResponseReturnValue:
    db.session.commit()
    flash(phrase, "done")
    return redirect(url_for("console.show", code=workshop.code, _anchor="mains"))
