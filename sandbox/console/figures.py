"""A report in the words of its sheets: durations, a table for spreadsheets, a PDF."""

from __future__ import annotations

from datetime import timedelta

from sandbox import french, tables_csv, typesetting
from sandbox.exercises.report import FEWEST, Report
from sandbox.french import NBSP
from sandbox.workshops.cards import BANNER
from sandbox.workshops.models import Workshop

HEADS = ("Exercice", "Commencé ou fait par", "Fait par", "Durée médiane", "Personnes aidées d’un indice", "Indices lus", "Arrêtées là")
TOO_FEW = f"Moins de {FEWEST} réponses : elles ne sont pas montrées, pour que personne ne soit reconnu."


def duration(took: timedelta | None) -> str:
    """« 45 s », « 3 min », « 1 h 05 »; a dash for what nobody timed."""
    if took is None:
        return "–"
    seconds = round(took.total_seconds())
    if seconds < 60:
        return f"{seconds}{NBSP}s"
    minutes = round(seconds / 60)
    return f"{minutes}{NBSP}min" if minutes < 60 else f"{minutes // 60}{NBSP}h{NBSP}{minutes % 60:02d}"


def rows(report: Report) -> list[tuple[str, ...]]:
    return [
        (f"{line.number}. {line.title}", *map(str, (line.people, line.done)), duration(line.took), *map(str, (line.hinted, line.hints, line.stopped)))
        for line in report.lines
    ]


def csv_of(workshop: Workshop, report: Report) -> str:
    """What French spreadsheets open without a question."""
    about = [("Atelier", workshop.name), ("Date", french.short_date(workshop.held_on)), ("Personnes", str(report.people)), ()]
    felt: list[tuple[str, ...]] = [(words, str(before), str(after)) for words, before, after in report.feelings] or [(TOO_FEW,)]
    return tables_csv.written([*about, HEADS, *rows(report), (), ("À l’aise ?", "Avant", "Après"), *felt])


def pdf_of(workshop: Workshop, report: Report) -> bytes:
    """The same as a tagged PDF, A4 lying down."""
    facts = [french.full_date(workshop.held_on), workshop.place, french.several(report.people, "personne")]
    told = {
        "title": f"Rapport de l’atelier « {workshop.name} »", "banner": BANNER, "facts": " · ".join(filter(None, facts)),
        "heads": HEADS, "rows": rows(report), "few": TOO_FEW, "feelings": [[words, str(before), str(after)] for words, before, after in report.feelings],
    }
    return typesetting.pdf("console/report.typ", told)
