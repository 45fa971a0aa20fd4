"""« Mes raccourcis »: at most five, chosen in the portal's list (reference §1.2), in the person's order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sandbox.account.models import Record, User
from sandbox.acts import ShortcutsChosen, publish
from sandbox.errors import Refused
from sandbox.measures import KINDS

MOST = 5
TOO_MANY = "Cinq raccourcis au plus : vous en avez coché {}. Décochez-en {}."
NONE = "Cochez au moins un raccourci, ou revenez aux raccourcis d’origine, en bas de la page."


@dataclass(frozen=True)
class Shortcut:
    """One way into the space: a page, with what is asked of it."""

    code: str
    label: str
    icon: str
    endpoint: str
    asked: dict[str, Any] = field(default_factory=dict)


def _block(code: str, label: str, icon: str) -> Shortcut:
    return Shortcut(code, label, icon, "profile.show", {"block": code})


MEASURES = tuple(
    Shortcut(f"m-{slug}", kind.label, "chart-bar", "profile.measures", {"_anchor": slug})
    for slug, kind in KINDS.items() if kind.plotted
)
GROUPS = {
    "documents": ("Documents", (
        Shortcut("ajouter-document", "Ajouter un document", "document-plus", "documents.add"),
        Shortcut("ajouter-dossier", "Ajouter un dossier", "folder-plus", "documents.new_folder"),
        Shortcut("epingles", "Documents épinglés", "bookmark", "documents.index"),
        Shortcut("resultats", "Mes résultats de biologie", "beaker", "documents.index", {"categorie": "BIOLOGIE"}),
    )),
    "profile": ("Profil médical", (
        _block("maladies", "Maladies", "heart"),
        _block("traitements", "Traitements", "beaker"),
        Shortcut("ajouter-traitement", "Ajouter un traitement", "plus-circle", "profile.add", {"block": "traitements"}),
        _block("professionnels", "Professionnels de santé", "briefcase"),
        Shortcut("mesures", "Toutes les mesures", "chart-bar", "profile.measures"),
        *MEASURES,
    )),
    "exchanges": ("Échanges et soins", (
        Shortcut("ecrire", "Écrire un message", "pencil-square", "messaging.new"),
        Shortcut("ordonnances", "Mes ordonnances numériques", "qr-code", "prescriptions.index"),
        Shortcut("agenda", "Mon agenda", "calendar-days", "agenda.index"),
        Shortcut("catalogue", "Catalogue de services", "squares-2x2", "catalogue.index"),
    )),
    "access": ("Accès à mon dossier", (
        Shortcut("acces", "Gérer les accès", "lock-closed", "privacy.index"),
        Shortcut("consultations", "Qui a consulté mon dossier", "eye", "journal.index", {"onglet": "professionnels"}),
        Shortcut("historique", "Historique d’activité", "clock", "journal.index"),
    )),
}
ALL = {shortcut.code: shortcut for _, offered in GROUPS.values() for shortcut in offered}
ORIGINAL = ("ajouter-document", "resultats", "ordonnances", "agenda", "consultations")


def of(record: Record) -> list[Shortcut]:
    """The person's shortcuts, or the original ones."""
    chosen = [ALL[code] for code in record.shortcuts.split() if code in ALL]
    return chosen[:MOST] or [ALL[code] for code in ORIGINAL]


def choose(user: User, record: Record, codes: Collection[str]) -> None:
    """Keep these: those that were there keep their place, the others come after. Raises Refused over five, or for none."""
    ticked = [code for code in ALL if code in codes]
    if len(ticked) > MOST:
        raise Refused(TOO_MANY.format(len(ticked), len(ticked) - MOST))
    if not ticked:
        raise Refused(NONE)
    kept = [shortcut.code for shortcut in of(record) if shortcut.code in ticked]
    _keep(user, record, [*kept, *(code for code in ticked if code not in kept)])


def move(user: User, record: Record, code: str, step: int) -> None:
    """One place up (-1) or down (1); at an end nothing moves."""
    codes = [shortcut.code for shortcut in of(record)]
    here = codes.index(code) if code in codes else -1
    there = here + step
    if here < 0 or not 0 <= there < len(codes):
        return
    codes[here], codes[there] = codes[there], codes[here]
    _keep(user, record, codes)


def reset(user: User, record: Record) -> None:
    """Back to the original ones."""
    _keep(user, record, [])


def _keep(user: User, record: Record, codes: list[str]) -> None:
    if " ".join(codes) != record.shortcuts:
        record.shortcuts = " ".join(codes)
        publish(ShortcutsChosen(actor=user, record=record))
