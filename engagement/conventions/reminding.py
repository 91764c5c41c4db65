"""Which dates of conventions do both sides hear of, and were they told? Asked each morning: a missed tick heals itself,
a repeated one does nothing.

Its end, 90 and 30 days before; its going on by itself, 60 days before; the day to look at it together, 30 days before;
a signature that has been waited for 14 days.
"""

import datetime as dt
import logging
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.models import Convention, ConventionNotice, ConventionState, NoticeKind, SignatureRequest

from . import amending, announcing, freezing, on_screen, saying, terms

logger = logging.getLogger(__name__)
BEFORE = {
    NoticeKind.ENDS_SOON: dt.timedelta(days=90),
    NoticeKind.ENDS_NOW: dt.timedelta(days=30),
    NoticeKind.RENEWS: dt.timedelta(days=60),
    NoticeKind.REVIEW: dt.timedelta(days=30),
}
WAITS = dt.timedelta(days=14)


def remind(*, now: dt.datetime) -> None:
    """Everything whose time has come; a convention that cannot be told of does not hold up the others."""
    today = timezone.localdate(now)
    for convention in Convention.objects.in_force(today).first_ones().order_by("pk"):
        try:
            tell(convention=convention, now=now)
        except Exception:  # whatever the reason, the others have their day too
            logger.exception("No notice of convention %s", convention.pk)
    for request in waiting(now):
        try:
            remind_signatory(request=request, now=now)
        except Exception:  # as above
            logger.exception("No reminder of the request for a signature %s", request.pk)


@transaction.atomic
def tell(*, convention: Convention, now: dt.datetime) -> None:
    """The letters about one convention, each once for the day that it is about; the convention is locked."""
    locked = freezing.lock(convention)
    today = timezone.localdate(now)
    for kind, day in due(locked, today=today):
        notice, is_new = ConventionNotice.objects.get_or_create(
            convention=locked, kind=kind, about_on=day, defaults={"posted_at": now}
        )
        if is_new:
            title = _("A date of your convention: %(title)s") % {"title": locked.title}
            key = str(notice.pk)
            announcing.to_both(kind=announcing.NOTICE_LETTER, key=key, title=title, convention=locked, now=now)


def due(convention: Convention, *, today: dt.date) -> Iterator[tuple[NoticeKind, dt.date]]:
    """What both sides should know by today, and the day that it is about.

    Of an end that was not told at 90 days only the nearer notice leaves.
    """
    if not convention.is_signed:
        return
    stands = amending.standing(convention)
    term = saying.terms_of_convention(stands)
    last, left = term.last_day, term.last_day - today
    if dt.timedelta(0) <= left <= BEFORE[NoticeKind.ENDS_NOW]:
        yield NoticeKind.ENDS_NOW, last
    elif dt.timedelta(0) <= left <= BEFORE[NoticeKind.ENDS_SOON]:
        yield NoticeKind.ENDS_SOON, last
    goes_on = term.renews_after(today)
    if goes_on and goes_on - today <= BEFORE[NoticeKind.RENEWS]:
        yield NoticeKind.RENEWS, goes_on
    days = terms.reviews(starts_on=stands.starts_on, every=stands.review_months, last_day=last)
    soon = [day for day in days if today <= day <= today + BEFORE[NoticeKind.REVIEW]]
    yield from ((NoticeKind.REVIEW, day) for day in soon[:1])


def waiting(now: dt.datetime) -> list[SignatureRequest]:
    """Those asked to sign a fortnight ago, who could and neither did nor were reminded."""
    asked = SignatureRequest.objects.filter(asked_at__lte=now - WAITS, reminded_at__isnull=True)
    known = asked.select_related("convention__project", "convention__amends", "resident").order_by("pk")
    out = known.filter(convention__state=ConventionState.PROPOSED)
    return [request for request in out if on_screen.is_waited_for(request)]


@transaction.atomic
def remind_signatory(*, request: SignatureRequest, now: dt.datetime) -> None:
    """The same letter once more, with the same link."""
    locked = SignatureRequest.objects.select_for_update().filter(pk=request.pk, reminded_at__isnull=True)
    if locked.exists():
        on_screen.put(request, reminded_at=now)
        words = _("Still to be signed: %(title)s")
        on_screen.write_to(request, kind=on_screen.REQUEST_LETTER, key=str(request.pk), title=words, now=now)
