"""May everyone see a photograph that was sent in? Only once staff said who is recognised on it, and if it is no minor.

A picture with minors goes another way: into the library of pictures, where each has an authorisation.
"""

from django.utils.translation import gettext_lazy as _

from communities.models import Recognisable

from .refusals import Refusal


class NobodySaid(Refusal):
    """Who is recognised on it comes before it is shown."""

    MESSAGE = _("Say first who is recognised on the photograph: nobody, or adults who agreed.")


class MinorsAreOnIt(Refusal):
    """A minor is shown only with a signed authorisation."""

    MESSAGE = _(
        "Minors are recognised on this photograph: it is not shown. To show it, put it among the pictures of the site,"
        " where what both guardians signed is written down."
    )


def refuse_to_show(*, recognisable: str, was_public: bool) -> None:
    """Raises NobodySaid or MinorsAreOnIt. One that was public before anybody was asked may stay."""
    if recognisable == Recognisable.MINORS:
        raise MinorsAreOnIt
    if recognisable == Recognisable.UNKNOWN and not was_public:
        raise NobodySaid
