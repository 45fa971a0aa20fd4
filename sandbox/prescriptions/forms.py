"""The one form of the learner's prescriptions: a few words to the pharmacy."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from sandbox.forms import Form
from sandbox.messaging.service import EMPTY, LONGEST, TOO_LONG


class ToPharmacy(Form):
    text = TextAreaField(
        "Votre message", [DataRequired(EMPTY), Length(max=LONGEST, message=TOO_LONG)], render_kw={"rows": 9},
        filters=[lambda text: (text or "").replace("\r\n", "\n")],
    )
