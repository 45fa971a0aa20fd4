"""What a message shows of itself: where it says that it comes from, and where its link leads. True and false look alike."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.addresses import of_this_site
from sandbox.mailbox import lures
from sandbox.mailbox.lures import Lure
from sandbox.mailbox.models import Mail
from sandbox.workshops.fixtures import common

SITE = "monespacesante.example"


@dataclass(frozen=True)
class Face:
    """`lure` is the false message that it is, told or not yet."""

    address: str
    link_address: str
    lure: Lure | None = None


def of(mail: Mail) -> Face:
    """Raises Refused for a false message that is no longer in the fixtures."""
    if mail.lure:
        lure = lures.named(mail.lure)
        return Face(lure.address, lure.link_address, lure)
    addresses: dict[str, str] = common("letters")["addresses"]
    return Face(addresses.get(mail.sender, ""), f"{SITE}{inside(mail.link)}".rstrip("/"))


def inside(link: str) -> str:
    """A path of this site, whatever the link says."""
    return of_this_site(link) or "/"
