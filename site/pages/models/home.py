"""The front door: what is next, what is under way, how it works."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from engagement.models import ProjectPage
from meetings.models import MeetingPage


class HomePage(Page):  # type: ignore[misc]  # Wagtail is untyped
    """Home."""

    lead = models.TextField(_("opening words"), blank=True, max_length=400)

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "meetings.MeetingIndexPage",
        "engagement.ProjectIndexPage",
        "pages.StandardPage",
    ]
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, "lead"]
    template = "pages/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["now"] = timezone.now()
        context["next_meetings"] = MeetingPage.objects.to_come(context["now"]).for_cards()[:4]
        context["projects"] = ProjectPage.objects.open_to_all().going_on().for_cards().order_by("title")[:3]
        return context
