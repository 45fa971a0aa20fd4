"""Every address × everybody: nobody falls through, nobody is somewhere they should not be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from sandbox.audience import Audience
from tests.room import Room

OPEN = {
    "assets.file", "account.join", "account.sign_in", "account.card", "account.code", "account.new_code", "account.seat",
    "account.sign_out", "account.phone", "account.pictures", "pro.sign_in", "pro.card", "console.sign_in",
    "feed.read", "account.trial", "account.trial_clock", "comfort.show",
}
BEFORE_THE_DOOR = {"account", "veil", "enrolment", "opposition", "reopening", "identity", "caisse"}  # once the workshop is known
STREAMS = {"home.stream", "pro.stream", "console.stream", "mailbox.stream"}
SIGN_IN = {"/rejoindre", "/pro/connexion", "/console/connexion"}


def audience_of(rule: Rule) -> Audience:
    first = rule.rule.split("/")[1]
    return next((a for a in (Audience.PROFESSIONAL, Audience.TRAINER) if a.value == first), Audience.LEARNER)


def addresses(app: Flask, code: str, method: str) -> Iterator[tuple[Rule, str]]:
    """Each address with made-up refs, and the real code of the workshop."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or set()) and rule.endpoint not in STREAMS:
            values = {name: _made_up(name, rule, code) for name in rule.arguments - set(rule.defaults or ())}
            values |= rule.defaults or {}
            yield rule, adapter.build(rule.endpoint, values, method=method)


def _made_up(name: str, rule: Rule, code: str) -> object:
    if name == "code":
        return code
    kind = type(rule._converters[name]).__name__
    if kind == "AnyConverter":
        return min(rule._converters[name].items)  # type: ignore[attr-defined]
    return 1 if kind == "IntegerConverter" else "zzzzzzzz"


def test_whoever_is_not_signed_in_is_led_to_sign_in(app: Flask, room: Room) -> None:
    for rule, address in addresses(app, room.code, "GET"):
        if rule.endpoint not in OPEN:
            answer = app.test_client().get(address)
            assert answer.status_code == 302, address
            assert answer.headers["Location"] in SIGN_IN, address


@pytest.mark.parametrize("who", ["marie", "lemoine", "garnier", "samira"])
def test_nobody_is_let_into_anothers_part_and_no_page_breaks(
    app: Flask, room: Room, who: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    mine = {"samira": Audience.TRAINER, "marie": Audience.LEARNER}.get(who, Audience.PROFESSIONAL)
    for rule, address in addresses(app, room.code, "GET"):
        answer = person.client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code < 500, f"{who} {address} {answer.status}"
        alone = rule.endpoint in OPEN or rule.endpoint.split(".")[0] in BEFORE_THE_DOOR
        if audience_of(rule) is not mine and not alone:
            assert answer.status_code == 302, f"{who} entre dans {address}"


def test_no_form_is_taken_without_its_token(app: Flask, room: Room) -> None:
    for rule, address in addresses(app, room.code, "POST"):
        assert rule.endpoint
        answer = app.test_client().post(address)
        assert answer.status_code in {302, 404, 409}, f"{address} {answer.status}"


def test_every_answer_is_protected_and_kept_by_nobody(app: Flask, room: Room) -> None:
    marie = room.learner(1)
    for path in ("/", "/documents/", "/messages/", "/rejoindre", "/nulle-part"):
        headers = marie.client.get(path).headers
        assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
