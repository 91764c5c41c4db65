"""How does a rule of belonging say no? With a sentence for whoever asked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """What was asked for cannot be done; `sentence` says why to a person."""

    MESSAGE: str | Promise = ""

    @property
    def sentence(self) -> str:
        return str(self.MESSAGE)


class MayNot(Refusal):
    """Only who coordinates this community, or the town hall, may."""

    MESSAGE = _("You may not do this: ask a coordinator of this community, or the town hall.")


class AlreadyAnswered(Refusal):
    """Someone else was quicker."""

    MESSAGE = _("Somebody has already answered this request.")


class NotAMember(Refusal):
    """It takes a member."""

    MESSAGE = _("You are not a member of this community, or no longer.")


class AlreadyHasARole(Refusal):
    """There is nothing to propose."""

    MESSAGE = _("You already have a role in this community.")


class EnoughForThisWeek(Refusal):
    """A person invites people they know; whoever invites a street sends advertisements."""

    MESSAGE = _("You have invited five people this week. You can invite others in a few days.")
