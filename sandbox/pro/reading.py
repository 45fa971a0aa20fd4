"""What a patient's card says: the serial number of a Vitale card, or the datamatrix of an INS identity card."""

from __future__ import annotations

import json
import re

import sqlalchemy as sa

from sandbox import guard
from sandbox.account.models import Record, Role, User
from sandbox.db import db
from sandbox.documents import apart
from sandbox.errors import Refused
from sandbox.numbers import tidy_number
from sandbox.settings import ins
from sandbox.workshops.people import PHOTO_PREFIX

NIR_LENGTH, AFTER_PREFIX, SHORTEST, LONGEST = 15, 11, 8, 13
MOST_PHOTO = 15_000_000  # bytes
PRESCRIPTION = re.compile(r"SANDBOX:TEST", re.I)
REAL_INS = re.compile(r"^(IS\d\d|DC\d\d)[A-Z0-9]|1\.2\.250\.1\.213\.1\.4\.[89]\b")  # the signed squares of real identities
OTHER_SQUARE = re.compile(r"^[a-z][a-z0-9+.-]*:|^www\.|\.(fr|com|org|net)\b", re.I)

NOTHING = "Il n’y a rien à lire. Tapez le numéro de série de la carte Vitale, ou choisissez une photo du carré."
A_PRESCRIPTION = "C’est le carré d’une ordonnance, pas celui d’une carte. Une ordonnance se lit dans la rubrique de qui la réalise, par exemple « Délivrance » en pharmacie."
OTHER = (
    "Ce carré n’est pas celui d’une carte d’identité de santé d’entraînement. "
    "Visez le carré de la page « Carte d’identité de santé » du patient."
)
REAL = "Ce carré pourrait être celui d’une vraie personne : il n’a pas été gardé. Lisez seulement les cartes de l’exercice."
ALTERED = (
    "Ce carré a été modifié : le nom et la date de naissance ne vont pas avec le matricule. "
    "Cherchez le patient par ses traits d’identité, avec sa pièce d’identité."
)
ELSEWHERE = "Aucun patient de cet atelier n’a cette identité. La carte vient peut-être d’un autre atelier."
A_NIR = (
    "C’est le numéro de sécurité sociale. Le numéro de série est au dos de la carte, en petits chiffres. "
    "Vous pouvez aussi chercher par le matricule, dans « Patients »."
)
NOT_FIGURES = "Le numéro de série n’a que des chiffres. Relisez-le au dos de la carte Vitale."
LENGTH = (
    "Un numéro de série a 21 chiffres (ou ses 11 derniers) sur une carte avec photo, de 8 à 13 sur une carte sans photo. "
    "Vous en avez écrit {}."
)
NO_SUCH_CARD = (
    "Aucun patient de cet atelier n’a cette carte Vitale. Relisez le numéro par petits groupes, ou cherchez le patient par ses traits d’identité."
)
NOT_A_PHOTO = "Ce fichier n’est pas une photo qui s’ouvre ici. Choisissez une photo JPEG ou PNG."
TOO_HEAVY = "Cette photo dépasse 15 Mo. Reprenez-la avec une qualité plus faible, ou tapez le numéro de série."
UNREADABLE = (
    "Aucun carré n’a pu être lu sur cette photo. Reprenez-la à la lumière, bien en face, sans flou, le carré entier au milieu. "
    "Vous pouvez aussi taper le numéro de série de la carte Vitale."
)


def patient_of(text: str) -> Record:
    """Whose card it is, from its serial number or from what its square says. Raises Refused."""
    text = text.strip()
    if not text:
        raise Refused(NOTHING)
    if REAL_INS.search(text) or guard.seen_in(text) is guard.Real.NIR:
        guard.note()
        raise Refused(REAL)
    if PRESCRIPTION.match(text):
        raise Refused(A_PRESCRIPTION)
    if text.upper().startswith(ins.PREFIX):
        return _of_square(text)
    if OTHER_SQUARE.search(text):
        raise Refused(OTHER)
    return _of_serial(tidy_number(text))


def is_square(text: str) -> bool:
    return text.strip().upper().startswith(ins.PREFIX)


def _of_square(text: str) -> Record:
    """The traits that the square says must all be those of one patient: twins may share a number."""
    told = dict(part.partition("=")[::2] for part in text[len(ins.PREFIX) :].split(";"))
    if "INS" not in told:
        raise Refused(OTHER)
    born_there = sa.select(Record).where(Record.birth_code == told["INS"][5:10])
    same_number = [record for record in db.session.scalars(born_there) if record.nir == told["INS"]]
    if not same_number:
        raise Refused(ELSEWHERE)
    for record in same_number:
        if ins.said(record) == text:
            return record
    raise Refused(ALTERED)


def _of_serial(number: str) -> Record:
    if not number.isascii() or not number.isdigit():
        raise Refused(NOT_FIGURES)
    if len(number) == NIR_LENGTH:
        raise Refused(A_NIR)
    whole = number.startswith(PHOTO_PREFIX) and len(number) == len(PHOTO_PREFIX) + AFTER_PREFIX
    if not whole and not SHORTEST <= len(number) <= LONGEST:
        raise Refused(LENGTH.format(len(number)))
    serials = [number, PHOTO_PREFIX + number] if len(number) == AFTER_PREFIX else [number]
    found = db.session.scalars(sa.select(Record).where(Record.vitale_serial.in_(serials))).all()
    if len(found) != 1:
        raise Refused(NO_SUCH_CARD)
    return found[0]


def square_of(photo: bytes) -> str:
    """What the square of a photo says; a square of ours first when there are several. Raises Refused."""
    if len(photo) > MOST_PHOTO:
        raise Refused(TOO_HEAVY)
    try:
        found: list[str] = json.loads(apart.ask("squares", photo))
    except apart.Failed:
        raise Refused(NOT_A_PHOTO) from None
    if not found:
        raise Refused(UNREADABLE)
    return min(found, key=lambda text: not is_square(text))


def also_on_the_card(record: Record) -> list[Record]:
    """The children whom the same Vitale card covers."""
    if not record.vitale_serial:
        return []
    children = sa.select(Record).join(Record.owner).where(Record.seat == record.seat, User.role == Role.DEPENDANT)
    return list(db.session.scalars(children.order_by(Record.birth_date, Record.first_name)))
