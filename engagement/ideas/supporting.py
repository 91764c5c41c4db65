"""How does a resident say that an idea is good, or that they would take part? A name, an address, and a letter."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import residents
from engagement.models import Idea, IdeaSupport
from engagement.refusals import Refusal

from . import own_links, writing_once

PURPOSE = "idea-support"
LETTER_KIND = "idea-support"


class NotOpen(Refusal):
    """Supported or not, it has its answer; or nobody published it."""

    MESSAGE = gettext_lazy("This idea no longer gathers support: it has its answer.")


class Gone(Refusal):
    """Its owner took it back in another window, or it became one with what they said of another idea."""

    MESSAGE = gettext_lazy(
        "This support no longer counts: it was taken back, or this idea was joined to another one that you support."
    )


def is_open(idea: Idea) -> bool:
    return idea.is_public and idea.is_open


@transaction.atomic
def ask(*, idea: Idea, name: str, email: str, joins: bool, wants_news: bool = False, now: dt.datetime) -> IdeaSupport:
    """Note the wish and send the letter whose button makes it count; the same whether the address is known or not.

    Asking again within ten minutes sends no second letter; what already counts is changed by its owner alone, on the
    page where the letter leads. Raises NotOpen.
    """
    if not is_open(idea):
        raise NotOpen
    resident = residents.find_or_create(email=email, name=name, now=now)
    support, _is_new = IdeaSupport.objects.get_or_create(idea=idea, resident=resident, defaults={"created_at": now})
    wish = {"given_name": name, "joins": joins, "wants_news": wants_news}
    IdeaSupport.objects.filter(pk=support.pk, confirmed_at__isnull=True).update(**wish)
    writing_once.write(
        kind=LETTER_KIND,
        key=support.pk,
        title=_("Your support: %(title)s") % {"title": idea},
        resident=resident,
        now=now,
    )
    support.refresh_from_db()
    return support


def token_of(support: IdeaSupport) -> str:
    """For the address its resident has now."""
    return own_links.sign(PURPOSE, support.pk, count=support.resident.addresses_before)


def find(*, token: str) -> IdeaSupport | None:
    pk, before = own_links.read(PURPOSE, token)
    known = IdeaSupport.objects.select_related("resident", "idea__neighbourhood", "idea__resident")
    return known.filter(pk=pk, resident__addresses_before=before, resident__erased_at__isnull=True).first()


@transaction.atomic
def confirm(*, support: IdeaSupport, joins: bool, wants_news: bool, now: dt.datetime) -> None:
    """Their button: it counts from now on, as they chose it there.

    Raises Gone, or NotOpen for one that did not count yet.
    """
    known = IdeaSupport.objects.select_for_update(of=("self",)).select_related("idea")
    locked = known.filter(pk=support.pk).first()
    if locked is None:
        raise Gone
    if locked.confirmed_at is None and not is_open(locked.idea):
        raise NotOpen
    residents.confirm(resident=support.resident, name=support.given_name, now=now)
    IdeaSupport.objects.filter(pk=support.pk).update(
        joins=joins, wants_news=wants_news, confirmed_at=locked.confirmed_at or now
    )
    support.refresh_from_db()


def withdraw(*, support: IdeaSupport) -> None:
    """It counts no more, and nothing of it is kept."""
    support.delete()
