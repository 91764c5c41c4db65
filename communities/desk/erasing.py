"""Someone asks to be erased: what goes, what stays and why, then the button. The staff's page."""

from typing import Any, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from communities import erasing
from communities.models import Resident


class EraseResident(WagtailAdminTemplateMixin, TemplateView):
    """Shown by GET, done by POST, for good."""

    template_name = "communities/admin/erase.html"
    page_title = gettext_lazy("Erase this person")
    header_icon = "bin"

    @cached_property
    def resident(self) -> Resident:
        return get_object_or_404(Resident.objects.known(), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("residents:index"), "label": gettext_lazy("Residents")}
        to_the_person = {"url": reverse("residents:inspect", args=[self.resident.pk]), "label": str(self.resident)}
        return [*self.breadcrumbs_items, to_the_list, to_the_person, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"resident": self.resident}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        erasing.erase(resident=self.resident, by=cast(User, request.user), now=timezone.now())
        messages.success(request, _("This person has been erased."))
        return redirect("residents:index")
