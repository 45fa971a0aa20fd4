"""What can go wrong, each as a sentence that says what to do next."""

from __future__ import annotations


class Refused(Exception):
    """The domain says no. The phrase is shown to the person as it is."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase
