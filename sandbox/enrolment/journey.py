"""The way through the activation: which steps are done, which comes next, and where a wrong turn leads.

A view of a step begins with `way = arrive_at("code")`: it stays there, or is led to the right place with a sentence.
What a step settles is told by `way.note(login=True)`; then `return way.onward()`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NoReturn

from flask import abort, flash, g, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from sandbox import clock
from sandbox.account import place
from sandbox.account.models import Life, Record, Role, User
from sandbox.enrolment import service

KEPT = "activation"  # in the session
IDLE = timedelta(minutes=15)  # without a page asked for, by the world's clock
ME, CHILD = "me", "child"
LETTER, PROVIDER = "letter", "provider"  # where the code comes from when none is sent; who vouched when none is asked
AFTER = ("login", "terms", "email", "mobile")  # once it is proven who it is, for one's own space
TOO_SOON = "Il reste une étape à faire avant celle que vous demandiez. La voici."
DONE = "Cette étape est déjà faite. Vous pouvez continuer ici."
FROM_THE_START = "L’activation commence ici."


@dataclass
class Journey:
    """What is known of one activation under way. No secret is in it: the cookie can be read."""

    whom: str = ""  # ME or CHILD
    card: str = ""  # « photo » or « plain »
    person: str = ""  # the ref of who proves their identity: for a child, the parent
    child: str = ""
    among: list[str] = field(default_factory=list)  # refs of the records of twins, until one is chosen
    certified: bool = False
    channel: str = ""  # sms, email, post; LETTER; PROVIDER
    proven: bool = False
    login: bool = False
    keys: str = ""  # by what the chosen keys are known again: not they, nor their hash
    terms: bool = False
    email_ok: bool = False
    mobile_ok: bool = False
    seen: float = 0.0  # the world's clock, when a page was last asked for
    began: float = 0.0  # real time, to know whether a trainer has ended it since
    world: int = 0

    # --- who ---

    @property
    def user(self) -> User:
        """Who proves their identity; for a child, the parent."""
        return service.person(self.person) or _go("enrolment.index", FROM_THE_START)

    @property
    def record(self) -> Record:
        """Whose space is being activated."""
        if self.whom == CHILD:
            return service.record(self.child) or _go("enrolment.index", FROM_THE_START)
        return self.user.record or abort(404)

    @property
    def is_for_child(self) -> bool:
        return self.whom == CHILD

    def steps(self) -> dict[str, bool]:
        """The steps of this journey in order, and whether each is done."""
        named = bool(self.person) and (not self.is_for_child or bool(self.child or self.among))
        first = {"needed": bool(self.whom and self.card), "identity": named}
        if self.is_for_child:
            first |= {"twins": bool(self.child)} if self.among else {}
            first |= {"guardian": self.certified}
        first |= {"channel": bool(self.channel), "code": self.proven}
        last = (self.login, self.terms, self.email_ok, self.mobile_ok)
        return first if self.is_for_child else first | dict(zip(AFTER, last, strict=True))

    def next_step(self) -> str:
        """The first step that is not done; nothing when all are."""
        return next((step for step, done in self.steps().items() if not done), "")

    def next_endpoint(self) -> str:
        """Where to go on."""
        step = self.next_step()
        if not step:
            return "enrolment.activated" if self.is_for_child else "home.index"
        return f"enrolment.{step}"

    def may_return_to(self, step: str) -> bool:
        """Until it is proven who it is, a person may go back and correct what they said."""
        return not self.proven and self.steps().get(step, False)

    def _numbered(self) -> list[str]:
        """Choosing between twins is part of saying for whom."""
        own = [step for step in self.steps() if step != "twins"]
        return list(AFTER) if self.channel == PROVIDER else own

    @property
    def total(self) -> int:
        return len(self._numbered())

    def number_of(self, step: str) -> int:
        """« Étape 3 sur 8 »: 3."""
        numbered = self._numbered()
        step = "identity" if step == "twins" else step
        return numbered.index(step) + 1 if step in numbered else 1

    # --- time ---

    @property
    def until(self) -> datetime:
        """When it ends if nothing is asked for until then."""
        return datetime.fromtimestamp(self.seen, clock.PARIS) + IDLE

    @property
    def is_over(self) -> bool:
        return clock.now() >= self.until

    # --- going on ---

    def note(self, **facts: Any) -> None:
        """What a step has settled."""
        for name, value in facts.items():
            setattr(self, name, value)
        self.keep()

    def keep(self) -> None:
        self.seen = clock.now().timestamp()
        session[KEPT] = asdict(self)

    def onward(self) -> ResponseReturnValue:
        return redirect(url_for(self.next_endpoint()))

    def start_again(self, whom: str, card: str) -> None:
        """Said again for whom and with which card: what followed from another answer is dropped."""
        if (whom, card) != (self.whom, self.card):
            self.note(person="", child="", among=[], certified=False, channel="", proven=False)
        self.note(whom=whom, card=card)


def arrive_at(step: str) -> Journey:
    """The journey under way, at one of its steps; or, by `abort`, on the way to the right place with a sentence."""
    way = current() or _begun()
    if way.is_for_child and way.proven and step == "needed":  # one child is done, another begins
        way = _begun()
    way.keep()
    g.way, g.step = way, step
    if not way.whom and step != "needed":
        _go("enrolment.index", FROM_THE_START)
    _stop_if_settled(way, step)
    if step != way.next_step() and not way.may_return_to(step):
        _go(way.next_endpoint(), DONE if way.steps().get(step) else TOO_SOON)
    return way


def settled() -> Journey:
    """The journey that led to a space which cannot be activated; by `abort`, the start when there is none."""
    way = current()
    if way is None or not way.person:
        _go("enrolment.index", FROM_THE_START)
    way.keep()
    return way


def current() -> Journey | None:
    """The journey under way in this browser, none when there is not; by `abort`, the page that says that it ended."""
    way = known()
    if way and way.is_over:
        forget()
        _go("enrolment.expired")
    return way


def known() -> Journey | None:
    """The journey kept in this browser, over or not, once what a trainer undid is taken out of it."""
    told = session.get(KEPT, {})
    if set(told) != {one.name for one in fields(Journey)}:  # none, or of another version of the software
        return None
    way = Journey(**told)
    user = service.person(way.person) if way.person else None
    if way.person and (user is None or _another_came(way)):
        forget()
        return None
    if user and user.expired_at and user.expired_at.timestamp() > way.began:
        way.seen = 0.0  # the trainer ended the sessions of this person, or put their space in another state
    elif way.world != place.here().world_id or (user and way.keys and way.keys != mark_of(user)):
        _take_back(way)
    return way


def prove(user: User) -> None:
    """An identity provider vouches for this person: what remains is their identifier, the terms and their contacts."""
    _begun().note(whom=ME, card=PROVIDER, person=user.ref, channel=PROVIDER, proven=True)
    place.hold_phone_of(user)


def forget() -> None:
    session.pop(KEPT, None)


def signed_in() -> User | None:
    """A parent who is already in their own space, and comes for a child."""
    if current_user.is_authenticated and current_user.role is Role.LEARNER:
        user: User = current_user._get_current_object()
        return user
    return None


def _begun() -> Journey:
    return Journey(began=clock.real_now().timestamp(), world=place.here().world_id)


def _stop_if_settled(way: Journey, step: str) -> None:
    """The space asked about is no longer one that can be activated: its own screen says so."""
    if not way.person or step in {"needed", "identity", "twins"} or (way.is_for_child and not way.child):
        return
    if way.record.life is Life.ACTIVE:
        _go("enrolment.activated" if way.is_for_child and way.proven else "enrolment.exists")
    if way.record.is_shut:
        _go("enrolment.impossible")


def _another_came(way: Journey) -> bool:
    """Somebody else showed their card at this browser, or signed in."""
    user = signed_in()
    return (user.ref if user else session.get(place.HAND)) != way.person


def _take_back(way: Journey) -> None:
    """The trainer put every record back: codes that had left are gone; who one is, is still known."""
    way.note(world=place.here().world_id, keys="", channel="", **dict.fromkeys(("proven", "login", "terms", "email_ok", "mobile_ok"), False))


def mark_of(user: User) -> str:
    """Another one as soon as the password of this person is another."""
    return sha256(user.password_hash.encode()).hexdigest()[:12]


def _go(endpoint: str, sentence: str = "") -> NoReturn:
    if sentence:
        flash(sentence, "info")
    answer: Response = redirect(url_for(endpoint))
    abort(answer)
