"""What do the desk's pages about one meeting share? The meeting, the way back to it, and the tabs between them."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from meetings import permissions
from meetings.models import MeetingPage

from . import pages as others


class OfAMeeting(WagtailAdminTemplateMixin):  # type: ignore[misc]  # Wagtail is untyped
    """A page of the desk about the meeting whose key is in the address."""

    header_icon = "calendar-alt"
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def meeting(self) -> MeetingPage:
        return get_object_or_404(MeetingPage.objects.select_related("venue"), pk=self.kwargs["pk"])

    def get_header_title(self) -> str:
        return f"{self.get_page_title()} · {self.meeting.title}"

    def get_filename(self) -> str:
        """The page and the meeting, in letters that every computer takes: reponses-reunion-du-centre."""
        return f"{slugify(self.get_page_title())}-{self.meeting.slug}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("meetings_list:index"), "label": _("Meetings")},
            {"url": reverse("wagtailadmin_pages:edit", args=[self.meeting.pk]), "label": self.meeting.title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {"meeting": self.meeting, "now": timezone.now(), "tabs": tabs(self.request, self.meeting)}
        return super().get_context_data(**facts, **kwargs) | facts


def tabs(request: HttpRequest, meeting: MeetingPage) -> list[dict[str, Any]]:
    """The meeting's pages that this person may open, and which is open."""
    pages = [(_("Meeting"), "wagtailadmin_pages:edit", meeting.permissions_for_user(request.user).can_edit())]
    pages += [(_("Invitations"), "meetings_desk:invitations", permissions.may_see_who_is_invited(request.user))]
    pages += [(_("Answers"), "meetings_desk:answers", permissions.may_see_who_comes(request.user))]
    counts_seats = meeting.capacity is not None
    pages += [
        (_("Waiting list"), "meetings_desk:waiting_list", counts_seats and permissions.may_see_who_comes(request.user))
    ]
    addresses = [(str(label), reverse(name, args=[meeting.pk])) for label, name, may_open in pages if may_open]
    addresses += [(page.label, page.url) for page in others.of(request.user, meeting)]
    return [
        {"label": label, "url": url, "is_open": request.path.startswith(url) and "edit" not in url}
        for label, url in addresses
    ]
