"""What do the pages about what is looked after in one project share?"""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from communities.staff import StaffRequest
from engagement.models import Project


class OfAProject(WagtailAdminTemplateMixin):  # type: ignore[misc]  # Wagtail is untyped
    """A page of the desk about what is looked after in one project."""

    header_icon = "clipboard-list"
    page_title = gettext_lazy("Stewardship")
    request: StaffRequest
    kwargs: dict[str, Any]

    @cached_property
    def project(self) -> Project:
        return get_object_or_404(Project, pk=self.kwargs["pk"])

    def get_header_title(self) -> str:
        return f"{self.get_page_title()} · {self.project}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("stewardship:index"), "label": gettext_lazy("Stewardship")},
            {"url": reverse("projects_desk:inspect", args=[self.project.pk]), "label": str(self.project)},
            {"url": "", "label": self.get_page_title()},
        ]
