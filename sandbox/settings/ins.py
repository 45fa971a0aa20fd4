"""The identity traits of the INS (reference §1.2, §4.1), as words and as what the datamatrix says. All fictional."""

from __future__ import annotations

from sandbox import numbers, qr
from sandbox.account.models import Record, Sex
from sandbox.french import folded, long_date

PREFIX = "SANDBOX:"
OID = "1.2.250.1.213.1.4.11"  # demonstration; a real matricule has .8
SEXES = {Sex.FEMALE: "Féminin", Sex.MALE: "Masculin"}


def traits(record: Record) -> list[tuple[str, str]]:
    """What the card says, in its order."""
    return [
        ("Nom de naissance", record.family_name.upper()),
        ("Prénom de naissance", record.first_name.upper()),
        ("Sexe", SEXES[record.sex]),
        ("Date de naissance", long_date(record.birth_date)),
        ("Lieu de naissance", f"{record.birth_place} (code {record.birth_code})"),
        ("Matricule INS", numbers.spaced_nir(record.nir)),
    ]


def said(record: Record) -> str:
    """What the datamatrix says: the same traits, without accents, and nothing else."""
    told = {
        "INS": record.nir, "OID": OID, "NOM": _plain(record.family_name), "PRENOMS": _plain(record.first_name),
        "SEXE": record.sex.value, "NE": record.birth_date.isoformat(), "LIEU": record.birth_code,
    }
    return PREFIX + ";".join(f"{name}={value}" for name, value in told.items())


def square(record: Record) -> qr.Square:
    return qr.matrix(said(record))


def _plain(name: str) -> str:
    """As identity traits are written: capitals without accents."""
    return folded(name).upper()
