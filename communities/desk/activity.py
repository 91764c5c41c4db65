"""Which communities are alive, and which fell silent? The staff's report: sorted, filtered, taken away."""

import csv
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from communities import activity, permissions
from communities.activity import Life
from communities.models import Community, CommunityKind, Neighbourhood
from communities.spreadsheets import BYTE_ORDER_MARK, harmless

A_PAGE = 50
NEVER = 0.0
# How a column sorts first: names from A, figures from the largest, meetings from the latest.
ORDERS: dict[str, tuple[Any, Callable[[Life], Any]]] = {
    "name": (gettext_lazy("Community"), lambda life: ()),
    "members": (gettext_lazy("Members"), lambda life: -life.members),
    "new": (gettext_lazy("New"), lambda life: -life.new),
    "active": (gettext_lazy("Active"), lambda life: -life.active),
    "last": (gettext_lazy("Last meeting"), lambda life: -(stamp(life.gatherings.last))),
    "next": (gettext_lazy("Next meeting"), lambda life: stamp(life.gatherings.next) or float("inf")),
    "gaps": (gettext_lazy("Lacks"), lambda life: -len(life.gaps)),
    "letters": (gettext_lazy("Letters each"), lambda life: -life.letters_each),
}


def stamp(moment: Any) -> float:
    return float(moment.timestamp()) if moment else NEVER


class WhichForm(forms.Form):
    """What they gather around, where, and in which order."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Gathers around"),
        required=False,
        choices=[("", gettext_lazy("All")), *CommunityKind.choices],
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.all(),
        label=gettext_lazy("Neighbourhood"),
        required=False,
        empty_label=gettext_lazy("All"),
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Sorted by"), required=False, choices=[(key, label) for key, (label, _by) in ORDERS.items()]
    )


class Activity(WagtailAdminTemplateMixin, TemplateView):
    """All communities with their life of the last three months; the numbers are for everyone, the names are not."""

    template_name = "communities/admin/activity.html"
    page_title = gettext_lazy("Life of the communities")
    header_icon = "group"

    @cached_property
    def form(self) -> WhichForm:
        return WhichForm(self.request.GET)

    @cached_property
    def may_see(self) -> bool:
        return permissions.may_see_residents(self.request.user)

    def lives(self) -> list[Life]:
        """A wish that nobody can have made (a form of somebody's own) is no wish."""
        asked = self.form.cleaned_data if self.form.is_valid() else {}
        wanted = {name: asked[name] for name in ("kind", "neighbourhood") if asked.get(name)}
        communities = Community.objects.filter(**wanted).select_related("neighbourhood").order_by("folded")
        found = activity.of(communities, now=timezone.now())
        return sorted(found, key=ORDERS[asked.get("order") or "name"][1])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export"):
            return spreadsheet(self.lives(), with_names=self.may_see)
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("communities_desk:index"), "label": gettext_lazy("Communities")}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lives = self.lives()
        asked = self.request.GET.copy()
        asked.pop("p", None)
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "page": Paginator(lives, A_PAGE).get_page(self.request.GET.get("p")),
            "silent": sum(life.is_silent for life in lives),
            "largest": max((life.members for life in lives), default=0),
            "query": f"{asked.urlencode()}&" if asked else "",
            "may_see": self.may_see,
        }


def spreadsheet(lives: list[Life], *, with_names: bool) -> HttpResponse:
    """The same, as a file that opens well at the town hall."""
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="communautes.csv"'
    written = csv.writer(response, delimiter=";")
    headings = [_("community"), _("gathers around"), _("neighbourhood"), _("members"), _("new in 90 days")]
    headings += [_("active in 90 days"), _("last meeting"), _("next meeting"), _("lacks")]
    headings += [_("letters for each member in 30 days"), _("most letters to one member"), _("silent for a year")]
    written.writerow([*headings, *([_("coordinators")] if with_names else [])])
    written.writerows([harmless(cell) for cell in row_of(life, with_names=with_names)] for life in lives)
    return response


def row_of(life: Life, *, with_names: bool) -> list[Any]:
    days = [timezone.localdate(day) if day else "" for day in (life.gatherings.last, life.gatherings.next)]
    of_whom = [life.community.name, life.community.get_kind_display(), str(life.community.neighbourhood or "")]
    figures = [life.members, life.new, life.active, *days, ", ".join(life.gaps)]
    letters = [str(life.letters_each).replace(".", ","), life.most_letters, _("yes") if life.is_silent else _("no")]
    return [*of_whom, *figures, *letters, *([", ".join(life.coordinators)] if with_names else [])]
