"""`python -m sandbox.server HOST PORT`: the server alone, in a process that has not loaded what it will not need."""

from __future__ import annotations

import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve until interrupted."""
    Granian(
        "sandbox:create_app", factory=True, address=host, port=port, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=threads, backpressure=threads * 4, log_level=LogLevels.error, websockets=False,
        respawn_failed_workers=True,
    ).serve()


if __name__ == "__main__":
    serve(sys.argv[1], *map(int, sys.argv[2:]))
