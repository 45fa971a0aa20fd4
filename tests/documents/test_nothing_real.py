"""What looks real does not come in by the side doors of adding a document: the draft, the name of a heavy photo."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from sandbox.documents import uploads
from sandbox.errors import Refused
from tests.browser import Browser
from tests.test_guard import REAL_NIR


def test_a_draft_keeps_nothing_real(marie: Browser) -> None:
    marie.go("/documents/ajouter")
    token = marie.page.find("input", attrs={"name": "csrf_token"})["value"]
    sent = {"csrf_token": token, "pages": "up x", "title": f"Lettre {REAL_NIR}", "category": "AUTR_DOC"}
    marie.client.post("/documents/ajouter", data=sent)
    with marie.client.session_transaction() as session:
        assert REAL_NIR not in str(dict(session))
        assert "AUTR_DOC" in str(dict(session))


def test_the_name_of_a_heavy_photo_is_looked_at_too(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST", 10)
    photo = io.BytesIO()
    Image.new("RGB", (40, 40)).save(photo, "JPEG")
    with app.test_request_context(), pytest.raises(Refused):  # type: ignore[attr-defined]
        uploads.lightened(f"carte {REAL_NIR}.jpg", photo.getvalue())
