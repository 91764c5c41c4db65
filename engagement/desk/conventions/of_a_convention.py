"""What do the desk's pages about one convention share? The convention, and the way back to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from communities.staff import StaffRequest
from engagement.models import Convention
from engagement.refusals import Refusal


class OfAConvention(WagtailAdminTemplateMixin):  # type: ignore[misc]  # Wagtail is untyped
    """A page of the desk about the convention whose key is in the address."""

    header_icon = "doc-full"
    request: StaffRequest
    kwargs: dict[str, Any]

    @cached_property
    def convention(self) -> Convention:
        found = Convention.objects.with_last_day().select_related("project", "amends", "template")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_header_title(self) -> str:
        return f"{self.get_page_title()} · {self.convention.number}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("conventions_desk:index"), "label": _("Conventions")},
            {"url": self.back_url, "label": str(self.convention)},
            {"url": "", "label": self.get_page_title()},
        ]

    @property
    def back_url(self) -> str:
        return reverse("conventions_desk:inspect", args=[self.convention.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(convention=self.convention, back_url=self.back_url, **kwargs)

    def say(self, words: str) -> HttpResponse:
        """What was done, on the convention's page."""
        messages.success(self.request, words)
        return redirect(self.back_url)

    def explain(self, refusal: Refusal) -> HttpResponse:
        """What was not done and why, on the convention's page."""
        messages.error(self.request, refusal.sentence)
        return redirect(self.back_url)
