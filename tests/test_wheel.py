"""The wheel carries what the application reads at run time."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
CARRIED = ("templates", "static", "fixtures")


def test_the_wheel_carries_templates_styles_packs_and_migrations(tmp_path: Path) -> None:
    order = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(order, cwd=TOP, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    kept = {f"sandbox/{p.relative_to(TOP).as_posix()}" for name in CARRIED for p in (TOP / name).rglob("*") if p.is_file()}
    assert kept - inside == set()
    assert "sandbox/migrations/versions/0001_first_tables.py" in inside
    assert {"sandbox/documents/paper.typ", "sandbox/workshops/cards.typ", "sandbox/migrations/alembic.ini"} <= inside
    assert not [name for name in inside if name.startswith("tests/")]
