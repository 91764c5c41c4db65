"""What do staff say of a picture: who is recognised on it, what was signed, what was taken back?"""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import Image
from wagtail.log_actions import log

from communities.models import Medium, PictureAuthorisation, PictureRights, Recognisable
from communities.models.picture_rights import NO_END

from . import keeping_back
from .refusals import Refusal

SAID, AUTHORISED, WITHDREW, SHOWN_AGAIN = (
    f"communities.picture_{action}" for action in ("said", "authorised", "withdrawn", "shown_again")
)


class MinorsAreCounted(Refusal):
    """Each recognisable minor needs an authorisation: without their number nobody knows whether one is missing."""

    MESSAGE = _("Say how many minors can be recognised: each of them needs an authorisation.")


@transaction.atomic
def say(
    *,
    image: Image,
    recognisable: Recognisable,
    minors: int = 0,
    by: User | None,
    today: dt.date,
    is_another_file: bool = False,
    **words: str,
) -> PictureRights:
    """Who is recognised on it; `words`: credit, licence, remarks. With another file in its place, what was signed for
    the one before allows nothing, and it was not there before. Raises MinorsAreCounted.
    """
    if recognisable == Recognisable.MINORS and minors < 1:
        raise MinorsAreCounted
    counted = minors if recognisable == Recognisable.MINORS else 0
    said = {"recognisable": recognisable, "minors": counted, **words}
    rights, _made = PictureRights.objects.update_or_create(image=image, defaults=said)
    if is_another_file:
        rights.authorisations.all().delete()
        rights.was_there_before, rights.withdrawn_at = False, None
        rights.save(update_fields=["was_there_before", "withdrawn_at"])
    if by:
        log(image, SAID, user=by, data={"recognisable": str(recognisable)})
    settle(rights=rights, today=today)
    return rights


@transaction.atomic
def authorise(*, rights: PictureRights, by: User, now: dt.datetime, today: dt.date, **facts: Any) -> None:
    """Write down one signed paper; `facts` are the fields of PictureAuthorisation."""
    PictureAuthorisation.objects.create(rights=rights, written_at=now, **facts)
    log(rights.image, AUTHORISED, user=by)
    settle(rights=rights, today=today)


@transaction.atomic
def withdraw(
    *,
    rights: PictureRights,
    authorisation: PictureAuthorisation | None = None,
    by: User,
    now: dt.datetime,
    today: dt.date,
) -> None:
    """Somebody takes back what they allowed, on the picture or for one minor: it is nowhere any more, at once."""
    if authorisation is not None and authorisation.withdrawn_at is None:
        rights.authorisations.filter(pk=authorisation.pk).update(withdrawn_at=now)
    if rights.withdrawn_at is None:
        rights.withdrawn_at = now
        rights.save(update_fields=["withdrawn_at"])
        log(rights.image, WITHDREW, user=by)
    settle(rights=rights, today=today)


@transaction.atomic
def show_again(*, rights: PictureRights, by: User, today: dt.date) -> None:
    """Whoever had it withdrawn agrees once more: what is authorised counts again."""
    if rights.withdrawn_at is not None:
        rights.withdrawn_at = None
        rights.save(update_fields=["withdrawn_at"])
        log(rights.image, SHOWN_AGAIN, user=by)
    settle(rights=rights, today=today)


def settle(*, rights: PictureRights, today: dt.date) -> None:
    """Count again until when each medium may show it, and put its files where that says; one after the other, so that
    nothing written meanwhile brings back what was withdrawn.
    """
    rights.refresh_from_db(from_queryset=PictureRights.objects.select_for_update())
    for medium in Medium:
        setattr(rights, f"{medium.value}_until", last_day(rights, medium))
    rights.save(update_fields=[f"{medium.value}_until" for medium in Medium])
    keeping_back.reconcile(rights=rights, today=today)


def last_day(rights: PictureRights, medium: Medium) -> dt.date | None:
    """The last day on which as many minors are covered as are recognised; no day while one was never covered."""
    if not rights.shows_minors:
        return NO_END
    covered: dict[str, dt.date] = {}
    for signed in rights.authorisations.filter(withdrawn_at=None):
        who = signed.minor.strip().casefold()
        if signed.covers(medium):
            covered[who] = max(signed.valid_until, covered.get(who, signed.valid_until))
    days = sorted(covered.values(), reverse=True)
    return days[rights.minors - 1] if len(days) >= rights.minors else None


def usual_end(signed_on: dt.date) -> dt.date:
    """A year after the end of the school year in which it was signed: 31 August."""
    ends_this_year = signed_on <= dt.date(signed_on.year, 8, 31)
    return dt.date(signed_on.year + (1 if ends_this_year else 2), 8, 31)
