"""What every template may call: French filters, icons, addresses of static files, who looks at the page."""

from __future__ import annotations

import math
from collections import ChainMap
from collections.abc import MutableMapping
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import Any

from flask import Flask
from flask.templating import Environment
from heroicons.jinja import heroicon_outline
from jinja2 import StrictUndefined
from markupsafe import Markup

from sandbox import assets, clock, french, glossary, numbers, tenancy, texts
from sandbox.comfort import choices as comfort

_drawing = Lock()  # an icon's first drawing opens the library's archive: in thirty threads at once, that is megabytes


class Known(ChainMap[str, Any]):
    """What every template knows. It is asked for a name four hundred times a page, and takes the short way."""

    def __contains__(self, name: object) -> bool:
        own, shared = self.maps
        return name in own or name in shared


class Pages(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return Known({} if d is None else d, self.globals)


def dated(text: str) -> str:
    """A stored text with its dates put in, told from the world's day."""
    return texts.dated(text, tenancy.world_day())


def waiting(until: datetime) -> tuple[int, datetime]:
    """How long to wait for a moment of the world: the seconds left, and the whole minute then, on the wall's clock."""
    left = max(0, math.ceil((until - clock.now()).total_seconds()))
    back_at = clock.real_now() + timedelta(seconds=left + 59)
    return left, back_at.replace(second=0, microsecond=0)


def world_date() -> str:
    """« mardi 5 janvier 2027 » while the workshop's clock is not the wall's; nothing otherwise."""
    where = tenancy.bound()
    return french.full_date(clock.today()) if where and where.shift else ""


def _icon(name: str, size: int | None = None, **attributes: Any) -> Markup:
    with _drawing:
        return _drawn(name, size, str(attributes.pop("class", "")))


@lru_cache(maxsize=512)
def _drawn(name: str, size: int | None, style: str) -> Markup:
    """The library copies and writes an XML tree each time: a long list would spend a third of its time there."""
    picture = heroicon_outline(name, size=size, **{"class": style, "aria-hidden": "true"})
    return Markup(picture)  # noqa: S704 — the library's own drawing


SIGNED_OUT: dict[str, Any] = {
    "viewer": None, "opened": None, "nav": [], "nav_more": [], "unread": 0, "live_url": None, "phone": None, "tour": None,
    "today_url": None, "watch_url": None, "next_moment": None,
}


def init_app(app: Flask) -> None:
    app.jinja_environment = Pages
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        static=assets.static, stylesheet=assets.stylesheet, heroicon_outline=_icon, several=french.several,
        waiting=waiting, world_date=world_date, comfort_marks=comfort.marks, glossary_word=glossary.word,
        **SIGNED_OUT,
    )
    app.jinja_env.filters.update(
        day=french.full_date, longday=french.long_date, shortday=french.short_date, moment=french.full_moment,
        hour=french.hour, month=french.month, size=french.size, number=french.number, partial=french.partial,
        of=french.of, theirs=french.theirs,
        dated=dated, nir=numbers.spaced_nir, grouped=numbers.grouped,
    )
