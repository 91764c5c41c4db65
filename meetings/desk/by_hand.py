"""The list to print or to dial: who is told by post or by telephone, and what is done."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView

from communities.desk import reach
from communities.models import Channel, Delivery, Mailing
from communities.models.delivery import DeliveryQuerySet
from communities.post import by_hand
from communities.spreadsheets import SafeSpreadsheet
from communities.staff import StaffRequest
from meetings import permissions, rsvp
from meetings.by_hand import calling
from meetings.letters import change_previews
from meetings.models import Choice

from . import paper, reading
from .columns import Cell
from .of_a_meeting import OfAMeeting
from .typing_in import why_not

TITLES = {
    Channel.LETTER: gettext_lazy("Letters to post"),
    Channel.PHONE: gettext_lazy("People to call"),
}


@dataclass(frozen=True)
class Words:
    """What is said to `people` of the list."""

    people: int
    text: str


class HandState(Cell):
    """Done, or the button that says so for whoever may, or why nobody should be told any more."""

    def get_cell_context_data(self, instance: Delivery, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        may_tell = permissions.may_say_who_was_told(user)
        may_hear = may_tell and instance.is_by_phone and permissions.may_write_answers_down(user)
        may_hear = may_hear and instance.takes_answers  # type: ignore[attr-defined]  # given by the view
        more = {"may_tell": may_tell, "may_hear": may_hear, "answers": Choice.choices}
        return super().get_cell_context_data(instance, parent_context) | more


class ByHand(OfAMeeting, SafeSpreadsheet, BaseListingView):  # type: ignore[misc]  # Wagtail is untyped
    """Everyone told on this channel, on one page, with where to reach them; a button says it is done."""

    template_name = "meetings/admin/by_hand.html"
    addresses = ("street", "postcode", "city", "phone")
    export_headings = {
        "name": gettext_lazy("name"),
        "second_name": gettext_lazy("second person of the household"),
        "street": gettext_lazy("street and number"),
        "postcode": gettext_lazy("postcode"),
        "city": gettext_lazy("town"),
        "phone": gettext_lazy("telephone"),
        "state": gettext_lazy("state"),
    }

    @cached_property
    def columns(self) -> list[Column]:
        how_to_reach = Cell("how_to_reach", label=gettext_lazy("Address or telephone"))
        return [
            Column("resident", label=gettext_lazy("Resident"), classname="title"),
            *([how_to_reach] if self.may_see else []),
            HandState("hand_state", label=gettext_lazy("Done")),
        ]

    @cached_property
    def channel(self) -> Channel:
        if self.kwargs["channel"] not in TITLES:
            raise Http404
        return Channel(self.kwargs["channel"])

    def get_page_title(self) -> str:
        return str(TITLES[self.channel])

    def get_index_url(self) -> str:
        return reverse("meetings_desk:by_hand", args=[self.meeting.pk, self.channel])

    def get_base_queryset(self) -> DeliveryQuerySet:
        asked = reading.letters(self.meeting).filter(channel=self.channel)
        return asked.with_recipients().order_by("resident__street", "resident__folded", "pk")

    def get_table(self, object_list: Iterable[Any]) -> Any:
        """With the reason beside those who must not be told any more, or not now."""
        takes_answers = rsvp.is_open(meeting=self.meeting, now=timezone.now())
        for letter in object_list:
            letter.takes_answers = takes_answers
            letter.why_not = self.standing.reasons.get(letter.pk, "")
        return super().get_table(object_list)

    @cached_property
    def standing(self) -> by_hand.Standing:
        return by_hand.standing(deliveries=self.get_base_queryset(), now=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        to_do = self.get_base_queryset().pending().exclude(pk__in=self.standing.over).count()
        may_tell = permissions.may_say_who_was_told(self.request.user)
        more = {"to_do": to_do, "may_tell": may_tell, "may_see": self.may_see, "channel": self.channel}
        more["held_because"] = sorted({self.standing.held[pk] for pk in self.standing.waiting})
        more["now_to_do"] = to_do - len(self.standing.waiting)
        if self.channel == Channel.LETTER:
            more |= paper.batches_of(self.get_base_queryset(), standing=self.standing)
        more["may_print"] = permissions.may_print_letters(self.request.user)
        return super().get_context_data(**kwargs) | more | {"words": self.words}

    @cached_property
    def words(self) -> list[Words]:
        """What is posted or said to those who still wait, in the town's language: a text for each thing to tell."""
        waiting = self.get_base_queryset().pending().exclude(pk__in=self.standing.over)
        asked = Counter(waiting.order_by("mailing").values_list("mailing", flat=True))
        found = Mailing.objects.filter(pk__in=asked).order_by("pk")
        aloud = self.channel == Channel.PHONE
        return [Words(asked[mailing.pk], change_previews.by_hand(mailing, aloud=aloud)) for mailing in found]

    def to_row_dict(self, item: Delivery) -> dict[str, Any]:
        person = {name: getattr(item.resident, name) for name in self.list_export[:-1]}
        return person | {"state": item.get_state_display()}

    def post(self, request: StaffRequest, pk: int, channel: str) -> HttpResponse:
        if not permissions.may_say_who_was_told(request.user):
            return permission_denied(request)
        if "said" in request.POST:
            return (
                self.hear(request) if permissions.may_write_answers_down(request.user) else permission_denied(request)
            )
        everyone = self.get_base_queryset()
        asked = request.POST.get("delivery", "")
        still_to_tell = everyone.exclude(pk__in=self.standing.over)
        chosen = still_to_tell if "all" in request.POST else everyone.filter(pk=asked if asked.isdecimal() else 0)
        number = by_hand.told(deliveries=chosen, by=request.user, now=timezone.now())
        words = ngettext("%(number)s person marked as told.", "%(number)s people marked as told.", number)
        messages.success(request, words % reach.written(number))
        return redirect("meetings_desk:by_hand", pk, channel)

    def hear(self, request: StaffRequest) -> HttpResponse:
        """Whoever was called answered at once."""
        key, _colon, choice = request.POST["said"].partition(":")
        call = self.get_base_queryset().pending().filter(pk=key if key.isdecimal() else 0).first()
        guests = request.POST.get(f"guests-{key}", "")
        if call is not None and choice in Choice.values:
            self.note(call, Choice(choice), int(guests) if guests.isdecimal() else 0, by=request.user)
        return redirect("meetings_desk:by_hand", self.meeting.pk, self.channel)

    def note(self, call: Delivery, choice: Choice, guests: int, *, by: User) -> None:
        now = timezone.now()
        try:
            calling.called(meeting=self.meeting, call=call, choice=choice, guests=guests, by=by, now=now)
        except rsvp.CannotAnswer as refusal:
            messages.error(self.request, why_not(refusal, self.meeting))
        else:
            words = {"name": call.resident, "answer": choice.label}
            messages.success(self.request, _("The answer of %(name)s is recorded: %(answer)s.") % words)
