"""How is one thing that was looked at told: how well it stands, what was found, and what to ask of whom?"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """How well something stands, in a word."""

    GOOD = "good", _("in order")
    DOUBT = "doubt", _("to look at")
    BAD = "bad", _("to put right")


@dataclass(frozen=True)
class Finding:
    """One line of the report; `request` is the sentence to send to whoever keeps the domain or the mail."""

    subject: str
    level: Level
    found: str
    meaning: str
    request: str = ""

    @property
    def is_good(self) -> bool:
        return self.level == Level.GOOD

    @property
    def is_bad(self) -> bool:
        return self.level == Level.BAD
