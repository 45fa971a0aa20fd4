"""How a command answers: an object or a text; an error is one sentence on standard error."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

import click
from flask import Flask

from sandbox import create_app, server
from sandbox.config import Misconfigured
from sandbox.db import writing
from sandbox.errors import Refused
from sandbox.workshops.fixtures import BrokenPack

Answer = tuple[dict[str, Any], str]
Verb = Callable[..., Answer]


class Sentence(click.ClickException):
    """An error is one sentence on standard error, and exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(" ".join(self.message.split()), err=True)


def command(group: click.Group, name: str, *, prepared: bool = True) -> Callable[[Verb], Verb]:
    """Register a verb that answers (an object for --json, a text for people); `prepared`: only once tables are there."""

    def register(verb: Verb) -> Verb:
        @functools.wraps(verb)
        def run(*, as_json: bool, **arguments: Any) -> None:
            found, text = _carry_out(verb, arguments, prepared)
            click.echo(json.dumps(found, ensure_ascii=False) if as_json else text)

        options = getattr(verb, "__click_params__", [])
        run.__click_params__ = [  # type: ignore[attr-defined]
            click.Option(["--json", "as_json"], is_flag=True, help="Un objet JSON sur la sortie standard."), *options
        ]
        group.command(name, help=verb.__doc__)(run)
        return verb

    return register


def _carry_out(verb: Verb, arguments: dict[str, Any], prepared: bool) -> Answer:
    try:
        app = application()
        with app.app_context(), writing():
            if prepared:
                server.need_tables()
            return verb(**arguments)
    except (Refused, Misconfigured, BrokenPack) as error:
        raise Sentence(str(error)) from error
    except OSError as error:
        raise Sentence(f"{error.strerror or error} : {error.filename or ''}") from error


@functools.lru_cache(maxsize=1)
def application() -> Flask:
    return create_app()


def explained(error: click.UsageError) -> str:
    """Click's complaint, in French."""
    if isinstance(error, click.MissingParameter):
        return f"Il manque {error.param.human_readable_name if error.param else 'un mot'}."
    if isinstance(error, click.NoSuchOption):
        return f"L’option {error.option_name} n’existe pas."
    if isinstance(error, click.BadParameter) and error.param:
        return f"La valeur de {error.param.human_readable_name} ne convient pas."
    return "Cette commande n’existe pas ou est mal écrite."
