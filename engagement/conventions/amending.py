"""How does a signed convention change? By an amendment, written, proposed and signed in the same way."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from engagement import permissions, placeholders
from engagement.models import Convention, ConventionState
from engagement.refusals import Refusal, refuse_unless

from . import content, freezing, numbering, saying, versions
from .content import Article


class NothingToAmend(Refusal):
    """Only what is signed and has not ended is amended; an amendment is amended through its convention."""

    MESSAGE = gettext_lazy("Only a signed convention that has not ended can be amended.")


class BeingAmended(Refusal):
    """One amendment at a time."""

    MESSAGE = gettext_lazy("An amendment to this convention is being written or signed already: go on with that one.")


@transaction.atomic
def begin(*, convention: Convention, by: User, renews: bool = False, now: dt.datetime) -> Convention:
    """A draft that says everything as it stands; `renews`: for the same time again, from the day after its last one.

    Its commitments are only what it adds or replaces. Raises MayNot, NothingToAmend or BeingAmended.
    """
    refuse_unless(permissions.may_write_conventions(by))
    first = freezing.lock(convention)
    if not first.is_signed or first.is_amendment:
        raise NothingToAmend
    if first.amendments.filter(state__in=[ConventionState.DRAFT, ConventionState.PROPOSED]).exists():
        raise BeingAmended
    stands = standing(first)
    fields = content.fields_of(stands)
    if renews:
        fields |= renewed(stands)
    amendment = Convention.objects.create(
        project=first.project,
        amends=first,
        template=first.template,
        number=numbering.next_amendment(first=first),
        created_at=now,
        **fields,
    )
    with translation.override(settings.LANGUAGE_CODE):
        articles = articles_of(first, renews=renews)
    begun = content.of(fields=fields, articles=articles, commitments=[])
    versions.write(convention=amendment, content=begun, by=by, note=_("First draft"), now=now)
    log(first, "engagement.convention.amended", user=by, data={"amendment": amendment.number})
    return amendment


def standing(first: Convention) -> Convention:
    """Which text holds now: the last signed amendment's, else its own."""
    return first.amendments.held().order_by("-signed_at", "-pk").first() or first


def renewed(stands: Convention) -> dict[str, object]:
    """From the day after its last one, for as long as its first term."""
    last = saying.terms_of_convention(stands).last_day
    return {"starts_on": last + dt.timedelta(days=1)}


def articles_of(first: Convention, *, renews: bool) -> list[Article]:
    """What such an amendment says, for someone to change: its object, its time, and that the rest stays."""
    what = _("It renews the convention.") if renews else _("It changes the convention on the points below.")
    return [
        {
            "heading": _("Purpose of the amendment"),
            "text": _("This amendment is about convention no. %(number)s, “%(title)s”.")
            % {"number": first.number, "title": first.title}
            + " "
            + what,
        },
        {"heading": _("Duration"), "text": duration()},
        {
            "heading": _("Commitments"),
            "text": _(
                "The commitments written below are added to those of the convention, or take the place of those that"
                " they name."
            ),
        },
        {
            "heading": _("What does not change"),
            "text": _("Every other article of the convention stays as it was signed."),
        },
    ]


def duration() -> str:
    """Of the convention as amended, which an amendment makes longer and never begin again; still to be filled."""
    words = _("The convention runs from %(start)s for %(duration)s. %(renewal)s")
    keys = {"start": "starts_on", "duration": "duration", "renewal": "renewal"}
    return words % {name: placeholders.in_braces(key) for name, key in keys.items()}
