"""An address that people can reach, and a port that is free."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from flask import current_app, request

from sandbox import network

DEFAULT_PORT = 8000
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 — every interface, on purpose
KEPT = "address.txt"
ONE, EVERY, CHOSEN = "une", "toutes", "choisie"  # what was listened on: one address, all of them; or all, and a trainer chose


class CannotServe(RuntimeError):
    """The server cannot start; the sentence says why and what to do."""


@dataclass(frozen=True)
class Served:
    """What `address.txt` keeps: the address, and how it came there."""

    url: str
    how: str = ONE

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or DEFAULT_PORT

    @property
    def is_gone(self) -> bool:
        """Whether this machine changed networks since."""
        return self.how != ONE and not network.owns(self.host)


def local_address(port: int = DEFAULT_PORT) -> str:
    return f"http://{network.best()}:{port}/"


def remember_address(data: str, host: str, port: int) -> str:
    """Commands print on cards the address that was served last; returns it. What a trainer chose stays while it is there."""
    before = _kept(data)
    if host not in EVERYWHERE:
        return _keep(data, Served(f"http://{host}:{port}/", ONE))
    if before and before.how == CHOSEN and not before.is_gone:
        return _keep(data, Served(f"http://{before.host}:{port}/", CHOSEN))
    return _keep(data, Served(local_address(port), EVERY))


def choose(data: str, ip: str) -> str:
    """From now on every QR code leads to this address of the machine; returns it."""
    before = _kept(data)
    port = before.port if before else urlsplit(request.url_root).port or DEFAULT_PORT
    return _keep(data, Served(f"http://{ip}:{port}/", CHOSEN))


def remembered_address(data: str) -> str:
    """The one served last, or the likeliest when this machine is on another network since."""
    kept = _kept(data)
    return kept.url if kept and not kept.is_gone else local_address(kept.port if kept else DEFAULT_PORT)


def listens_to_others(data: str) -> bool:
    """Whether the server was started for every address of the machine: only then is there something to choose."""
    kept = _kept(data)
    return kept is None or kept.how != ONE


def _kept(data: str) -> Served | None:
    path = Path(data) / KEPT
    lines = path.read_text(encoding="utf-8").split() if path.is_file() else []
    return Served(*lines[:2]) if lines else None


def _keep(data: str, served: Served) -> str:
    (Path(data) / KEPT).write_text(f"{served.url}\n{served.how}\n", encoding="utf-8")
    return served.url


def public(path: str) -> str:
    """The address, during a request, as the other devices of the room must write it."""
    settings = current_app.config["SETTINGS"]
    kept = _kept(settings.data)
    chosen = kept.url if kept and kept.how == CHOSEN and not kept.is_gone else ""
    base = settings.public_url or chosen or request.url_root
    return urljoin(remembered_address(settings.data) if is_local(base) else base, path)


def is_local(address: str) -> bool:
    """Whether only this machine can open the address."""
    return urlsplit(address).hostname in LOOPBACK


def check_port(host: str, port: int) -> None:
    """Raises CannotServe when somebody else answers there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # elsewhere this would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServe(
                f"Le port {port} est déjà pris ou interdit. Choisissez-en un autre, par exemple --port {port + 1}."
            ) from error
