"""The list of meetings, and how a visitor narrows it."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from meetings.filtering import MeetingFilter

from .meeting import MeetingPage

A_PAGE = 20


class MeetingIndexPage(Page):  # type: ignore[misc]
    """/reunions/: every meeting, to come and past."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    max_count = 1
    subpage_types: ClassVar[list[str]] = ["meetings.MeetingPage"]
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, "intro"]
    template = "meetings/meeting_index_page.html"

    class Meta:
        verbose_name = _("list of meetings")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """A meeting and its venue found in one query, where Wagtail takes three."""
        slug = path_components[0] if path_components else ""
        meeting = MeetingPage.objects.child_of(self).select_related("venue").filter(slug=slug).first() if slug else None
        return meeting.route(request, path_components[1:]) if meeting else super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        filters = MeetingFilter(request.GET)
        context["filters"] = filters
        context["is_past"] = filters.is_past
        context["now"] = timezone.now()
        context["meetings"] = Paginator(filters.meetings(context["now"]), A_PAGE).get_page(request.GET.get("page"))
        return context
