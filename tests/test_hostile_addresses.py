"""Every page × odd addresses: what is mistyped, or tried on purpose, is answered; nothing breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule

from sandbox.audience import Audience
from sandbox.db import Model, db
from sandbox.tenancy import Named
from tests.browser import Browser
from tests.room import Room
from tests.test_routes import STREAMS, audience_of

ODD = [
    "abc", "-1", "99/99/9999", "9999-12-31", "9999-12-31T23:59:59%2B00:00", "0001-01-01T00:00%2B14:00", "9999-99", "9" * 40,
    "9999999999999999-9", "²", "%00", "%ED%A0%80", "%27%22%3Cx%3E%25_",
]
NAMES = [
    "a", "apres", "au", "auteur", "avant", "boite", "canal", "categorie", "choisi", "choisir", "depuis", "document",
    "dossier", "du", "etape", "etat", "fait", "feuille", "genre", "gerer", "ici", "jour", "lieu", "lue", "mois", "moment", "mots", "obligation", "onglet",
    "page", "periode", "pour", "profession", "q", "quand", "region", "reponse", "reprendre", "retire", "retour", "seat", "semaine", "slug", "sorte", "specialite", "sujet",
    "supprimee", "theme", "tri", "type", "voir", "volet", "vu", "vus",
]
QUERIES = [
    *("&".join(f"{name}={odd}" for name in NAMES) for odd in ODD), "page=1&page=2&du=&du=x", "mots=" + "x" * 3000, "%00=%00&%ff=%ff&[]=&=&",
    "endpoint=x", "self=x", "_external=1&_scheme=javascript", "_scheme=x", "_anchor=x", "_method=POST",
]
THINGS = {  # by blueprint: the tables whose things have a page there
    "documents": ["document", "folder", "user"], "messaging": ["conversation", "user"], "agenda": ["appointment", "reminder"],
    "privacy": ["user"], "help": ["ticket", "user", "document"], "notifications": ["notification"], "partners": ["user"],
    "prescriptions": ["prescription"], "pro": ["record", "conversation", "prescription"],
}
DRAWN = {"console.exercise_sheets_pdf", "console.cards_pdf", "console.letters_pdf", "console.report_pdf", "console.whole_zip", "console.start_zip"}  # takes a second, and reads no query
WORDS = {"name": "email", "block": "traitements", "number": 10**30, "token": "zzz", "version": "x", "path": "x", "moment": "apres", "who": "noms", "how": "vue", "seat": 1}
WHO = {"marie": Audience.LEARNER, "lemoine": Audience.PROFESSIONAL, "samira": Audience.TRAINER}


def things(room: Room) -> dict[str, list[str]]:
    """By table, things of the first seat that are really there; of people, the family doctor."""
    found: dict[str, list[str]] = {}
    with room.inside():
        for kind in (mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, Named)):
            query = sa.select(kind.ref).where(kind.seat == 1).order_by(kind.id).limit(2)
            found[kind.__tablename__] = list(db.session.scalars(query))
        found["user"] = [room.user("dr-lemoine").ref]
    return found


def addresses(app: Flask, room: Room, who: str) -> Iterator[tuple[str, str]]:
    """Each page of this person's part: of what is there, and of names that nothing bears."""
    adapter, known = app.url_map.bind("localhost"), things(room)
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and audience_of(rule) is WHO[who] and rule.endpoint not in STREAMS | DRAWN:
            for ref in _refs(rule, known):
                values = {name: WORDS.get(name, ref) for name in rule.arguments} | {"code": room.code} | (rule.defaults or {})
                if "document_ref" in rule.arguments:
                    values["document_ref"] = known["document"][0]
                address = adapter.build(rule.endpoint, values, method="GET", append_unknown=False)
                yield rule.endpoint, f"{address}?" + "".join(f"choisi={one}&" for one in known["document"])


def _refs(rule: Rule, known: dict[str, list[str]]) -> list[str]:
    tables = THINGS.get(rule.endpoint.partition(".")[0], []) if "ref" in rule.arguments else []
    return [*(ref for table in tables for ref in known[table]), "\0", "é²%'\""] if rule.arguments else [""]


class Asked(ImmutableMultiDict[str, str]):
    """A query that remembers whether anybody read it: a page that does not cannot be broken by it."""

    was_read = False


def _noting(name: str) -> Callable[..., Any]:
    def read(self: Asked, *args: Any, **kwargs: Any) -> Any:
        Asked.was_read = True
        return getattr(ImmutableMultiDict, name)(self, *args, **kwargs)

    return read


for _name in ("get", "getlist", "items", "lists", "keys", "to_dict", "__getitem__", "__iter__", "__contains__"):  # `values`: the door's, on all
    setattr(Asked, _name, _noting(_name))


def reads(person: Browser, address: str) -> bool:
    """Whether this page reads its query, odd or not."""
    Asked.was_read = False
    for query in ("", *QUERIES[:2]):
        person.client.get(address.partition("?")[0] + f"?{query}")
    return Asked.was_read


@pytest.fixture
def noted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.request_class, "parameter_storage_class", Asked)


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("who", WHO)
def test_no_address_however_odd_breaks_a_page(app: Flask, room: Room, who: str, request: pytest.FixtureRequest) -> None:
    person: Browser = request.getfixturevalue(who)
    tried = set()
    for endpoint, address in addresses(app, room, who):
        is_first = person.client.get(address).status_code < 300 and endpoint not in tried
        tried |= {endpoint} if is_first else set()
        for query in QUERIES if is_first and reads(person, address) else QUERIES[:1]:
            answer = person.client.get(address + query)
            assert answer.status_code < 500, f"{address}{query} {answer.status}"
            assert answer.headers.get("Location", "/").startswith("/"), address + query
            assert b"javascript:" not in answer.data, address + query


@pytest.mark.usefixtures("noted")
def test_a_page_that_reads_its_query_is_known(marie: Browser) -> None:
    assert reads(marie, "/documents/")
    assert not reads(marie, "/documents/ajouter/appareil")
