"""What is noted before the doors open: which devices reached this machine, which sheets were opened to be printed.

One row a device a day, one a kind of sheet. Of a device it keeps a mark that leads back to nobody.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from statistics import median

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from sandbox import clock
from sandbox.db import Model, db, only_writer
from sandbox.workshops.models import Workshop

CARDS, LETTERS, SHEET = "cards", "letters", "sheet"
OUR_OWN = "here"  # the mark of this very machine: it proves nothing of the network
MOST = 500  # devices in one day; more come from no room


class Noted(Model):
    """A device that came, or a kind of sheet that was opened: the last time, and by which address."""

    __tablename__ = "doorstep"
    __table_args__ = (sa.UniqueConstraint("workshop_id", "mark"),)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"))
    mark: Mapped[str] = mapped_column(sa.String(12))
    at: Mapped[datetime]
    host: Mapped[str] = mapped_column(sa.String(100))  # of sheets: the one that their squares bear
    by_sheet: Mapped[bool] = mapped_column(default=False)  # by the square of the printed sheet
    ahead: Mapped[float | None] = mapped_column(sa.Float)  # seconds between its clock and ours


@dataclass(frozen=True)
class Doorstep:
    devices: list[Noted]  # the last one last
    papers: dict[str, Noted]
    came_here: bool

    def arrived(self, host: str) -> list[Noted]:
        """Those that opened this very address, the last one last."""
        return [one for one in self.devices if one.host == host]

    @property
    def ahead(self) -> float | None:
        """By how many seconds the devices' clocks are ahead of ours; None when none told."""
        told = [one.ahead for one in self.devices if one.ahead is not None]
        return median(told) if told else None


def mark(address: str, browser: str) -> str:
    """What tells a device from another during the day."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, f"{clock.real_now():%Y%m%d} {address} {browser}".encode(), "sha256").hex()[:12]


def device_came(workshop: Workshop, device: str, host: str, *, by_sheet: bool) -> None:
    """It opened the address. The caller commits."""
    noted = _noted(workshop, device, host)
    noted.by_sheet = noted.by_sheet or by_sheet


def clock_told(workshop: Workshop, device: str, ahead: float) -> None:
    """By how many seconds the clock of a device that came is ahead. The caller commits."""
    told = sa.update(Noted).where(Noted.workshop_id == workshop.id, Noted.mark == device)
    db.session.execute(told.values(ahead=round(ahead, 1)))


def paper_opened(workshop: Workshop, paper: str, host: str) -> None:
    """A sheet was opened to be printed. The caller commits."""
    _noted(workshop, paper, host)


def forget(workshop: Workshop) -> None:
    """Nothing of it stays. The caller commits."""
    db.session.execute(sa.delete(Noted).where(Noted.workshop_id == workshop.id))


def read(workshop: Workshop) -> Doorstep:
    """What was noted: papers of any day, devices of today."""
    rows = db.session.scalars(sa.select(Noted).where(Noted.workshop_id == workshop.id).order_by(Noted.at, Noted.id)).all()
    papers = {one.mark: one for one in rows if one.mark in {CARDS, LETTERS, SHEET}}
    today = [one for one in rows if one.mark not in papers and one.at.date() == clock.real_now().date()]
    return Doorstep([one for one in today if one.mark != OUR_OWN], papers, any(one.mark == OUR_OWN for one in today))


def _noted(workshop: Workshop, mark: str, host: str) -> Noted:
    """The row of this mark, seen now; kept unless too many came today."""
    only_writer(workshop)
    here = sa.select(Noted).where(Noted.workshop_id == workshop.id, Noted.mark == mark)
    noted = db.session.scalars(here).first()
    if noted is None:
        noted = Noted(workshop_id=workshop.id, mark=mark, by_sheet=False)
        if _make_room(workshop):
            db.session.add(noted)
    noted.at, noted.host = clock.real_now(), host[:100]
    return noted


def _make_room(workshop: Workshop) -> bool:
    """The devices of former days go; whether one more is kept."""
    mine = Noted.workshop_id == workshop.id, Noted.mark.not_in([CARDS, LETTERS, SHEET])
    midnight = clock.at(clock.real_now().date(), 0)
    db.session.execute(sa.delete(Noted).where(*mine, Noted.at < midnight))
    return (db.session.scalar(sa.select(sa.func.count(Noted.id)).where(*mine)) or 0) < MOST
