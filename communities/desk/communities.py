"""Which communities and neighbourhoods are there, and who is in them? The staff's pages."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, ForeignObjectRel, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views import generic

from communities import membership, permissions, scopes
from communities.belonging import answering
from communities.models import Community, ConsentEvent, Membership, Neighbourhood, Origin, Role
from communities.models.community import CommunityQuerySet
from communities.spreadsheets import SafeSpreadsheet

MEMBERS_A_PAGE = 50


class CommunityFilterSet(WagtailFilterSet):
    """What they gather around, and where."""

    class Meta:
        model = Community
        fields = ["kind", "neighbourhood"]


class CommunityList(SafeSpreadsheet, generic.IndexView):
    """Every community, with how many people are in it."""

    is_searchable = True
    search_fields = ["name", "summary"]
    filterset_class = CommunityFilterSet
    list_display = [
        "name",
        Column("kind", label=gettext_lazy("Gathers around"), accessor="get_kind_display", sort_key="kind"),
        Column("neighbourhood", label=gettext_lazy("Neighbourhood"), sort_key="neighbourhood__folded"),
        NumberColumn("member_count", label=gettext_lazy("Members"), sort_key="member_count"),
    ]
    list_export = ["name", "slug", "kind", "summary", "neighbourhood", "member_count"]
    export_headings = {"member_count": gettext_lazy("members")}

    def get_base_queryset(self) -> CommunityQuerySet:
        return Community.objects.for_cards()

    def to_row_dict(self, item: Community) -> dict[str, Any]:
        words = {"kind": item.get_kind_display(), "neighbourhood": str(item.neighbourhood or "")}
        return super().to_row_dict(item) | words


class NeighbourhoodList(SafeSpreadsheet, generic.IndexView):
    """Every neighbourhood, with how many of its residents we know."""

    is_searchable = True
    search_fields = ["name"]
    list_display = ["name", NumberColumn("resident_count", label=gettext_lazy("Residents"), sort_key="resident_count")]
    list_export = ["name", "slug", "resident_count"]
    export_headings = {"resident_count": gettext_lazy("residents")}

    def get_base_queryset(self) -> QuerySet[Neighbourhood]:
        known = Q(residents__erased_at__isnull=True)
        return Neighbourhood.objects.annotate(resident_count=Count("residents", filter=known)).order_by("folded")


class DeleteUnlessNeeded(generic.DeleteView):
    """Something that others stand on stays, and the page says which they are: none of them is changed by a deletion."""

    def form_valid(self, form: Any) -> HttpResponse:
        needing = [named_or_counted(found) for found in all_needing(self.object) if found]
        if not needing:
            return super().form_valid(form)
        words = {"name": self.object, "others": ", ".join(sorted(needing))}
        messages.error(self.request, _("“%(name)s” stays, because of these: %(others)s.") % words)
        return redirect(self.index_url_name)


def all_needing(thing: Community | Neighbourhood) -> Iterator[QuerySet[Any]]:
    """Whatever names it, kind by kind: people, meetings, projects, wishes, and what was agreed about it."""
    relations = [field for field in thing._meta.get_fields(include_hidden=True) if isinstance(field, ForeignObjectRel)]
    for relation in relations:
        if not relation.related_model._meta.auto_created:
            yield relation.related_model._base_manager.filter(**{relation.field.name: thing})
    yield ConsentEvent.objects.filter(scope=scopes.scope_of(thing))


def named_or_counted(found: QuerySet[Any]) -> str:
    """By name where one of a kind needs it, by number where several do: project “Les bancs”, memberships (12)."""
    kind, number = found.model._meta, found.count()
    if number > 1:
        return f"{kind.verbose_name_plural} ({number})"
    return _("%(kind)s “%(name)s”") % {"kind": kind.verbose_name, "name": found[0]}


class ShowCommunity(generic.InspectView):
    """One community, and to whoever may see residents, its members and what each does in it."""

    template_name = "communities/admin/community.html"
    page_title = gettext_lazy("Members")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        memberships = self.object.memberships.filter(resident__erased_at__isnull=True).select_related("resident")
        members = Paginator(memberships.order_by("resident__folded", "pk"), MEMBERS_A_PAGE)
        return super().get_context_data(**kwargs) | {
            "community": self.object,
            "count": members.count,
            "may_see": permissions.may_see_residents(self.request.user),
            "may_change": permissions.may_change_members(self.request.user),
            "requests": self.object.requests.waiting().select_related("resident"),
            "members": members.get_page(self.request.GET.get("p")),
            "roles": Role.choices,
        }


@require_POST
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Member, coordinator, elected liaison or officer."""
    changed = get_object_or_404(Membership.objects.select_related("community", "resident"), pk=pk)
    if request.POST.get("role") in Role.values:
        answering.change_role(membership=changed, role=Role(request.POST["role"]), now=timezone.now())
        words = {"name": changed.resident, "role": changed.get_role_display()}
        messages.success(request, _("%(name)s is now: %(role)s.") % words)
    return redirect("communities_desk:inspect", changed.community_id)


@require_POST
def let_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Someone asked the town hall to take them out."""
    left = get_object_or_404(Membership.objects.select_related("community", "resident"), pk=pk)
    membership.leave(community=left.community, resident=left.resident, origin=Origin.STAFF, now=timezone.now())
    messages.success(request, _("%(name)s has left this community.") % {"name": left.resident})
    return redirect("communities_desk:inspect", left.community_id)
