"""The proof of an opposition: what it says, and the PDF to keep."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sandbox import clock, french, typesetting
from sandbox.account.models import Record, Sex
from sandbox.numbers import UNAMBIGUOUS, grouped, spaced_nir
from sandbox.workshops.cards import BANNER, STAMP
from sandbox.workshops.packs import draw

SIGNS = 12


@dataclass(frozen=True, kw_only=True)
class Proof:
    """Everything that the proof says, ready to be read."""

    number: str
    name: str
    birth: str
    nir: str
    moment: str
    statement: str

    @property
    def title(self) -> str:
        return "Preuve d’opposition à la création d’un espace"

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [
            ("Personne", self.name), ("Date de naissance", self.birth), ("N° de sécurité sociale", self.nir),
            ("Enregistrée le", self.moment), ("Numéro de l’opposition", self.number),
        ]


def of(record: Record) -> Proof:
    """The proof of the opposition to this space."""
    opposed = "s’est opposée" if record.sex is Sex.FEMALE else "s’est opposé"
    return Proof(
        number=number_of(record), name=record.name, birth=french.long_date(record.birth_date), nir=spaced_nir(record.nir),
        moment=french.full_moment(record.life_at or clock.now()),
        statement=f"{record.title} {record.name} {opposed} à la création de son espace « Mon espace santé ».",
    )


def number_of(record: Record) -> str:
    """The same whenever it is asked, without being kept anywhere: FICT K7MP …"""
    signs = draw(record.ref, "opposition")[:SIGNS]
    return "FICT " + grouped("".join(UNAMBIGUOUS[byte % len(UNAMBIGUOUS)] for byte in signs))


def pdf(proof: Proof) -> bytes:
    """The proof as a tagged PDF of one page; everything it says is data."""
    told = asdict(proof) | {"title": proof.title, "lines": proof.lines, "banner": BANNER, "stamp": STAMP}
    return typesetting.pdf("leaving/proof.typ", told)
