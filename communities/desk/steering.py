"""What can staff do about letters that were posted? Hold them, let them go, try again, print, post, tick off."""

import contextlib
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from communities.models import Delivery, Mailing
from communities.models.delivery import DeliveryQuerySet
from communities.post import batches, by_hand, mailings, sheets, trying_again
from communities.staff import StaffRequest

from . import reach

MOST_CHOSEN = 1_000


@require_POST
def pause(request: StaffRequest, pk: int) -> HttpResponse:
    """Hold what has not left, and say why to whoever comes after."""
    mailing = get_object_or_404(Mailing, pk=pk)
    words = {"name": request.user.get_full_name() or request.user.get_username()}
    mailings.pause(mailing=mailing, reason=_("Paused by %(name)s.") % words)
    messages.success(request, _("The letters that have not left are held."))
    return redirect("mailings:inspect", pk)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Let them leave."""
    mailings.resume(mailing=get_object_or_404(Mailing, pk=pk), now=timezone.now())
    messages.success(request, _("The letters leave again."))
    return redirect("mailings:inspect", pk)


@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The failed letters that were ticked, or all that failed, wait again to leave."""
    mailing = get_object_or_404(Mailing, pk=pk)
    number = trying_again.try_again(mailing=mailing, deliveries=chosen(request, pk), now=timezone.now())
    if number:
        words = ngettext("%(number)s letter is tried again.", "%(number)s letters are tried again.", number)
        messages.success(request, words % reach.written(number))
    else:
        messages.warning(request, _("No letter to try again: tick some that failed and whose address is not blocked."))
    return redirect("mailings:inspect", pk)


@require_POST
def say_done(request: StaffRequest, pk: int) -> HttpResponse:
    """The letters and calls that were ticked, or all of them, were made at the town hall."""
    number = by_hand.told(deliveries=chosen(request, pk), by=request.user, now=timezone.now())
    words = ngettext("%(number)s person marked as told.", "%(number)s people marked as told.", number)
    messages.success(request, words % reach.written(number))
    return redirect("mailings:inspect", pk)


@require_POST
def print_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of the letters of this mailing that are still to be posted and may still be read, marked as printed.

    Those printed before are in it again: a printer may have run out of paper. More than fit in a batch are only
    prepared, for whoever printed them all at once would wait for minutes: the page then has a button for each `batch`.
    """
    mailing, now = get_object_or_404(Mailing, pk=pk), timezone.now()
    waiting = Delivery.objects.filter(mailing=mailing).to_post()
    if batch := of_a_batch(request):
        waiting = waiting.filter(printed_at=batch)
    else:
        with contextlib.suppress(batches.NothingToPrint):
            batches.prepare(deliveries=waiting, now=now)
    readable = waiting.exclude(pk__in=by_hand.standing(deliveries=waiting, now=now).reasons)
    number = readable.count()
    if not number:
        messages.warning(request, _("There is no letter to print."))
        return redirect("mailings:inspect", pk)
    if not batch and number > batches.MOST_IN_A_BATCH:
        messages.success(request, _("The letters are ready: print one batch after the other."))
        return redirect("mailings:inspect", pk)
    content = sheets.letters(deliveries=readable, title=mailing.title, printed_at=now)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="courriers-{pk}.pdf"'
    return response


@require_POST
def post_batch(request: StaffRequest, pk: int) -> HttpResponse:
    """The envelopes of a batch of this mailing are in the post; of none, no letter is."""
    letters, now = Delivery.objects.filter(mailing=get_object_or_404(Mailing, pk=pk)), timezone.now()
    batch = of_a_batch(request)
    say_posted(request, batches.posted(deliveries=letters, printed_at=batch, by=request.user, now=now) if batch else 0)
    return redirect("mailings:inspect", pk)


def say_posted(request: HttpRequest, number: int) -> None:
    """For how many people a batch is in the post: none, when somebody else said so first or all said no meanwhile."""
    if not number:
        messages.warning(request, _("None of these letters may be posted any more."))
        return
    words = ngettext(
        "The letter of %(number)s person is marked as posted.",
        "The letters of %(number)s people are marked as posted.",
        number,
    )
    messages.success(request, words % reach.written(number))


def of_a_batch(request: HttpRequest) -> datetime | None:
    """When the batch was printed whose button was pressed; None for the letters of all."""
    stamp = request.POST.get("batch", "")
    if not stamp:
        return None
    try:
        return batches.printed_at(int(stamp))
    except (OverflowError, ValueError, OSError):
        raise Http404 from None


def chosen(request: HttpRequest, mailing: int) -> DeliveryQuerySet:
    """The letters of this mailing that were ticked; every one when the button said all."""
    letters = Delivery.objects.filter(mailing=get_object_or_404(Mailing, pk=mailing))
    ticked = [pk for pk in request.POST.getlist("delivery")[:MOST_CHOSEN] if pk.isdecimal() and len(pk) < 19]
    return letters if "all" in request.POST else letters.filter(pk__in=ticked)
