"""Settings, their defaults, and the `SANDBOX_…` variables that change them."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_data_path

HERE = Path(__file__).resolve().parent
SPARE_THREADS = 12  # threads that no live page may hold: pages still have to be served
REAL_PORTAL = ("monespacesante", "mon-espace-sante", "ameli")


class Misconfigured(RuntimeError):
    """A setting cannot be used; the sentence says which and what to do."""


def resources(name: str) -> Path:
    """The folder `templates`, `static` or `fixtures`: in the wheel, or at the top of the checkout."""
    packaged = HERE / name
    return packaged if packaged.is_dir() else HERE.parent / name


@dataclass(kw_only=True)
class Settings:
    """What an operator may set; each field is read from `SANDBOX_<FIELD>`."""

    data: str = ""  # folder of the database and of the secret key; default: the user's own data folder
    database_url: str = ""  # default: SQLite in the data folder
    secret_key: str = ""  # default: made at first start and kept in the data folder
    public_url: str = ""  # address printed on cards and QR codes; default: the address of this machine
    secure_cookies: str = "auto"  # auto (when public_url is https), yes, no
    seat_cost: int = 8  # bcrypt cost of seat passwords, which are printed on paper
    trainer_cost: int = 12  # bcrypt cost of trainers' passwords
    formers: int = 3  # former worlds kept so that a reset can be undone
    fill_pause_ms: float = 2.0  # pause between two seats while a spare world is filled
    streams: int = 80  # live pages a process accepts before answering "poll instead"; each holds a thread
    workers: int = 1  # server processes
    connections: int = 6  # to the store, by process; live streams hold none
    threads: int = 96  # server threads a process, live streams included

    @classmethod
    def load(cls, **overrides: Any) -> Settings:
        """Read the environment, then the overrides. Raises Misconfigured."""
        found: dict[str, Any] = {}
        for field in fields(cls):
            raw = os.environ.get(f"SANDBOX_{field.name.upper()}")
            if raw is not None:
                found[field.name] = _convert(field.name, raw, type(field.default))
        settings = cls(**(found | overrides))
        settings._settle()
        return settings

    def _settle(self) -> None:
        host = (urlsplit(self.public_url).hostname or "").replace(".", "")
        if any(word.replace("-", "") in host.replace("-", "") for word in REAL_PORTAL):
            raise Misconfigured(
                "SANDBOX_PUBLIC_URL ressemble à l’adresse du vrai portail. Choisissez un autre nom d’hôte."
            )
        folder = Path(self.data) if self.data else user_data_path("espace-sante-sandbox", appauthor=False)
        folder.mkdir(parents=True, exist_ok=True)
        self.data = str(folder)
        self.streams = min(self.streams, max(0, self.threads - SPARE_THREADS))
        self.database_url = self.database_url or f"sqlite:///{folder / 'sandbox.sqlite3'}"
        self.secret_key = self.secret_key or _kept_secret(folder / "secret.key")

    def for_flask(self) -> dict[str, Any]:
        """The same, in Flask's and its extensions' terms."""
        return {
            "SETTINGS": self,
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": self.connections, "max_overflow": 0},
            "SESSION_COOKIE_NAME": "sandbox",
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SECURE": self.cookies_are_secure,
            "MAX_CONTENT_LENGTH": 6 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_I18N_ENABLED": False,
        }

    @property
    def cookies_are_secure(self) -> bool:
        if self.secure_cookies == "auto":
            return self.public_url.startswith("https://")
        return self.secure_cookies == "yes"


def _convert(name: str, raw: str, kind: type[Any]) -> Any:
    try:
        return kind(raw)
    except ValueError:
        raise Misconfigured(f"SANDBOX_{name.upper()} doit être un nombre, pas « {raw} ».") from None


def _kept_secret(path: Path) -> str:
    """Make the secret once, readable by its owner only; whoever comes second reads the first one's."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secret := secrets.token_urlsafe(48))
    return secret
