"""Messages that lie about who sent them: what each says, and the signs by which one knows it (fixtures/common/lures.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sandbox import texts
from sandbox.account.models import Record, Sex
from sandbox.errors import Refused
from sandbox.mailbox.models import Mail
from sandbox.workshops.fixtures import common

PLACES = ("sender", "subject", "body", "link")  # where a sign may be, in the order in which one reads


class Piece(NamedTuple):
    """Some words of a message; `number` is that of the sign which they are, 0 where they are none."""

    words: str
    number: int


@dataclass(frozen=True)
class Sign:
    """What gives a false message away: the very words, where they are, and why."""

    where: str
    words: str
    why: str


@dataclass(frozen=True)
class Lure:
    """One false message. `address` is whom it really comes from, `link_address` where its link would really lead."""

    slug: str
    name: str
    channel: str
    sender: str
    body: str
    address: str
    link_label: str
    link_address: str
    subject: str
    signs: tuple[Sign, ...]

    def told(self, text: str, record: Record) -> str:
        """One of its texts, with the person's name: that is what makes it credible."""
        names = texts.names(record.family_name, record.first_name, feminine=record.sex is Sex.FEMALE)
        return texts.render(text.strip(), names)

    def marked(self, mail: Mail, where: str) -> list[Piece]:
        """One part of a message that was sent, cut around its signs."""
        whole = {"sender": self.address or mail.sender, "subject": mail.subject, "body": mail.body, "link": self.link_address}
        pieces = [Piece(whole[where], 0)]
        for number, sign in enumerate(self.signs, 1):
            if sign.where == where:
                pieces = [cut for piece in pieces for cut in _cut(piece, sign.words, number)]
        return [piece for piece in pieces if piece.words]


def _cut(piece: Piece, words: str, number: int) -> list[Piece]:
    before, found, rest = piece.words.partition(words)
    if piece.number or not found:
        return [piece]
    return [Piece(before, 0), Piece(found, number), Piece(rest, 0)]


@lru_cache(maxsize=1)
def every() -> dict[str, Lure]:
    """All of them, by name."""
    return {item["slug"]: _read(item) for item in common("lures")["lure"]}


def named(slug: str) -> Lure:
    """Raises Refused when there is none of this name."""
    if slug not in every():
        raise Refused(f"Aucun faux message ne s’appelle « {slug} ». Voyez fixtures/common/lures.toml.")
    return every()[slug]


def _read(item: dict[str, str]) -> Lure:
    signs = tuple(Sign(**sign) for sign in item["sign"])  # type: ignore[arg-type]
    return Lure(
        item["slug"], item["name"], item["channel"], item["sender"], item["body"], item.get("address", ""),
        item["link_label"], item["link_address"], item.get("subject", ""), signs,
    )
