"""Start the sandbox on this machine: `python3 scripts/run.py`. Standard library only; Linux, macOS, Windows."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
PORTS = range(8000, 8020)


class Stop(Exception):
    """We cannot go on; the sentence says why and what to do."""


def main() -> int:
    options = parsed()
    try:
        check_python()
        python = prepared(TOP / ".venv", "requirements.txt")
        port = options.port or free_port(options.host)
        serve(python, options, port)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nLe site est arrêté. À bientôt.")
    return 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Démarre le bac à sable sur cette machine.", add_help=True)
    parser.add_argument("--port", type=int, default=0, help="port d’écoute (sinon le premier libre à partir de 8000)")
    parser.add_argument("--host", default="0.0.0.0", help="adresse d’écoute (0.0.0.0 : tout le réseau local)")  # noqa: S104
    parser.add_argument("--data", default="", help="dossier des données (sinon celui de l’utilisateur)")
    parser.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def check_python() -> None:
    if sys.version_info < OLDEST:
        raise Stop(
            f"Il faut Python 3.11 ou plus récent ; celui-ci est {sys.version.split()[0]}.\n"
            "Installez-le depuis python.org, puis relancez cette commande."
        )


def prepared(folder: Path, requirements: str) -> str:
    """A virtual environment with the locked dependencies; made once, remade when the lock changes."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    lock = sha256((TOP / requirements).read_bytes()).hexdigest()
    stamp = folder / "installed.txt"
    if stamp.is_file() and stamp.read_text() == lock and python.is_file():
        return str(python)
    say("1/3  Préparation d’un environnement Python…")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        venv.create(folder, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Stop(
            f"L’environnement Python n’a pas pu être créé dans {folder} ({error}).\n"
            "Sous Debian ou Ubuntu, installez d’abord le paquet python3-venv."
        ) from error
    install(str(python), requirements)
    stamp.write_text(lock)
    return str(python)


def install(python: str, requirements: str) -> None:
    """Every component of the lock, its hash checked; a counter shows that something happens.

    The lock is whole, so nothing is resolved again: a release published since cannot come in by a dependency's range.
    """
    say("2/3  Installation des composants (une à trois minutes la première fois)…")
    total = sum(1 for line in (TOP / requirements).read_text(encoding="utf-8").splitlines() if "==" in line)
    order = [python, "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", "--no-deps",
             "--only-binary=:all:", "--progress-bar", "off", "-r", str(TOP / requirements)]
    seen, last = 0, []
    with subprocess.Popen(order, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as pip:
        for line in pip.stdout:
            last = [*last[-3:], line.strip()]
            if line.startswith(("Collecting", "Processing", "Ignoring")):
                seen += 1
                print(f"\r     {min(seen, total)} sur {total}", end="", flush=True)
    print()
    if pip.returncode:
        raise Stop(
            "Les composants n’ont pas pu être installés. La première fois, il faut une connexion à Internet.\n"
            "Vérifiez-la, puis relancez cette commande. Détail :\n  " + "\n  ".join(last)
        )


def free_port(host: str) -> int:
    for port in PORTS:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise Stop("Aucun port n’est libre entre 8000 et 8019. Donnez-en un : --port 9000")


def say(words: str) -> None:
    print(words, flush=True)


def sandbox(python: str, options: argparse.Namespace, *words: str) -> dict:
    """One command of the sandbox, its answer as an object."""
    done = subprocess.run([python, "-m", "sandbox", *words, "--json"], env=environment(options), cwd=TOP,
                          capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise Stop(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "La commande a échoué.")
    return json.loads(done.stdout)


def environment(options: argparse.Namespace) -> dict[str, str]:
    extra = {"PYTHONPATH": str(TOP), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": ""}
    if options.data:
        extra["SANDBOX_DATA"] = str(Path(options.data).resolve())
    return os.environ | extra


def serve(python: str, options: argparse.Namespace, port: int) -> None:
    say("3/3  Préparation des dossiers fictifs…")
    address = sandbox(python, options, "init", "--host", options.host, "--port", str(port))["address"]
    trainer = first_start(python, options)
    if options.prepare:
        return
    show(python, options, trainer, address)
    order = [python, "-m", "sandbox", "serve", "--host", options.host, "--port", str(port)]
    done = subprocess.run(order, env=environment(options), cwd=TOP)
    if done.returncode not in (0, -2, 130):
        raise Stop("Le site s’est arrêté. Le message au-dessus dit pourquoi.")


def first_start(python: str, options: argparse.Namespace) -> dict | None:
    """A trainer and a demonstration workshop, the first time only."""
    if sandbox(python, options, "workshop", "list")["workshops"]:
        return None
    sandbox(python, options, "workshop", "create", "--pack", "decouverte", "--seats", "8",
            "--name", "Atelier de démonstration", "--hours", "12")
    return sandbox(python, options, "trainer", "add", "formateur@atelier.example")


def show(python: str, options: argparse.Namespace, trainer: dict | None, address: str) -> None:
    code = sandbox(python, options, "workshop", "list")["workshops"][-1]["code"]
    room = sandbox(python, options, "show", code)
    qr = subprocess.run([python, "-c", "import sys, qrcode; q = qrcode.QRCode(border=2); q.add_data(sys.argv[1]); "
                         "q.print_ascii(invert=True)", room["join_url"]],
                        capture_output=True, text=True, encoding="utf-8", env=environment(options))
    say(f"\nLe bac à sable est prêt.\n\n{qr.stdout}")
    say(f"  Rejoindre l’atelier   {room['join_url']}")
    say(f"  Console du formateur  {address.rstrip('/')}/console/")
    if trainer:
        say(f"      adresse {trainer['email']}   mot de passe {trainer['password']}   (à noter : il ne sera plus affiché)")
    for seat in room["seats"][:2]:
        say(f"  Place {seat['number']}               {seat['identifier']}   {seat['password']}   {seat['url']}")
    say(f"\nLa salle est {'ouverte : on peut entrer' if room['open_until'] else 'fermée : personne ne peut entrer'}. "
        "Elle se ferme toute seule ; pour la rouvrir, dans la console : « Ouvrir la salle ».")
    say("Pour arrêter : Ctrl + C.\n")


if __name__ == "__main__":
    sys.exit(main())
