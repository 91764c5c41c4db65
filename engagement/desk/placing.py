"""Where on the town's plan is an idea or a project? The page on which staff put its mark, as residents do."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from communities.staff import StaffRequest
from engagement.examining import placing
from engagement.models import Idea, Project, Scheme
from engagement.places import of_the_town
from engagement.places.fields import PlacingForm, PointField


class PlaceForm(PlacingForm):
    """Only the mark."""

    point = PointField(
        required=False,
        label=gettext_lazy("On the plan"),
        help_text=gettext_lazy("Press the plan where it is; press again to move the mark. Then keep it."),
    )


class PlacePage(WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]  # Wagtail is untyped
    """A press moves the mark; only “Keep” writes it. Without a plan of the town it says where one is given."""

    request: StaffRequest
    template_name = "engagement/admin/place.html"
    page_title = gettext_lazy("Its place on the plan")
    form_class = PlaceForm
    thing: Idea | Project
    back_url: str

    def get_header_title(self) -> str:
        return f"{self.page_title} · {self.thing}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        its_own = {"url": self.back_url, "label": str(self.thing)}
        return [*self.breadcrumbs_items, its_own, {"url": "", "label": self.page_title}]

    @cached_property
    def scheme(self) -> Scheme:
        scheme: Scheme = Scheme.load(request_or_site=self.request)
        return scheme

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"plan": of_the_town.plan_of(self.scheme)}

    def get_initial(self) -> dict[str, Any]:
        return {"point": of_the_town.point_of(self.thing)}

    def form_valid(self, form: PlaceForm) -> HttpResponse:
        if "point" not in form.cleaned_data:
            return self.form_invalid(form)
        placing.place(thing=self.thing, point=form.cleaned_data["point"], by=self.request.user)
        messages.success(self.request, _("Its place on the plan is kept."))
        return redirect(self.back_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "thing": self.thing,
            "back_url": self.back_url,
            "scheme": self.scheme,
        }
