"""How do the rules of the examination say no?"""

from django.utils.translation import gettext_lazy as _

from engagement.refusals import Refusal


class MayNot(Refusal):
    """Whoever asks has no right to it; staff read the sentence."""

    MESSAGE = _("You may not do this: ask someone who may.")


class NotReceived(Refusal):
    """A draft is nobody's business but its holders'."""

    MESSAGE = _("This idea is still a draft: the town hall has not received it.")


def refuse_unless(allowed: bool) -> None:
    """Raises MayNot."""
    if not allowed:
        raise MayNot
