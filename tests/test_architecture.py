"""The house's rules, held by a test: layers, sizes, who commits, who goes around the wall."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
SANDBOX = TOP / "sandbox"
FILES = sorted(p for p in SANDBOX.rglob("*.py") if "migrations" not in p.parts)
LAYERS = [
    "config", "clock", "db", "tenancy", "distances", "french", "numbers", "measures", "typesetting", "tables_csv", "texts", "blobs", "publishing", "acts", "errors", "guard", "forms", "comfort",
    "live", "workshops", "account", "mailbox", "family", "privacy", "sight", "access", "journal", "notifications",
    "documents", "profile", "vaccination", "prevention", "messaging", "agenda", "catalogue", "prescriptions",
    "exercises", "classroom", "triggers", "export", "home", "help", "enrolment", "settings", "leaving",
]
PORTALS = {"pro", "partners", "console"}
VIEWS = {  # the pages of a section, where one routes.py would be too long
    "documents/extraction.py", "documents/extras.py", "documents/sending.py", "documents/sick_leave.py",
    "messaging/section.py", "messaging/pieces.py", "messaging/writing.py", "messaging/attaching.py", "messaging/deleting.py",
    "documents/section.py", "documents/listing.py", "documents/adding.py", "documents/reading.py", "documents/keeping.py",
    "documents/masking.py", "documents/editing.py", "documents/eyes.py", "documents/filing.py", "documents/selecting.py",
    "privacy/section.py", "privacy/people.py", "privacy/accesses.py", "privacy/card.py", "privacy/deciding.py",
    "privacy/emergency.py", "privacy/professions.py", "mailbox/section.py", "account/door.py", "account/typed.py", "account/refusals.py",
    "leaving/opposition.py", "leaving/closing.py", "leaving/reopening.py", "leaving/attached.py", "leaving/proving.py",
    "leaving/section.py",
    "settings/section.py", "settings/contacts.py", "settings/confirming.py", "settings/devices.py", "settings/identity.py",
    "settings/secret.py",
    "account/section.py", "account/settling.py", "account/recovery.py",
    "account/second.py", "account/easy.py", "account/leaving.py", "account/trial.py", "account/arriving.py", "account/ending.py",
    "classroom/noticing.py", "classroom/section.py", "classroom/veil.py", "exercises/redoing.py", "exercises/starting_again.py",
    "exercises/section.py", "exercises/guiding.py", "exercises/printing.py", "exercises/touring.py", "exercises/opening.py", "exercises/situations.py", "exercises/feeling.py", "exercises/finishing.py",
    "catalogue/section.py", "catalogue/consenting.py", "catalogue/synchronized.py",
    "enrolment/section.py", "enrolment/beginning.py", "enrolment/identifying.py", "enrolment/proving.py",
    "enrolment/login.py", "enrolment/consent.py", "enrolment/contacts.py", "enrolment/onboarding.py",
    "agenda/subscribing.py", "agenda/feed.py", "agenda/section.py", "agenda/looking.py", "agenda/showing.py", "agenda/noting.py", "agenda/recalling.py",
}
COMMITTERS = {"db.py", "spares.py", "vanishing.py", "opening.py", "routes.py", "cli.py", "cli_moving.py", "cli_trainers.py", "learner.py", "upkeep.py", "due.py", "returning.py", "making.py"}
AROUND_THE_WALL = {"workshops/worlds.py"}
TOP_LEVEL = {
    "sandbox", "templates", "static", "fixtures", "scripts", "tests", "wsgi.py", "pyproject.toml", "README.md",
    "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "requirements.txt", "requirements-dev.txt",
}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef))


def length(node: ast.FunctionDef) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def imported(path: Path) -> set[str]:
    """The sandbox packages a file imports at run time, with their module: `documents.models`."""
    found = set()
    for node in tree_of(path).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "sandbox":
            module = node.module.removeprefix("sandbox").strip(".")
            found |= {f"{module}.{a.name}".strip(".") for a in node.names} if "." not in module else {module}
    return found


def name(path: Path) -> str:
    return path.relative_to(SANDBOX).as_posix()


def test_the_top_level_holds_exactly_what_it_should() -> None:
    found = {p.name for p in TOP.iterdir() if not p.name.startswith(".") and p.name not in {"data", "shots"}}
    assert found == TOP_LEVEL


@pytest.mark.parametrize("path", FILES, ids=name)
def test_files_and_functions_stay_readable(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 250, f"{path} est trop long"
    too_long = {f.name: length(f) for f in functions(path) if length(f) > 25}
    assert not too_long


def test_the_figures_of_the_house(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = [p.read_text(encoding="utf-8").count("\n") for p in FILES]
    lengths = [length(f) for p in FILES for f in functions(p)]
    with capsys.disabled():
        print(f"\n{len(FILES)} files, median {statistics.median(sizes):.0f} lines; "
              f"{len(lengths)} functions, median {statistics.median(lengths):.0f}, longest {max(lengths)}")
    assert statistics.median(lengths) <= 8


@pytest.mark.parametrize("path", FILES, ids=name)
def test_models_and_services_import_only_what_stands_above_them(path: Path) -> None:
    package = path.relative_to(SANDBOX).parts[0].removesuffix(".py")
    if path.name in {"routes.py", "__init__.py", "place.py"} or name(path) in VIEWS or package not in LAYERS:
        return
    for module in imported(path):
        other = module.split(".")[0]
        if other in LAYERS:
            assert LAYERS.index(other) <= LAYERS.index(package), f"{name(path)} importe {module}, qui est plus bas"
        assert other not in PORTALS, f"{name(path)} importe le portail {other}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_routes_are_nobody_elses_business(path: Path) -> None:
    package = path.relative_to(SANDBOX).parts[0]
    foreign = {m for m in imported(path) if m.endswith(".routes") and not m.startswith(package)}
    assert not foreign or path.name == "portals.py"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    inside = [
        node.lineno
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_views_and_commands_commit(path: Path) -> None:
    commits = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    package = path.relative_to(SANDBOX).parts[0]
    assert not commits or path.name in COMMITTERS or name(path) in VIEWS or package in PORTALS, f"{name(path)} : lignes {commits}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_worlds_goes_around_the_wall(path: Path) -> None:
    if name(path) in AROUND_THE_WALL:
        return
    text = path.read_text(encoding="utf-8")
    around = [word for word in ("__table__", "exec_driver_sql", "metadata.tables", "executemany", "sa.text(") if word in text]
    allowed = {"db.py": {"exec_driver_sql"}, "workshops/spares.py": {"sa.text("},  # PRAGMA optimize
               "agenda/models.py": {"sa.text("}, "catalogue/models.py": {"sa.text("}, "journal/models.py": {"sa.text("},  # the condition of an index
               "live_stream.py": {"exec_driver_sql"},
               "workshops/story.py": {"metadata.tables"}, "workshops/rows.py": {"metadata.tables"}}
    assert set(around) <= allowed.get(name(path), set())


@pytest.mark.parametrize("path", sorted((TOP / "templates").rglob("*.html")), ids=lambda p: p.name)
def test_templates_stay_readable(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 120


@pytest.mark.parametrize("path", sorted((TOP / "static").rglob("*.[cj]s*")), ids=lambda p: p.name)
def test_styles_and_behaviours_stay_small(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= (80 if path.suffix == ".js" else 200)


def test_a_class_is_drawn_by_one_component() -> None:
    """Two components of one name draw over each other wherever both are on a page."""
    owners: dict[str, set[str]] = {}
    for path in (TOP / "static" / "css" / "components").glob("*.css"):
        for name in re.findall(r"^  (\.[\w-]+)(?= \{|,)", path.read_text(encoding="utf-8"), re.M):
            owners.setdefault(name, set()).add(path.name)
    assert len(owners) > 100
    assert {name: files for name, files in owners.items() if len(files) > 1} == {}
