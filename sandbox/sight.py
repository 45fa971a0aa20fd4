"""Who sees a document, and why: the one answer that pages explain and that the professional's portal obeys.

The order of the reasons is the rule (reference §1.3, §1.11): a record that is shut shows nothing to any professional; then
a block beats everything they could say; then the depositor keeps what they deposited; then reading the record at all
(consent, emergency); then the mask; then the matrix.
Only `access.py` and the pages that show reasons ask here.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING

from sandbox.account.models import Record, Role, User
from sandbox.privacy import matrix
from sandbox.privacy.service import standing_of

if TYPE_CHECKING:
    from sandbox.documents.models import Document


class Why(Enum):
    """A reason to see, or not to see, with its short words and the sentence that explains it."""

    OWNER = (True, "c’est votre document", "Vous voyez toujours vos documents.")
    DEPOSITOR = (True, "l’a déposé", "Celui qui dépose un document le voit toujours, même masqué, sauf si vous l’avez bloqué.")
    ADMINISTRATOR = (True, "administrateur de votre dossier", "Vous lui avez donné ce statut : il voit aussi les documents masqués.")
    PROFESSION = (True, "autorisé, et sa profession le permet", "Vous lui avez donné votre accord, et sa profession lit ce type de document.")
    EMERGENCY = (True, "accès en urgence", "Vos choix pour les urgences le permettent.")
    NOT_YET = (False, "pas encore annoncé", "Un professionnel doit d’abord vous le présenter.")
    WITHDRAWN = (False, "retiré", "Celui qui l’avait déposé l’a retiré de votre dossier.")
    SHUT = (False, "dossier clos", "Ce dossier est clos, ou la personne s’est opposée à sa création : plus personne ne le lit.")
    BLOCKED = (False, "bloqué", "Vous l’avez bloqué : il peut déposer, mais ne lit plus rien.")
    ESTABLISHMENT = (False, "dépose sans lire", "Un établissement ou un laboratoire dépose des documents, sans lire le dossier.")
    NO_CONSENT = (False, "n’a pas votre accord", "Il doit vous demander votre accord avant d’ouvrir votre dossier.")
    MASKED = (False, "document masqué", "Vous avez masqué ce document.")
    MATRIX = (False, "sa profession ne le permet pas", "La règle par profession ne lui ouvre pas ce type de document.")
    STRANGER = (False, "étranger au dossier", "Ce dossier n’est pas le sien.")

    def __init__(self, sees: bool, words: str, sentence: str) -> None:
        self.sees, self.words, self.sentence = sees, words, sentence


def entrusted(user: User) -> list[Record]:
    """The records of others that this person may open."""
    return [delegation.record for delegation in user.delegations if delegation.record.is_active]


def holds(user: User, record_id: int) -> bool:
    """Whether it is their own record, or one entrusted to them."""
    if user.role is not Role.LEARNER:
        return False
    mine = user.record is not None and user.record.id == record_id
    return mine or any(delegation.record_id == record_id for delegation in user.delegations)


def why(user: User, document: Document) -> Why:
    """Why this user sees this document, or does not."""
    if user.role is not Role.PROFESSIONAL:
        return _why_patient(user, document)
    return _why_professional(user, document)


def readers(document: Document, professionals: Iterable[User]) -> list[tuple[User, Why]]:
    """Each of these professionals with the reason why they see the document now, or not; those who see first."""
    found = [(user, why(user, document)) for user in professionals]
    return sorted(found, key=lambda one: (not one[1].sees, one[0].name))


def _why_patient(user: User, document: Document) -> Why:
    if not holds(user, document.record_id):
        return Why.STRANGER
    if document.is_hidden:
        return Why.NOT_YET
    return Why.WITHDRAWN if document.current.is_withdrawn else Why.OWNER


def _why_professional(user: User, document: Document) -> Why:
    if document.record.is_shut:
        return Why.SHUT
    standing = standing_of(document.record, user)
    if standing and standing.is_blocked:
        return Why.BLOCKED
    if document.is_own(user):
        return Why.DEPOSITOR
    if document.loose:
        return Why.NO_CONSENT  # reached through its message alone; what was replaced or withdrawn is its author's and the patient's
    if user.professional is not None and user.professional.is_establishment:
        return Why.ESTABLISHMENT
    if not may_open(user, document.record):
        return Why.NO_CONSENT
    return _why_in_record(user, document)


def _why_in_record(user: User, document: Document) -> Why:
    """For a professional who may read the record: the mask, then the matrix."""
    assert user.professional is not None  # noqa: S101
    profession = user.professional.profession
    if is_emergency(user, document.record):
        return why_in_emergency(profession, document)
    administers = is_administrator(user, document.record)
    if document.is_masked and not administers:
        return Why.MASKED
    if not _matrix_allows(profession, document):
        return Why.MATRIX
    return Why.ADMINISTRATOR if administers else Why.PROFESSION


def why_in_emergency(profession: str, document: Document) -> Why:
    """For whoever of this profession is in the record by an emergency: the person's third choice, then the matrix."""
    if document.is_masked and not document.record.masked_in_emergency:
        return Why.MASKED
    return Why.EMERGENCY if _matrix_allows(profession, document) else Why.MATRIX


def _matrix_allows(profession: str, document: Document) -> bool:
    return matrix.allows(profession, document.kind, patients=_is_patients(document))


def _is_patients(document: Document) -> bool:
    """Whether the person added it, or somebody who keeps the record in their place (they never say a type)."""
    mine = document.author_id == document.record.owner_id
    return mine or (not document.kind and document.author.role is Role.LEARNER)


def is_administrator(user: User, record: Record) -> bool:
    """Whether the person gave this professional the status: sees what is masked, may block others."""
    standing = standing_of(record, user)
    return standing is not None and standing.is_authorised and standing.is_administrator


def is_emergency(user: User, record: Record) -> bool:
    """Whether this professional is in the record by an emergency, not by the person's consent."""
    standing = standing_of(record, user)
    if standing and (standing.is_authorised or standing.is_blocked):
        return False
    samu = user.professional is not None and user.professional.is_samu and record.samu
    return samu or (standing is not None and standing.glass_is_broken)


def may_open(user: User, record: Record) -> bool:
    """Whether this professional may read the record now, at least in part."""
    if not _is_reader(user, record):
        return False
    standing = standing_of(record, user)
    return (standing is not None and standing.is_authorised) or is_emergency(user, record)


def reads(user: User, record: Record, kind: str) -> bool:
    """Whether this professional reads, in this record, what is told as such a document would be: the matrix, once it is open."""
    return may_open(user, record) and user.professional is not None and matrix.allows(user.professional.profession, kind, patients=True)


def may_ask(user: User, record: Record) -> bool:
    """Whether this professional may ask the person for consent; one who is there in an emergency may too."""
    standing = standing_of(record, user)
    return _is_reader(user, record) and not (standing is not None and standing.is_authorised)


def may_break_glass(user: User, record: Record) -> bool:
    """Without consent, in an emergency: unless the person objected, or blocked this professional (R1111-48).

    The SAMU has a choice of its own: whoever said no to it is not opened another way.
    """
    is_samu = user.professional is not None and user.professional.is_samu
    return record.glass and not is_samu and may_ask(user, record) and not may_open(user, record)


def may_block_others(user: User, record: Record) -> bool:
    """Whether this professional may block another one for this person."""
    return is_administrator(user, record)


def _is_reader(user: User, record: Record) -> bool:
    """A person, not an establishment, whom nobody blocked, before a record that is not shut."""
    if user.professional is None or user.professional.is_establishment or record.is_shut:
        return False
    standing = standing_of(record, user)
    return standing is None or not standing.is_blocked
