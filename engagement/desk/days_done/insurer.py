"""What does the insurer ask? How many people, where, when, doing what; names only on demand, with a reason kept."""

from typing import Any

import django_filters
from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from communities.cells import DayColumn, NumberColumn
from communities.spreadsheets import SafeSpreadsheet
from communities.staff import StaffRequest
from engagement import permissions
from engagement.models import Attendance, Need, Shift, Signup, Volunteer, WorkDay
from engagement.volunteering.insuring import naming

from .forms import NamesForm

COMING = Signup.objects.coming().filter(volunteer__confirmed_at__isnull=False, volunteer__withdrawn_at=None)
OF_SHIFT = COMING.filter(shift=OuterRef("pk")).order_by().values("shift")
SEEN = Attendance.objects.filter(shift=OuterRef("pk")).order_by().values("shift")


def total(rows: QuerySet[Any], what: Any) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(total=Sum(what)).values("total"), output_field=IntegerField()), 0)


class PeriodFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Between two days."""

    day = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Day"), field_name="work_day__meeting__starts_at", widget=DateRangePickerWidget
    )

    class Meta:
        model = Shift
        fields: list[str] = []


class NamesColumn(TitleColumn):  # type: ignore[misc]
    """The day; for whoever may know names, the way to them."""

    def get_link_url(self, instance: Shift, parent_context: Any) -> str | None:
        may = permissions.may_name_who_came(parent_context["request"].user)
        return reverse("insurer:names", args=[instance.work_day_id]) if may else None


class InsurerList(SafeSpreadsheet, BaseListingView):  # type: ignore[misc]
    """A line for each workshop of each day: before it, who is expected; after it, who was there. Numbers only."""

    page_title = gettext_lazy("Insurer’s list")
    header_icon = "list-ul"
    index_url_name = "insurer:index"
    index_results_url_name = "insurer:results"
    filterset_class = PeriodFilterSet
    paginate_by = 50
    verbose_name_plural = gettext_lazy("workshops")
    columns = [
        DayColumn("day", label=gettext_lazy("Day"), accessor="work_day.day", width="15%"),
        NamesColumn("work_day", label=gettext_lazy("Work day"), width="25%"),
        Column("role", label=gettext_lazy("Workshop"), width="20%"),
        NumberColumn("expected", label=gettext_lazy("Expected")),
        NumberColumn("minors_expected", label=gettext_lazy("of whom minors")),
        NumberColumn("seen", label=gettext_lazy("Were there")),
    ]
    export_headings = {
        "day": gettext_lazy("day"),
        "begins": gettext_lazy("from"),
        "ends": gettext_lazy("to"),
        "place": gettext_lazy("place"),
        "work_day": gettext_lazy("work day"),
        "workshop": gettext_lazy("workshop"),
        "expected": gettext_lazy("people expected"),
        "adults_expected": gettext_lazy("adults expected"),
        "minors_expected": gettext_lazy("minors expected"),
        "seen": gettext_lazy("people who were there"),
        "skills": gettext_lazy("what one must know"),
        "tools": gettext_lazy("tools and materials"),
    }

    def get_base_queryset(self) -> QuerySet[Shift]:
        live = Shift.objects.filter(work_day__meeting__live=True).select_related("work_day__meeting__venue")
        return live.annotate(
            expected=total(OF_SHIFT, F("volunteer__guests") + 1),
            minors_expected=total(OF_SHIFT, "volunteer__minors"),
            seen=total(SEEN, "people"),
        ).order_by("-work_day__meeting__starts_at", "work_day", "begins")

    @cached_property
    def tools(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for day, item in Need.objects.order_by("pk").values_list("work_day", "item"):
            found.setdefault(day, []).append(item)
        return found

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        meeting = item.work_day.meeting
        same = {name: getattr(item, name) for name in ("expected", "minors_expected", "seen", "skills")}
        return same | {
            "day": item.work_day.day,
            "begins": f"{item.begins:%H:%M}",
            "ends": f"{item.ends:%H:%M}",
            "place": str(meeting.venue or ""),
            "work_day": meeting.title,
            "workshop": item.role,
            "adults_expected": item.expected - item.minors_expected,
            "tools": ", ".join(self.tools.get(item.work_day_id, [])),
        }


class Names(WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]
    """A reason first; then the names, once."""

    template_name = "engagement/admin/day_names.html"
    page_title = gettext_lazy("Names of a work day")
    header_icon = "warning"
    form_class = NamesForm
    request: StaffRequest

    @cached_property
    def work_day(self) -> WorkDay:
        return get_object_or_404(WorkDay.objects.select_related("meeting"), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("insurer:index"), "label": gettext_lazy("Insurer’s list")}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = Volunteer.objects.coming().filter(work_day=self.work_day).count()
        return super().get_context_data(**kwargs) | {"work_day": self.work_day, "people": people}

    def form_valid(self, form: NamesForm) -> HttpResponse:
        content = naming.names(
            work_day=self.work_day, reason=form.cleaned_data["reason"], by=self.request.user, now=timezone.now()
        )
        answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="noms-{self.work_day.pk}.csv"'
        answer["Cache-Control"] = "private, no-store"
        return answer
