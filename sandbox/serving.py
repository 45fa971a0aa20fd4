"""An address that people can reach, and a port that is free."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from flask import current_app, request

DEFAULT_PORT = 8000
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class CannotServe(RuntimeError):
    """The server cannot start; the sentence says why and what to do."""


def local_ip() -> str:
    """This machine's address on the local network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # documentation range: a route is looked up, no packet leaves
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def local_address(port: int = DEFAULT_PORT) -> str:
    return f"http://{local_ip()}:{port}/"


def remember_address(data: str, host: str, port: int) -> str:
    """Commands print on cards the address that was served last; returns it."""
    name = local_ip() if host in {"0.0.0.0", "::"} else host  # noqa: S104 — every interface, on purpose
    address = f"http://{name}:{port}/"
    (Path(data) / "address.txt").write_text(address, encoding="utf-8")
    return address


def remembered_address(data: str) -> str:
    path = Path(data) / "address.txt"
    return path.read_text(encoding="utf-8").strip() if path.is_file() else local_address()


def public(path: str) -> str:
    """The address, during a request, as the other devices of the room must write it."""
    settings = current_app.config["SETTINGS"]
    base = settings.public_url or request.url_root
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
