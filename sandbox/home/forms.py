"""Choosing one's shortcuts: one list to tick for each part of the space."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput

from sandbox.forms import Form
from sandbox.home.shortcuts import GROUPS, Shortcut


def _ticks(name: str) -> SelectMultipleField:
    label, offered = GROUPS[name]
    return SelectMultipleField(
        label, choices=[SelectChoice(one.code, one.label) for one in offered], option_widget=CheckboxInput(), validate_choice=False
    )


class ChooseShortcuts(Form):
    documents = _ticks("documents")
    profile = _ticks("profile")
    exchanges = _ticks("exchanges")
    access = _ticks("access")

    @classmethod
    def of(cls, chosen: Iterable[Shortcut]) -> ChooseShortcuts:
        """The form with the present shortcuts ticked."""
        codes = [shortcut.code for shortcut in chosen]
        return cls(data=dict.fromkeys(GROUPS, codes))

    def ticked(self) -> set[str]:
        return {code for name in GROUPS for code in self.data[name] or ()}
