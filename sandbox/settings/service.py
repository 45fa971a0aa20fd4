"""The keys of one's account, changed when a code proves who asks: contacts, password, paired devices; the identity card."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.account import codes, life, rules
from sandbox.account import service as account
from sandbox.account.contact import Contact
from sandbox.account.models import CodePurpose, Device, Record, User
from sandbox.acts import DevicePaired, DeviceRevoked, IdentityShown, PasswordChanged, publish
from sandbox.clock import now
from sandbox.db import begin_writing, db, let_go
from sandbox.errors import Refused
from sandbox.workshops.service import matches

PHONE, PHONE_KIND = "Téléphone (simulé)", "phone"
NOTHING_ASKED = "Rien n’est en attente : recommencez depuis « Paramètres »."
WRONG_PASSWORD = "Ce n’est pas votre mot de passe actuel. Vérifiez les majuscules et le tiret, puis réessayez."  # noqa: S105
HAS_PHONE = "Un téléphone est déjà associé à votre compte. Pour le remplacer, retirez-le d’abord."
NOT_BACK = "Cet appareil ne peut plus être remis. Pour associer votre téléphone, utilisez le bouton en bas de cette page."


# --- what waits for its code ------------------------------------------------------------------------------

def send_again(user: User, purpose: CodePurpose, channel: str) -> None:
    """Another code for the same change. Raises Refused."""
    waiting = codes.awaited(user, purpose)
    if waiting is None:
        raise Refused(NOTHING_ASKED)
    codes.send(user, purpose, channel=channel, target=waiting.target)


def _proven(user: User, purpose: CodePurpose, typed: str) -> str:
    """What the code that was typed was sent for, once; nothing of it is kept. Raises Refused."""
    account.count_afresh(user)
    target = codes.check(user, purpose, typed).target
    if not target:
        raise Refused(NOTHING_ASKED)
    codes.give_up(user, purpose)
    return target


# --- contacts ---------------------------------------------------------------------------------------------

def ask_contact(user: User, contact: Contact, typed: str) -> None:
    """A code leaves for the new address or number, to prove that it is theirs. Raises Refused."""
    new = contact.tidy(typed)
    if user.record and new == contact.of(user.record):
        raise Refused(contact.same)
    codes.send(user, contact.purpose, channel=contact.channel, target=new)


def change_contact(user: User, contact: Contact, typed: str) -> str:
    """The code is right: the address or number it was sent to is theirs from now on. Raises Refused."""
    new = _proven(user, contact.purpose, typed)
    if user.record:
        setattr(user.record, contact.column, new)
        publish(contact.act(actor=user, record=user.record))
    return new


# --- password ---------------------------------------------------------------------------------------------

def ask_password(user: User, current: str, new: str) -> None:
    """The present password is right: a code leaves, that will put the new one in its place. Raises Refused.

    Hashes are made before the transaction that writes, so that a whole room can change at once.
    The caller commits even when it is refused: the count of tries must stay.
    """
    codes.need_unlocked(user)
    let_go()
    right = matches(current, user.password_hash)
    hashed = rules.hashed(new) if right else ""
    begin_writing()
    account.count_afresh(user)
    codes.need_unlocked(user)
    if not right:
        codes.miss(user)
        raise Refused(WRONG_PASSWORD)
    codes.send(user, CodePurpose.PASSWORD, target=hashed)


def change_password(user: User, typed: str) -> None:
    """The code is right: the new password opens the space, and whoever is signed in elsewhere is out. Raises Refused."""
    user.password_hash = _proven(user, CodePurpose.PASSWORD, typed)
    life.expire_sessions(user)
    if user.record:
        publish(PasswordChanged(actor=user, record=user.record))


# --- paired devices ---------------------------------------------------------------------------------------

def devices(user: User) -> list[Device]:
    """The devices paired with the account, the one used last first."""
    query = sa.select(Device).where(Device.user_id == user.id, Device.revoked_at.is_(None))
    return sorted(db.session.scalars(query), key=lambda device: device.used_at or device.paired_at, reverse=True)


def has_phone(user: User) -> bool:
    return account.paired_phone(user) is not None


def revoke(user: User, device: Device) -> None:
    """It no longer stands in for a code. Pressed twice, it is revoked once."""
    if device.revoked_at is None and user.record:
        device.revoked_at = now()
        publish(DeviceRevoked(actor=user, record=user.record, device=device))


def put_back(user: User, device: Device) -> None:
    """Revoked by mistake a moment ago. Raises Refused when another phone took its place."""
    if device.kind == PHONE_KIND and has_phone(user):
        raise Refused(HAS_PHONE)
    if device.revoked_at is not None and user.record:
        device.revoked_at = None
        publish(DevicePaired(actor=user, record=user.record, device=device))


def ask_pairing(user: User) -> None:
    """A code leaves for the simulated phone, to pair it. Raises Refused when one is paired."""
    if has_phone(user):
        raise Refused(HAS_PHONE)
    codes.send(user, CodePurpose.DEVICE, target=PHONE)


def pair(user: User, typed: str) -> Device:
    """The code is right: the simulated phone is paired. Raises Refused."""
    name = _proven(user, CodePurpose.DEVICE, typed)
    if has_phone(user):
        raise Refused(HAS_PHONE)
    device = Device(user=user, name=name, kind=PHONE_KIND, paired_at=now())
    db.session.add(device)
    if user.record:
        publish(DevicePaired(actor=user, record=user.record, device=device))
    return device


# --- identity card ----------------------------------------------------------------------------------------

def show_identity(user: User, record: Record) -> None:
    """The identity card is looked at: the history keeps it."""
    publish(IdentityShown(actor=user, record=record))
