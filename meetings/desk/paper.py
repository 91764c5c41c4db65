"""From letters that wait to envelopes in the post: print a batch, stick its labels, say that it is posted."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages

from communities.desk import reach, steering
from communities.models import Channel, DeliveryState, Mailing
from communities.models.delivery import DeliveryQuerySet
from communities.post import batches, by_hand, sheets
from communities.staff import StaffRequest
from meetings import rsvp
from meetings.letters import change_previews

from . import reading
from .of_a_meeting import OfAMeeting


class OnPaper(OfAMeeting, View):  # type: ignore[misc]  # Wagtail is untyped
    """What is told by post about one meeting."""

    @property
    def told_by_post(self) -> DeliveryQuerySet:
        return reading.letters(self.meeting).filter(channel=Channel.LETTER)

    def back(self) -> HttpResponse:
        return redirect("meetings_desk:by_hand", self.meeting.pk, Channel.LETTER)


class Prepare(OnPaper):
    """Every letter that waits, into one batch."""

    http_method_names = ["post"]

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        try:
            number = batches.prepare(deliveries=self.told_by_post, now=timezone.now())
        except batches.NothingToPrint:
            messages.warning(request, _("There is no letter to print."))
        else:
            words = ngettext(
                "The letter of %(number)s person is ready to print.",
                "The letters of %(number)s people are ready to print: one a household.",
                number,
            )
            messages.success(request, words % reach.written(number))
        return self.back()


class OfABatch(OnPaper):
    """What was printed together."""

    @cached_property
    def printed_at(self) -> datetime:
        try:
            return batches.printed_at(self.kwargs["stamp"])
        except (OverflowError, ValueError, OSError):
            raise Http404 from None


class Posted(OfABatch):
    """The envelopes are in the post."""

    http_method_names = ["post"]

    def post(self, request: StaffRequest, pk: int, stamp: int) -> HttpResponse:
        number = batches.posted(
            deliveries=self.told_by_post, printed_at=self.printed_at, by=request.user, now=timezone.now()
        )
        steering.say_posted(request, number)
        return self.back()


class Download(OfABatch):
    """A PDF about the letters of a batch that may still be read; shows, marks nothing."""

    http_method_names = ["get", "head"]
    name = ""

    def get(self, request: StaffRequest, pk: int, stamp: int) -> HttpResponse:
        batch = self.told_by_post.filter(printed_at=self.printed_at).exclude(state=DeliveryState.SKIPPED)
        standing = by_hand.standing(deliveries=batch, now=timezone.now())
        readable = batch.exclude(pk__in=standing.reasons)
        if not readable.exists():
            messages.warning(request, _("None of these letters may be posted any more."))
            return self.back()
        response = HttpResponse(self.content(readable), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{self.name}-{self.meeting.slug}-{stamp}.pdf"'
        return response

    def content(self, batch: DeliveryQuerySet) -> bytes:
        raise NotImplementedError


class Letters(Download):
    """The letters, folded in three into window envelopes."""

    name = "courriers"

    def content(self, batch: DeliveryQuerySet) -> bytes:
        title = _("Letters: %(title)s") % {"title": self.meeting.title}
        return sheets.letters(deliveries=batch, title=title, printed_at=self.printed_at)


class Labels(Download):
    """Their addresses, for envelopes without a window."""

    name = "etiquettes"

    def content(self, batch: DeliveryQuerySet) -> bytes:
        return sheets.labels(deliveries=batch, title=_("Labels: %(title)s") % {"title": self.meeting.title})


class Calls(OfAMeeting, View):  # type: ignore[misc]
    """The people still to call, on paper, under what each is told; those who must not be any more are not on it."""

    http_method_names = ["get", "head"]

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        waiting = reading.letters(self.meeting).filter(channel=Channel.PHONE).pending()
        standing = by_hand.standing(deliveries=waiting, now=timezone.now())
        to_call = waiting.exclude(pk__in=standing.reasons)
        rounds = [
            (change_previews.by_hand(mailing, aloud=True), to_call.filter(mailing=mailing))
            for mailing in Mailing.objects.filter(pk__in=to_call.order_by().values("mailing")).order_by("pk")
        ]
        if not rounds:
            messages.warning(request, _("There is nobody to call."))
            return redirect("meetings_desk:by_hand", pk, Channel.PHONE)
        with translation.override(settings.LANGUAGE_CODE):
            title = _("People to call: %(title)s") % {"title": self.meeting.title}
            asks = rsvp.is_open(meeting=self.meeting, now=timezone.now())
            content = sheets.calls(rounds=rounds, title=title, asks=asks)
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="appels-{self.meeting.slug}.pdf"'
        return response


def batches_of(told: DeliveryQuerySet, *, standing: by_hand.Standing) -> dict[str, Any]:
    """What the list of letters shows of the printer: for how many people nothing is printed yet, and the batches."""
    unprinted = told.to_post().filter(printed_at=None).exclude(pk__in=standing.reasons)
    return {"unprinted": unprinted.count(), "batches": batches.of(deliveries=told)}
