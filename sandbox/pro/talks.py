"""The messages of a practice: every exchange, those to read first; and how one is found by its address."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, render_template, request, url_for

from sandbox import paging
from sandbox.access import To, actor, require
from sandbox.fragments import fragment
from sandbox.messaging import service as messaging
from sandbox.messaging.models import Conversation
from sandbox.pro import finding, inbox
from sandbox.pro.inbox import Shelf
from sandbox.pro.portal import bp

PAGE = 40
SHELVES = {Shelf.ALL: "Tous", Shelf.UNREAD: "À lire", Shelf.OPEN: "En cours", Shelf.ENDED: "Terminés"}


@bp.get("/messages")
def conversations() -> str:
    """Every exchange of this professional, those to read first."""
    return render_template("pro/conversations.html", **_list())


@bp.get("/messages/liste")
def listing() -> Response:
    """The list alone, with its counts, for the open page."""
    return fragment("pro/_conversations.html", **_list())


@bp.get("/messages/attente")
def waiting() -> Response:
    """The counter of the navigation alone, for any open page."""
    return fragment("pro/_waiting.html", count=inbox.unread_count(actor()))


def _list() -> dict[str, Any]:
    words, shelf = request.args.get("q", "").strip()[:60], request.args.get("voir", "")
    on = Shelf(shelf) if shelf in set(Shelf) else Shelf.ALL
    records = finding.by_words(words, finding.everyone()) if words else None
    every = inbox.heads(actor(), records)
    counts, found = inbox.counts(every), [head for head in every if head.is_on(on)]
    page, pages = paging.place(len(found), request.args.get("page", 1, int), PAGE)
    return {
        "talks": inbox.talks(actor(), found[(page - 1) * PAGE : page * PAGE]), "words": words, "shelf": on,
        "shelves": _shelves(counts, words, on), "count": len(found), "page": page, "pages": pages, "me": actor(),
        "page_url": lambda number: url_for("pro.conversations", q=words or None, voir=on or None, page=number),
        "here": {"q": words or None, "voir": on or None, "page": page if page > 1 else None},
    }


def _shelves(counts: dict[Shelf, int], words: str, on: Shelf) -> list[tuple[str, str, bool]]:
    """The tabs: each shelf with how many exchanges it holds."""
    return [
        (f"{label} ({counts[shelf]})", url_for("pro.conversations", q=words or None, voir=shelf or None), shelf is on)
        for shelf, label in SHELVES.items()
    ]


def talk_of(ref: str) -> Conversation:
    """The exchange of that name, with all that its page shows; 404 when it is somebody else's."""
    talk = messaging.find(ref) or abort(404)
    require(actor(), To.SEE_CONVERSATION, talk)
    return talk
