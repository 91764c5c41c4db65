"""What will residents be told of a change? While it is typed, and until it has left."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages

from communities import consent
from communities.desk import reach
from communities.permissions import Anyone
from communities.staff import StaffRequest
from meetings import permissions
from meetings.letters import change_previews
from meetings.models import MeetingPage
from meetings.models.meeting_form import MOMENTS, read_as_typed
from meetings.seating import seats
from meetings.updates import foretelling, reconciling
from meetings.updates.foretelling import Outlook

from . import sentences
from .of_a_meeting import OfAMeeting


class ChangeForm(forms.ModelForm):
    """What residents are told of, as it stands in the editor; the rest of the page is of no consequence."""

    class Meta:
        model = MeetingPage
        fields: ClassVar[list[str]] = [
            "title",
            "starts_at",
            "ends_at",
            "venue",
            "online_link",
            "status",
            "status_reason",
            "capacity",
            "communities",
            "neighbourhoods",
        ]
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"online_link": forms.CharField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MOMENTS:
            read_as_typed(self.fields[name])

    def _post_clean(self) -> None:
        """The meeting itself is not judged here, nor changed: only what was typed is read."""


def context_of(meeting: MeetingPage, user: Anyone) -> dict[str, Any]:
    """What waits to leave, in words, for whoever follows the letters."""
    outlook = foretelling.as_published(meeting=meeting, now=timezone.now())
    return {
        "outlook": outlook,
        "foretold": sentences.of_outlook(outlook) if outlook.letters else "",
        "may_send": permissions.may_invite_residents(user),
    }


class Foretell(OfAMeeting, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """The editor's form as it is typed: which letters publishing it would send. Nothing is kept."""

    page_title = gettext_lazy("What residents will be told")
    http_method_names = ["post"]

    def get_template_names(self) -> list[str]:
        """A fragment for the editor; a page for a browser without JavaScript."""
        is_htmx = self.request.headers.get("HX-Request") == "true"
        return ["meetings/admin/foretold.html" if is_htmx else "meetings/admin/foretold_page.html"]

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        form = ChangeForm(request.POST, instance=self.meeting)
        outlook = self.outlook(form) if form.is_valid() else Outlook()
        said = {"outlook": outlook, "foretold": sentences.if_published(outlook), "is_readable": form.is_valid()}
        said |= {"without_a_seat": sentences.of_missing_seats(seats.missing(meeting=self.meeting))}
        return self.render_to_response(self.get_context_data() | said)

    def outlook(self, form: ChangeForm) -> Outlook:
        typed = form.cleaned_data
        for name in set(typed) - {"communities", "neighbourhoods"}:
            setattr(self.meeting, name, typed[name])
        scopes = consent.scopes_of(
            communities=typed["communities"], neighbourhoods=typed["neighbourhoods"], whole_town=True
        )
        return foretelling.if_published(meeting=self.meeting, scopes=scopes, now=timezone.now())


class PreviewChange(OfAMeeting, TemplateView):  # type: ignore[misc]
    """The letters about a change as their readers will read them, before they leave."""

    template_name = "meetings/admin/preview_change.html"
    page_title = gettext_lazy("Preview")

    @cached_property
    def outlook(self) -> Outlook:
        return foretelling.as_published(meeting=self.meeting, now=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "foretold": sentences.of_outlook(self.outlook) if self.outlook.letters else "",
            "previews": [
                change_previews.of(meeting=self.meeting, foretold=each, now=timezone.now())
                for each in self.outlook.letters
            ],
        }


class SendNow(OfAMeeting, View):  # type: ignore[misc]
    """Without waiting for the half hour."""

    http_method_names = ["post"]

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        number = reconciling.reconcile(meeting=self.meeting, by=request.user, at_once=True, now=timezone.now())
        words = ngettext("%(number)s person is being told.", "%(number)s people are being told.", number)
        messages.success(request, words % reach.written(number))
        return redirect("meetings_desk:invitations", pk)
