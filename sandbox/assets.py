"""Static files under an address that changes with their content, and each audience's style sheets as one file."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.security import safe_join

from sandbox.config import resources

bp = Blueprint("assets", __name__, url_prefix="/static")
YEAR = 31_536_000
COMPRESSED = {".css", ".js", ".svg", ".html"}
mimetypes.add_type("text/javascript", ".js")


@lru_cache(maxsize=1)
def version() -> str:
    """Changes when any static file changes; relative imports of modules keep it."""
    total = hashlib.sha256()
    for path in sorted(resources("static").rglob("*")):
        if path.is_file():
            total.update(path.as_posix().encode() + path.read_bytes())
    return total.hexdigest()[:10]


def static(path: str) -> str:
    """The address of a static file."""
    return url_for("assets.file", version=version(), path=path)


def stylesheet(audience: str) -> str:
    """The address of an audience's style sheet: the files listed in `static/css/<audience>.txt`, joined."""
    return url_for("assets.file", version=version(), path=f"css/{audience}.css")


@lru_cache(maxsize=256)
def _content(path: str) -> tuple[bytes, bytes | None, str] | None:
    folder = resources("static")
    found = safe_join(str(folder), path)
    if found is None:
        return None
    content = _joined(folder, Path(found)) or (Path(found).read_bytes() if Path(found).is_file() else None)
    if content is None:
        return None
    packed = gzip.compress(content, 9, mtime=0) if Path(path).suffix in COMPRESSED else None
    return content, packed, mimetypes.guess_type(path)[0] or "application/octet-stream"


def _joined(folder: Path, path: Path) -> bytes | None:
    names = path.with_suffix(".txt")
    if path.suffix != ".css" or not names.is_file():
        return None
    parts = [line.strip() for line in names.read_text(encoding="utf-8").splitlines()]
    files = [folder / "css" / part for part in parts if part and not part.startswith("#")]
    return b"\n".join(file.read_bytes() for file in files)


@bp.get("/<version>/<path:path>")
def file(version: str, path: str) -> Response:
    """One static file, compressed where the browser takes it, kept for a year: another content has another address."""
    found = _content(path)
    if found is None:
        abort(404)
    plain, packed, kind = found
    zipped = packed is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(packed if zipped and packed else plain, mimetype=kind)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response
