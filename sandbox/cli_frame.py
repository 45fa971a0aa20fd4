"""How a command answers: an object or a text; an error is one sentence on standard error."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
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
FRENCH = {  # click's own words
    "Commands": "Commandes", "COMMAND [ARGS]...": "COMMANDE…",
    "Show this message and exit.": "Affiche cette aide.", "[required]": "[obligatoire]", "TEXT": "TEXTE", "INTEGER RANGE": "NOMBRE",
    "INTEGER": "NOMBRE", "FLOAT RANGE": "NOMBRE", "FLOAT": "NOMBRE", "FILE": "FICHIER", "EMAIL": "ADRESSE", "[%Y-%m-%d]": "AAAA-MM-JJ",
}


class Help(click.HelpFormatter):
    """Click's help, in French."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _in_french(args), "Utilisation : ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(f"{_in_french(heading)} ")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_in_french(name), _in_french(words)) for name, words in rows], col_max, col_spacing)


def _in_french(words: str) -> str:
    for theirs, ours in FRENCH.items():
        words = words.replace(theirs, ours)
    return words


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
        return f"Il manque {_named(error.param)}."
    if isinstance(error, click.NoSuchOption):
        return f"L’option {error.option_name} n’existe pas."
    if isinstance(error, click.BadParameter) and error.param:
        return f"La valeur de {_named(error.param)} ne convient pas."
    return "Cette commande n’existe pas ou est mal écrite."


def _named(param: click.Parameter | None) -> str:
    """As it is typed: « --seats », « CODE »."""
    if isinstance(param, click.Option):
        return param.opts[0]
    return _in_french(param.human_readable_name) if param else "un mot"
