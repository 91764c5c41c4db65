"""Why is something not done? In the words that whoever asked for it reads."""

from django.utils.translation import gettext as _


class Refusal(Exception):
    """What was asked is not done; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class MayNot(Refusal):
    """Someone else decides on this."""

    def __init__(self) -> None:
        super().__init__(_("Only administrators decide how long things are kept."))


def refuse_unless(may: bool) -> None:
    """Raise MayNot."""
    if not may:
        raise MayNot
