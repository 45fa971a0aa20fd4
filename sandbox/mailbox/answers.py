"""What the portal writes to the simulated phone when something happens. Words are in fixtures/common/letters.toml.

Never a word of health: a message may be read over a shoulder.
"""

from __future__ import annotations

from typing import Any

from sandbox.account.models import CodePurpose, User
from sandbox.acts import (
    Act,
    ChildActivated,
    CodeSent,
    DevicePaired,
    DeviceRevoked,
    EmailChanged,
    IdentifierRecalled,
    Invited,
    LureArrived,
    MobileChanged,
    OppositionWithdrawn,
    PasswordChanged,
    SpaceActivated,
    SpaceClosed,
    SpaceClosedForGood,
    SpaceErased,
    SpaceOpposed,
    SpaceReopened,
    on,
)
from sandbox.mailbox import lures
from sandbox.mailbox.models import Channel, Mail
from sandbox.mailbox.service import send
from sandbox.numbers import grouped
from sandbox.workshops.fixtures import common

CODES = {  # what a code of each purpose is for, and how long it lives
    CodePurpose.SIGN_IN.value: ("de connexion", "10 minutes"),
    CodePurpose.ACTIVATION.value: ("temporaire d’activation", "30 minutes"),
    CodePurpose.EMAIL.value: ("de vérification de votre adresse e-mail", "10 minutes"),
    CodePurpose.MOBILE.value: ("de vérification de votre mobile", "10 minutes"),
    CodePurpose.IDENTIFIER.value: ("pour retrouver votre identifiant", "10 minutes"),
    CodePurpose.PASSWORD.value: ("pour changer votre mot de passe", "10 minutes"),
    CodePurpose.CLOSING.value: ("pour fermer votre espace", "10 minutes"),
    CodePurpose.REOPENING.value: ("pour rouvrir votre espace", "10 minutes"),
    CodePurpose.DEVICE.value: ("pour associer votre téléphone", "10 minutes"),
    CodePurpose.PARTNER.value: ("de connexion", "10 minutes"),
}


@on(CodeSent)
def send_code(act: CodeSent) -> None:
    """To who asked for it: for a child's record, the legal representative."""
    what, life = CODES[act.purpose]
    code = grouped(act.code) if len(act.code) > 6 else act.code
    send(
        act.actor, Channel(act.channel),
        f"Votre code {what} est {code}. Il sert une seule fois, pendant {life}. Ne le donnez à personne.",
        "" if act.channel == Channel.SMS.value else f"Votre code {what}", sender=act.sender,
    )


@on(Invited)
def invite(act: Invited) -> None:
    """The same words as the printed letter: by e-mail where the caisse knows one, else by post."""
    channel = "email" if "email" in act.record.reach else "post"
    _write(act.record.owner, common("letters")["invitation"] | {"channel": channel})


@on(
    SpaceActivated, ChildActivated, PasswordChanged, DevicePaired, DeviceRevoked, SpaceOpposed, OppositionWithdrawn,
    SpaceClosed, SpaceClosedForGood, SpaceReopened, SpaceErased,
)
def confirm(act: Act) -> None:
    """What was done to a space is told to whoever keeps it, with what to do when it was not them."""
    for keeper in act.record.keepers or [act.actor]:
        _write(keeper, common("letters")[type(act).__name__], **_about(act))


@on(EmailChanged, MobileChanged)
def confirm_contact(act: Act) -> None:
    """To the former contact and to the new one: whoever changed it on the sly cannot hide it."""
    letters = common("letters")[type(act).__name__]
    for which in ("former", "new"):
        _write(act.record.owner, letters[which], **_about(act))


@on(IdentifierRecalled)
def recall(act: IdentifierRecalled) -> None:
    """To the person alone: nobody else who keeps their record needs it."""
    _write(act.actor, common("letters")["IdentifierRecalled"], identifier=act.actor.identifier)


@on(LureArrived)
def lure(act: LureArrived) -> None:
    """A message that lies about who sent it: only in the exercise, and it harms nobody."""
    found = lures.named(act.lure)
    send(
        act.record.owner, Channel(found.channel), found.told(found.body, act.record), found.told(found.subject, act.record),
        link_label=found.link_label, sender=found.sender, lure=found.slug,
    )


def _write(user: User, letter: dict[str, str], **about: Any) -> Mail:
    return send(
        user, Channel(letter.get("channel", "email")), letter["body"].format(**about), letter.get("subject", "").format(**about),
        link=letter.get("link", ""), link_label=letter.get("link_label", ""), sender=letter.get("sender", ""),
    )


def _about(act: Act) -> dict[str, Any]:
    """What the words may name."""
    device = getattr(act, "device", None)
    return {"first_name": act.record.first_name, "device": device.name if device else ""}
