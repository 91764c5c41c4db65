"""How does a rule of this room say no? As in meetings: with a sentence for whoever asked."""

from django.utils.translation import gettext_lazy as _

from meetings.refusals import Refusal as Refusal


class MayNot(Refusal):
    """Whoever asks has no right to it; staff read the sentence."""

    MESSAGE = _("You may not do this: ask someone who may.")


def refuse_unless(allowed: bool) -> None:
    """Raises MayNot."""
    if not allowed:
        raise MayNot
