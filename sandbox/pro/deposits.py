"""« Mes dépôts »: what a professional deposited lately and for whom, with its state; and the same for one patient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from sandbox import paging
from sandbox.access import To, actor, may
from sandbox.account.models import Record
from sandbox.documents import deposits
from sandbox.documents.deposits import Deposit
from sandbox.documents.models import Document
from sandbox.pro.portal import bp

PAGE, MOST = 30, 200


@dataclass(frozen=True)
class Line:
    """A deposit, and where one goes from it: nowhere for whoever is blocked, who may still withdraw it."""

    deposit: Deposit
    href: str
    withdraw: str
    put_back: str


@bp.get("/depots")
def my_deposits() -> str:
    """Newest first. Whether the patient opened them is nobody's business here."""
    total = deposits.count(actor())
    page, pages = paging.place(total, request.args.get("page", 1, int), PAGE)
    found = deposits.of(actor(), start=(page - 1) * PAGE, most=PAGE)
    return render_template(
        "pro/deposits.html", lines=[_line(one) for one in found], count=total, page=page, pages=pages,
        page_url=lambda number: url_for("pro.my_deposits", page=number),
    )


def of_patient(record: Record) -> dict[str, Any]:
    """For the page of a record that its depositor does not read."""
    return {"lines": [_line(one) for one in deposits.of(actor(), record, most=MOST)]}


def _line(deposit: Deposit) -> Line:
    user, document = actor(), deposit.document
    if may(user, To.READ, document):
        return Line(deposit, _address("document", document), "", "")
    return Line(
        deposit, "", _address("withdraw", document) if may(user, To.WITHDRAW, document) else "",
        _address("put_back", document) if may(user, To.PUT_BACK, document) else "",
    )


def _address(page: str, document: Document) -> str:
    return url_for(f"pro.{page}", ref=document.record.ref, document_ref=document.ref)
