"""Who may do this to a convention? Asked by every rule, whatever page or shell it was called from."""

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy

from engagement import permissions
from engagement.refusals import Refusal


class NotAllowed(Refusal):
    """They have no right to it."""

    MESSAGE = gettext_lazy("You may not do this with conventions: ask someone who may.")


def need_a_writer(user: User) -> None:
    if not permissions.may_write_conventions(user):
        raise NotAllowed


def need_a_signatory(user: User) -> None:
    """Whoever notes signatures and ends conventions for the commune."""
    if not permissions.may_take_signatures(user):
        raise NotAllowed
