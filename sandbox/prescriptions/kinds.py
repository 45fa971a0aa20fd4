"""What is prescribed, and the states that a prescription and its lines go through (reference §2)."""

from __future__ import annotations

from enum import StrEnum


class PrescriptionState(StrEnum):
    VALID = "valid"
    PARTLY = "partly"
    EXHAUSTED = "exhausted"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class LineState(StrEnum):
    PRESCRIBED = "prescribed"
    PARTLY = "partly"
    DELIVERED = "delivered"
    SUBSTITUTED = "substituted"
    REFUSED = "refused"


class Kind(StrEnum):
    """What is prescribed, and so who carries it out (reference §2.1)."""

    PRODUCTS = "products"
    NURSING = "nursing"
    PHYSIOTHERAPY = "physiotherapy"
    BIOLOGY = "biology"

    @property
    def code(self) -> str:
        """Its type in the nomenclature (reference §3.2)."""
        return KINDS[self][0]

    @property
    def profession(self) -> str:
        """The profession that carries it out."""
        return KINDS[self][1]

    @property
    def label(self) -> str:
        return KINDS[self][2]


KINDS = {  # type of document, profession, words
    Kind.PRODUCTS: ("57833-6", "21", "Médicaments et produits de santé"),
    Kind.NURSING: ("PRESC-INF", "60", "Soins infirmiers"),
    Kind.PHYSIOTHERAPY: ("PRESC-KINE", "70", "Kinésithérapie"),
    Kind.BIOLOGY: ("PRESC-BIO", "laboratoire", "Analyses de biologie médicale"),
}
