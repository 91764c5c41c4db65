"""Which residents are there, how are they reached, what did they allow? The staff's pages about one and all."""

import json
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail import log_actions
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from communities import own_links, permissions, personal_data, residents, scopes
from communities.cells import Cell
from communities.looks import noting, watched
from communities.models import Channel, Community, ConsentEvent, Neighbourhood, Resident, Suppression
from communities.models.resident import ResidentQuerySet
from communities.post import sparing
from communities.spreadsheets import SafeSpreadsheet

WITH_EMAIL, WITHOUT_EMAIL, BLOCKED, UNCONFIRMED = "email", "no-email", "blocked", "unconfirmed"
DATA_GIVEN = "communities.data_given"
LOOKS_SHOWN = 10
AGREED, NOT_AGREED = "yes", "no"


def blocked_addresses() -> QuerySet[Suppression]:
    return Suppression.objects.standing().alias(lower=Lower("address")).filter(lower=Lower(OuterRef("email")))


def consents() -> QuerySet[ConsentEvent]:
    return ConsentEvent.objects.filter(resident=OuterRef("pk")).holding()


class ResidentFilterSet(WagtailFilterSet):
    """Where they live, what they belong to, how they are reached, whether they agreed."""

    neighbourhood = django_filters.ModelChoiceFilter(label=_("Neighbourhood"), queryset=Neighbourhood.objects.all())
    communities = django_filters.ModelChoiceFilter(label=_("Community"), queryset=Community.objects.all())
    preferred_channel = django_filters.ChoiceFilter(label=_("Prefers"), choices=Channel.preferred())
    address = django_filters.ChoiceFilter(
        label=_("E-mail address"),
        method="with_address",
        choices=[
            (WITH_EMAIL, _("known")),
            (WITHOUT_EMAIL, _("none")),
            (UNCONFIRMED, _("never confirmed")),
            (BLOCKED, _("blocked")),
        ],
    )
    agreed = django_filters.ChoiceFilter(
        label=_("Agreed to announcements"),
        method="who_agreed",
        choices=[(AGREED, _("yes")), (NOT_AGREED, _("no"))],
    )

    class Meta:
        model = Resident
        fields: list[str] = []

    def with_address(self, found: ResidentQuerySet, name: str, asked: str) -> ResidentQuerySet:
        if asked == BLOCKED:
            return found.exclude(email="").filter(Exists(blocked_addresses()))
        if asked == UNCONFIRMED:
            return found.exclude(email="").filter(confirmed_at__isnull=True)
        return found.exclude(email="") if asked == WITH_EMAIL else found.filter(email="")

    def who_agreed(self, found: ResidentQuerySet, name: str, asked: str) -> ResidentQuerySet:
        return found.filter(Exists(consents()) if asked == AGREED else ~Exists(consents()))


class ResidentList(SafeSpreadsheet, generic.IndexView):
    """Everyone we know, in French order, in a number of queries that does not grow with them."""

    is_searchable = True
    filterset_class = ResidentFilterSet
    list_display = [
        "__str__",
        Cell("reached_by", label=_("Reached by")),
        Column("neighbourhood", label=_("Neighbourhood"), sort_key="neighbourhood__folded"),
        Column("preferred_channel", label=_("Prefers"), accessor="get_preferred_channel_display"),
        Cell("communities", label=_("Communities")),
    ]
    export_headings = {
        "name": _("name"),
        "second_name": _("second person"),
        "email": _("e-mail"),
        "phone": _("telephone"),
        "street": _("street and number"),
        "postcode": _("postcode"),
        "city": _("town"),
        "neighbourhood": _("neighbourhood"),
        "preferred_channel": _("prefers"),
        "language": _("language"),
        "communities": _("communities"),
        "agreed": _("agreed to announcements"),
        "since": _("known since"),
    }

    def get_base_queryset(self) -> ResidentQuerySet:
        named = Prefetch("communities", Community.objects.only("pk", "name", "slug"))
        return (
            Resident.objects.known()
            .select_related("neighbourhood")
            .prefetch_related(named)
            .annotate(is_blocked=Exists(blocked_addresses()), has_agreed=Exists(consents()))
        )

    def search_queryset(self, queryset: ResidentQuerySet) -> ResidentQuerySet:
        return queryset.matching(self.search_query) if self.is_searching else queryset

    def order_queryset(self, queryset: ResidentQuerySet) -> ResidentQuerySet:
        return super().order_queryset(queryset) if self.ordering else queryset.order_by("folded", "pk")

    def to_row_dict(self, item: Resident) -> dict[str, Any]:
        plain = {name: getattr(item, name) for name in ("name", "second_name", "email", "phone")}
        postal = {name: getattr(item, name) for name in ("street", "postcode", "city")}
        words = {
            "neighbourhood": str(item.neighbourhood or ""),
            "preferred_channel": item.get_preferred_channel_display(),
            "language": item.get_language_display(),
            "communities": ", ".join(community.name for community in item.communities.all()),
            "agreed": str(_("yes") if item.has_agreed else _("no")),  # type: ignore[attr-defined]  # annotated
            "since": timezone.localdate(item.created_at),
        }
        return plain | postal | words


class KnownOnly:
    """Nobody erased is shown or changed."""

    def get_queryset(self) -> ResidentQuerySet:
        return Resident.objects.known()


class AddResident(generic.CreateView):
    """Write someone down, with what they agreed to and its proof."""

    def save_instance(self) -> Resident:
        self.form.instance.created_at = timezone.now()
        resident: Resident = super().save_instance()
        self.form.settle()
        return resident


class EditResident(KnownOnly, generic.EditView):
    """Change what we know; consents are added to, never rewritten."""

    def save_instance(self) -> Resident:
        changed: Resident = self.form.instance
        before, address = changed.addresses_before, self.form.initial["email"]
        if "email" in self.form.changed_data:
            changed.confirmed_at = None  # nobody has proven the new address
            own_links.let_go_of(address, resident=changed)
        resident: Resident = super().save_instance()
        self.form.settle()
        if resident.addresses_before != before:
            words = _("What was sent to %(address)s no longer opens this person's choices nor their calendar.")
            messages.warning(self.request, words % {"address": address})
        return resident


class ShowResident(generic.InspectView):
    """One resident: how to reach them, what they belong to, every word of consent, the letters they got."""

    template_name = "communities/admin/resident.html"
    page_title = _("Resident")

    def get_object(self, queryset: object = None) -> Resident:
        known = Resident.objects.known().select_related("neighbourhood")
        return get_object_or_404(known.annotate(is_blocked=Exists(blocked_addresses())), pk=self.kwargs["pk"])

    @cached_property
    def words(self) -> list[dict[str, Any]]:
        """Every consent, the latest first, with the sentence that was agreed to."""
        events = list(self.object.consent_events.order_by("-pk"))
        names = scopes.names_of({event.scope for event in events})
        return [
            {
                "event": event,
                "sentence": scopes.sentence(wording=event.wording, scope=event.scope, name=names[event.scope]),
            }
            for event in events
        ]

    @property
    def looks(self) -> list[dict[str, Any]]:
        """Who opened this record last, for whoever may know it."""
        if not permissions.may_see_who_looked(self.request.user):
            return []
        return [{"look": look, "where": watched.called(look.what)} for look in noting.of(self.object)[:LOOKS_SHOWN]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "resident": self.object,
            "may_see": permissions.may_see_residents(self.request.user),
            "may_change": permissions.may_change_residents(self.request.user),
            "memberships": self.object.memberships.select_related("community").order_by("community__name"),
            "words": self.words,
            "muted": self.object.muted_topics.all(),
            "is_paused": self.object.is_paused(timezone.now()),
            "unasked": self.object.deliveries.unasked(since=timezone.now() - sparing.WINDOW).count(),
            "most_unasked": settings.MOST_UNASKED_LETTERS,
            "suppression": Suppression.objects.standing().of(self.object.email).first(),
            "letters": self.object.deliveries.select_related("mailing").order_by("-pk")[:20],
            "looks": self.looks,
            "duplicates": residents.duplicates(resident=self.object)[:10],
        }


@require_POST
@never_cache
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of all that we hold on one resident, in their language, for them (GDPR article 15)."""
    resident = get_object_or_404(Resident.objects.known().select_related("neighbourhood", "came_with"), pk=pk)
    with translation.override(resident.language):
        told = personal_data.held_on(resident=resident)
    log_actions.log(instance=resident, action=DATA_GIVEN, user=request.user)
    written = json.dumps(told, ensure_ascii=False, indent=2)
    named = {"Content-Disposition": f'attachment; filename="habitant-{pk}.json"'}
    return HttpResponse(written, content_type="application/json; charset=utf-8", headers=named)
