"""Which addresses are blocked, why, and who may be written to again? The staff's pages."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic

from communities import blocking
from communities.models import Suppression
from communities.spreadsheets import SafeSpreadsheet

STANDING, LIFTED = "standing", "lifted"


class SuppressionFilterSet(WagtailFilterSet):
    """Those that stand, or those that were lifted."""

    which = django_filters.ChoiceFilter(
        label=gettext_lazy("Which"),
        method="that_stand",
        choices=[(STANDING, gettext_lazy("blocked now")), (LIFTED, gettext_lazy("lifted"))],
    )

    class Meta:
        model = Suppression
        fields: list[str] = []

    def that_stand(self, found: QuerySet[Suppression], name: str, asked: str) -> QuerySet[Suppression]:
        return found.filter(lifted_at__isnull=asked == STANDING)


class SuppressionList(SafeSpreadsheet, generic.IndexView):
    """Every blocked address and its reason, the latest first."""

    is_searchable = True
    search_fields = ["address", "reason"]
    filterset_class = SuppressionFilterSet
    list_display = [
        "address",
        Column("reason", label=gettext_lazy("Reason")),
        DateColumn("created_at", label=gettext_lazy("Since"), sort_key="created_at"),
        DateColumn("lifted_at", label=gettext_lazy("Lifted on"), sort_key="lifted_at"),
    ]
    list_export = ["address", "reason", "created_at", "lifted_at"]


class BlockForm(forms.ModelForm):
    """An address that asked never to be written to, say."""

    class Meta:
        model = Suppression
        fields = ["address", "reason"]


class BlockAddress(generic.CreateView):
    """Block an address by hand."""

    page_title = gettext_lazy("Block an address")
    submit_button_label = gettext_lazy("Block this address")

    def save_instance(self) -> Suppression:
        return blocking.block(**self.form.cleaned_data, now=timezone.now())


class LiftForm(forms.ModelForm):
    """Nothing to fill in: the button says it."""

    class Meta:
        model = Suppression
        fields: list[str] = []


class LiftBlock(generic.EditView):
    """Someone made sure that the address works again."""

    template_name = "communities/admin/lift_block.html"
    submit_button_label = gettext_lazy("Write to this address again")

    def form_valid(self, form: Any) -> HttpResponse:
        blocking.lift(suppression=self.object, now=timezone.now())
        messages.success(self.request, _("%(address)s may be written to again.") % {"address": self.object})
        return redirect(self.index_url_name)
