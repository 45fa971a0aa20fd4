"""The command line, as other tools and the people who prepare rooms use it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pytest
import sqlalchemy as sa

from sandbox.account.models import Life, Record, Role
from sandbox.cli import main
from sandbox.cli_frame import application
from sandbox.db import db
from sandbox.tenancy import world
from sandbox.workshops import service
from sandbox.workshops.models import World

pytestmark = pytest.mark.sqlite
TOP = Path(__file__).resolve().parent.parent


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


class Shell:
    """One data folder, and commands run in it."""

    def __init__(self, folder: Path) -> None:
        self.environment = os.environ | {
            "PYTHONPATH": str(TOP), "SANDBOX_PUBLIC_URL": "", "SANDBOX_DATA": str(folder), "SANDBOX_SEAT_COST": "4", "SANDBOX_TRAINER_COST": "4",
            "SANDBOX_FILL_PAUSE_MS": "0",
        }

    def run(self, *words: str) -> Done:
        """The command within this process: starting Python sixty times would take a minute."""
        application.cache_clear()
        out, err = io.StringIO(), io.StringIO()
        sys.argv = ["sandbox", *words]
        with mock.patch.dict(os.environ, self.environment), redirect_stdout(out), redirect_stderr(err), \
                pytest.raises(SystemExit) as ended:
            main()
        if application.cache_info().currsize:
            with application().app_context():
                db.session.remove()
                db.engine.dispose()
        return Done(int(ended.value.code or 0), out.getvalue(), err.getvalue())

    def said(self, *words: str) -> dict[str, Any]:
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def refused(self, *words: str) -> str:
        """The one sentence on standard error."""
        done = self.run(*words)
        assert done.returncode == 2, done
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        return done.stderr.strip()


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    shell = Shell(tmp_path_factory.mktemp("cli"))
    shell.said("init")
    return shell


@pytest.fixture(scope="module")
def code(shell: Shell) -> str:
    made = shell.said("workshop", "create", "--pack", "decouverte", "--seats", "2", "--seed", "cli", "--name", "Essai")
    return str(made["code"])


def test_create_gives_everything_that_a_card_says(shell: Shell, code: str) -> None:
    room = shell.said("show", code)
    assert room["name"] == "Essai"
    assert code in room["join_url"]
    assert [seat["number"] for seat in room["seats"]] == [1, 2]
    assert len(room["professionals"]) == 13
    for card in [*room["seats"], *room["professionals"]]:
        assert card["identifier"]
        assert card["password"]
        assert card["url"].startswith("http")


def test_reset_undo_and_digest(shell: Shell, code: str) -> None:
    start = shell.said("digest", code)["digest"]
    assert len(start) == 64
    assert shell.said("reset", code)["reset"] == "all"
    assert shell.said("reset", code, "--seat", "2")["reset"] == 2
    assert shell.said("digest", code)["digest"] == start
    assert shell.said("undo", code)["undone"] == 2
    assert shell.said("undo", code)["undone"] == "all"
    assert "plus rien à annuler" in shell.refused("undo", code)


def test_a_room_opens_and_shuts(shell: Shell, code: str) -> None:
    assert shell.said("show", code)["open_until"] is None
    assert f"sandbox open {code}" in shell.run("show", code).stdout
    until = datetime.fromisoformat(shell.said("open", code)["open_until"])
    assert timedelta(hours=3, minutes=59) < until - datetime.now(until.tzinfo) <= timedelta(hours=4)
    later = datetime.fromisoformat(shell.said("workshop", "open", code, "--hours", "12")["open_until"])
    assert timedelta(hours=7) < later - until < timedelta(hours=9)
    assert shell.said("show", code)["open_until"] == later.isoformat()
    assert shell.said("workshop", "shut", code)["open_until"] is None
    assert "est fermée" in shell.run("shut", code).stdout


def test_a_workshop_is_created_open_and_with_its_start(shell: Shell) -> None:
    made = shell.said("workshop", "create", "--pack", "decouverte", "--seats", "1", "--hours", "12", "--start", "created")
    assert made["open_until"]
    with mock.patch.dict(os.environ, shell.environment):
        application.cache_clear()
        with application().app_context():
            workshop = service.find(made["code"])
            with world(db.session.get_one(World, workshop.world_id).bound):
                lives = {r.owner.role: r.life for r in db.session.scalars(sa.select(Record).where(Record.vitale_serial != ""))}
            db.session.remove()
            db.engine.dispose()
    assert lives == {Role.LEARNER: Life.CREATED}
    shell.said("close", made["code"])
    assert "sa salle ne s’ouvre plus" in shell.refused("open", made["code"])


def test_a_workshop_travels_in_one_file(shell: Shell, code: str, tmp_path: Path) -> None:
    file = str(tmp_path / "atelier.zip")
    shell.said("export", code, file)
    elsewhere = Shell(tmp_path / "autre")
    elsewhere.said("init")
    arrived = elsewhere.said("import", file)
    assert arrived["code"] == code
    assert arrived["seats"][0]["password"] == shell.said("show", code)["seats"][0]["password"]
    assert elsewhere.said("digest", code) == shell.said("digest", code)
    assert shell.said("import", file)["code"] != code


def test_the_first_trainer_administers_and_the_console_is_never_without_one(shell: Shell) -> None:
    one, two = "une@formation.example", "deux@formation.example"
    before = {known["email"]: known for known in shell.said("trainer", "list")["trainers"]}
    shell.said("trainer", "add", one)
    shell.said("trainer", "add", two, "--admin")
    known = {known["email"]: known for known in shell.said("trainer", "list")["trainers"]}
    assert known[two]["admin"]
    assert known[one]["admin"] is not bool(before)
    shell.said("trainer", "admin", one)
    for other in [email for email, told in before.items() if told["admin"]] + [two]:
        shell.said("trainer", "admin", other, "--off")
    assert "seul administrateur" in shell.refused("trainer", "block", one)
    assert "seul administrateur" in shell.refused("trainer", "admin", one, "--off")
    assert shell.said("trainer", "block", two)["blocked"]
    assert not shell.said("trainer", "block", two, "--off")["blocked"]
    drawn = shell.said("trainer", "password", one)["password"]
    assert len(drawn) > 12
    assert drawn != shell.said("trainer", "password", one)["password"]
    assert "Aucun formateur" in shell.refused("trainer", "password", "personne@formation.example")


def test_a_workshop_is_given_to_a_trainer_as_it_was_or_anew(shell: Shell, code: str, tmp_path: Path) -> None:
    shell.run("trainer", "add", "karim@formation.example")
    whole, start = str(tmp_path / "a.zip"), str(tmp_path / "b.zip")
    shell.said("export", code, whole)
    shell.said("export", code, start, "--start-only")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "b.zip"]
    for file in (whole, start):
        arrived = shell.said("import", file, "--anew", "--trainer", "karim@formation.example")
        assert shell.said("digest", arrived["code"])["digest"] == shell.said("digest", code)["digest"]
    assert "Aucun formateur" in shell.refused("import", whole, "--trainer", "personne@formation.example")


def test_a_closed_workshop_is_listed_as_closed(shell: Shell) -> None:
    gone = shell.said("workshop", "create", "--pack", "decouverte", "--seats", "1")["code"]
    shell.said("close", gone)
    closed = {w["code"]: w["closed"] for w in shell.said("workshop", "list")["workshops"]}
    assert closed[gone] is True


def test_a_trainer_is_added_once(shell: Shell) -> None:
    assert shell.said("trainer", "add", "lea@formation.example")["password"]
    assert "déjà" in shell.refused("trainer", "add", "lea@formation.example")


WRONG = {
    "unknown code": (["show", "ZZZZZZ"], "Aucun atelier"),
    "unknown pack": (["workshop", "create", "--pack", "rien", "--seats", "2"], "n’existe pas"),
    "too many seats": (["workshop", "create", "--pack", "decouverte", "--seats", "61"], "de 1 à 60"),
    "no seat": (["workshop", "create", "--pack", "decouverte", "--seats", "0"], "de 1 à 60"),
    "missing option": (["workshop", "create", "--seats", "2"], "Il manque --pack."),
    "unknown option": (["workshop", "list", "--rien"], "n’existe pas"),
    "unknown command": (["danse"], "n’existe pas"),
    "not an address": (["trainer", "add", "lea"], "forme"),
    "unknown start": (["workshop", "create", "--pack", "decouverte", "--seats", "2", "--start", "endormi"], "ne convient pas"),
    "no time at all": (["open", "AAAAAA", "--hours", "0"], "ne convient pas"),
    "no such file": (["import", "/nulle/part.zip"], "n’est pas un atelier"),
    "bad date": (["workshop", "create", "--pack", "decouverte", "--seats", "2", "--date", "31-02"], "ne convient pas"),
}


@pytest.mark.parametrize(("words", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_an_error_is_one_sentence_and_exit_code_2(shell: Shell, words: list[str], sentence: str) -> None:
    assert sentence in shell.refused(*words)


@pytest.mark.parametrize("words", [[], ["workshop", "create"], ["open"], ["import"], ["trainer", "add"], ["serve"]])
def test_the_help_is_in_french(shell: Shell, words: list[str]) -> None:
    told = shell.run(*words, "--help")
    assert told.returncode == 0
    assert told.stdout.startswith("Utilisation\u00a0: sandbox")
    assert "Affiche cette aide." in told.stdout
    for english in ("Usage", "Options:", "Commands", "Show this", "required", "TEXT ", "INTEGER", "FILE", "EMAIL"):
        assert english not in told.stdout


def test_the_command_runs_by_itself(shell: Shell) -> None:
    order = [sys.executable, "-m", "sandbox", "packs", "check", "--json"]
    done = subprocess.run(order, env=shell.environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"problems": []}


def test_without_tables_one_is_told_to_prepare(tmp_path: Path) -> None:
    assert "sandbox init" in Shell(tmp_path).refused("workshop", "list")


def test_a_host_name_like_the_real_portal_is_refused(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell.environment["SANDBOX_PUBLIC_URL"] = "https://www.mon-espacesante.fr/"
    assert "vrai portail" in shell.refused("init")


def test_every_setting_is_in_the_readme() -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    config = (TOP / "sandbox" / "config.py").read_text(encoding="utf-8")
    fields = [line.split(":")[0].strip() for line in config.splitlines() if line.startswith("    ") and " = " in line
              and ":" in line.split("=")[0] and "#" in line and "found" not in line]
    assert len(fields) > 8
    assert [name for name in fields if f"SANDBOX_{name.upper()}" not in readme] == []
