"""Everything a reviewer would run: `python3 scripts/test.py`. `--fast` leaves the browser out; `-k WORDS` chooses tests;
`--coverage` also says which lines no test runs, which takes twice as long."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from run import TOP, Stop, check_python, prepared, say

COVERED = ["--cov", "--cov-report=term:skip-covered", "--cov-fail-under=90"]
LIGHT = "chromium-headless-shell"  # the same engine without windows: a third less work
BROWSERS = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SERVERS = "/usr/lib/postgresql"
ON_POSTGRESQL = [  # what speaks to the store: the wall, locks, orders, long lists; the pages are the same on both
    *(f"tests/{name}.py" for name in ("test_tenancy", "test_migrations", "test_sight", "test_live", "privacy/test_accesses")),
    *(f"tests/workshops/test_{name}.py" for name in ("any_sequence", "killed", "luggage", "returning", "trainer_verbs", "worlds")),
    *(f"tests/prescriptions/test_{name}.py" for name in ("service", "delivering", "delivering_any_order", "following")),
    *(f"tests/messaging/test_{name}.py" for name in ("states", "drafts", "any_order", "receipts", "deleting")),
    *(f"tests/documents/test_{name}.py" for name in ("folders", "search", "versions")),
    *(f"tests/pro/test_{name}.py" for name in ("replacing", "pressed_twice", "talks_writing")),
    *(f"tests/agenda/test_{name}.py" for name in ("any_order", "reminding", "slots")), "tests/partners/test_booking_race.py",
    "tests/catalogue/test_same_second.py", *(f"tests/console/test_{name}.py" for name in ("planning", "clock", "unfolding")), "tests/journal/test_long_history.py",
]


def main() -> int:
    options = parsed()
    try:
        check_python()
        python = prepared(TOP / ".venv-dev", "requirements-dev.txt")
        environment = os.environ | {"PYTHONPATH": str(TOP), "PYTHONUTF8": "1"}
        if not options.fast:
            environment["SANDBOX_TEST_BROWSER"] = browser()
        need_postgresql()
        return 0 if all_pass(python, options, environment) else 1
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 2


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Vérifie tout.")
    parser.add_argument("-k", default="", help="seulement les tests dont le nom contient ces mots")
    parser.add_argument("--fast", action="store_true", help="sans navigateur")
    parser.add_argument("--coverage", action="store_true", help="mesure aussi la couverture : deux fois plus long")
    return parser.parse_args()


def browser() -> str:
    """Where Chromium is, installed when it may be. Raises Stop: browser tests are never skipped silently."""
    if chosen := os.environ.get("SANDBOX_TEST_BROWSER"):
        return chosen
    if os.environ.get("CI") and not shutil.which(LIGHT):
        debian_installs(LIGHT)
    if found := _found():
        return found
    if (debian_installs(LIGHT) or debian_installs("chromium")) and (found := _found()):
        return found
    raise Stop(
        "Chromium manque. Installez-le (Debian et Ubuntu : apt-get install chromium), "
        "ou donnez son chemin dans SANDBOX_TEST_BROWSER, ou lancez avec --fast."
    )


def _found() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def need_postgresql() -> None:
    """The same data layer is tested on PostgreSQL where its server can be had."""
    if not Path(SERVERS).is_dir() and os.environ.get("CI"):
        debian_installs("postgresql")


def debian_installs(package: str) -> bool:
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    say(f"Installation de {package} (paquet Debian)…")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for order in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]):
        if subprocess.run(order, env=quiet, stdout=subprocess.DEVNULL).returncode:
            return False
    return True


def all_pass(python: str, options: argparse.Namespace, environment: dict[str, str]) -> bool:
    failed = []
    for name, order in checks(python, options):
        say(f"\n== {name}")
        begun = time.monotonic()
        store = {"SANDBOX_TEST_STORE": "postgresql"} if "PostgreSQL" in name else {}
        if subprocess.run(order, cwd=TOP, env=environment | store).returncode:
            failed.append(name)
        say(f"   {time.monotonic() - begun:.0f} s")
    if failed:
        say(f"\nÀ reprendre : {', '.join(failed)}")
    return not failed


def checks(python: str, options: argparse.Namespace) -> list[tuple[str, list[str]]]:
    suite = [python, "-m", "pytest", "-q"]
    if options.k:
        return [("tests", [*suite, "-k", options.k])]
    if options.fast:
        return [("ruff", [python, "-m", "ruff", "check", "."]), ("tests", [*suite, "-m", "not browser"])]
    by_core = [*suite, "-n", "auto", "--maxprocesses", "4"]  # each process has its application, its store and its browser
    whole = [
        ("ruff", [python, "-m", "ruff", "check", "."]),
        ("verrou", [python, "-m", "pip", "check"]),  # we install without resolving: the lock itself must be whole
        ("typographie", [python, "scripts/typography.py", "--check"]),
        ("gabarits", [python, "-m", "djlint", "templates", "--lint", "--quiet"]),
        ("types", [python, "-m", "mypy"]),
        ("packs", [python, "scripts/check_fixtures.py"]),
        ("tests", [*by_core, "--durations=8", *(COVERED if options.coverage else [])]),
    ]
    if Path(SERVERS).is_dir() or shutil.which("initdb"):
        whole.append(("tests sur PostgreSQL", [*by_core, "-m", "not browser and not sqlite", *ON_POSTGRESQL]))
    return whole


if __name__ == "__main__":
    sys.exit(main())
