"""A PostgreSQL of our own for the tests, where its server is installed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")


def tool(name: str) -> str | None:
    """Where initdb, pg_ctl … are: on the path, or where Debian keeps them."""
    found = sorted(DEBIAN.glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start a server in the folder; gives the address of its database."""
    data, port = folder / "pg", free_port()
    data.mkdir()
    if is_root := os.geteuid() == 0:
        shutil.chown(data, "postgres", "postgres")
        for parent in (folder, *folder.parents[:3]):
            parent.chmod(parent.stat().st_mode | 0o055)
    run(is_root, "initdb", "-D", str(data), "-U", "sandbox", "-A", "trust", "-E", "UTF8", "--no-sync")
    settings = f"-p {port} -c fsync=off -c full_page_writes=off -c unix_socket_directories='' -c listen_addresses=127.0.0.1"
    run(is_root, "pg_ctl", "-D", str(data), "-w", "-l", str(data / "log"), "-o", settings, "start")
    try:
        yield f"postgresql+psycopg://sandbox@127.0.0.1:{port}/postgres"
    finally:
        postmaster = int((data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(postmaster, signal.SIGQUIT)  # at once: the data are thrown away


def run(as_postgres: bool, name: str, *words: str) -> None:
    """PostgreSQL refuses to run as root: where we are root, its own user runs it."""
    path = tool(name)
    assert path is not None, f"{name} manque : installez le paquet Debian postgresql"
    order = ["runuser", "-u", "postgres", "--", path, *words] if as_postgres else [path, *words]
    subprocess.run(order, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, cwd="/")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
