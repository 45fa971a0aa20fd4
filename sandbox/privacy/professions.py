"""What each profession may read: the matrix, one profession at a time, as the portal shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.account.models import Professional
from sandbox.account.place import here
from sandbox.account.professions import DOCTOR
from sandbox.db import db
from sandbox.privacy import matrix
from sandbox.privacy.matrix_file import Cell
from sandbox.privacy.section import bp, record_of
from sandbox.workshops.fixtures import common

CLOSED = "non"


class Group(NamedTuple):
    """One of the eleven groups of documents, as one profession may read it."""

    label: str
    plain: str
    cell: Cell
    but: list[str]  # the types left out, in words


@bp.get("/professions")
def professions() -> ResponseReturnValue:
    """Choose a profession; two tabs, « Accessibles » and « Non accessibles »."""
    record_of()
    present, others = _choices()
    known = present | others
    chosen = request.args.get("profession", "")
    chosen = chosen if chosen in known else DOCTOR
    groups = list(_groups(chosen))
    shut = request.args.get("onglet") == CLOSED
    shown = [group for group in groups if (bool(group.but) or not group.cell.allowed if shut else group.cell.allowed)]
    return render_template(
        "privacy/professions.html", present=present, others=others, chosen=chosen, label=known.get(chosen, "Médecins"), groups=shown, shut=shut,
        partial=any(group.but for group in shown), is_trainers=bool(here().matrix),
        total=len(groups), tabs_shown=_tabs(chosen, shut=shut),
    )


def _tabs(chosen: str, *, shut: bool) -> list[tuple[str, str, bool]]:
    return [
        ("Accessibles", url_for(".professions", profession=chosen), not shut),
        ("Non accessibles", url_for(".professions", profession=chosen, onglet=CLOSED), shut),
    ]


def _choices() -> tuple[dict[str, str], dict[str, str]]:
    """The professions of the workshop's people, then the others of the matrix, by code."""
    met = set(db.session.scalars(sa.select(Professional.profession).where(~Professional.is_establishment).distinct()))
    told = met | set(matrix.current())
    known = {one["code"]: one["plural"] for one in common("professions")["profession"] if one["code"] in told}
    return {c: words for c, words in known.items() if c in met}, {c: words for c, words in known.items() if c not in met}


def _groups(profession: str) -> Iterator[Group]:
    labels = {kind["code"]: kind["label"] for kind in common("document_kinds")["kind"]}
    for group in common("groups")["group"]:
        cell = matrix.cell_of(profession, group["code"])
        yield Group(group["label"], group["plain"], cell, sorted(labels.get(code, code) for code in cell.but))
