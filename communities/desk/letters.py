"""What do staff write to residents? Their letters, drafts and sent; a draft can be changed and thrown away."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm, formfield_for_dbfield
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from communities import correspondence
from communities.cells import Cell
from communities.models import Community, Neighbourhood, WrittenLetter
from communities.models.letter import WrittenLetterQuerySet
from communities.scopes import TOWN, readers_of, scope_of

DRAFTS, SENT = "drafts", "sent"
NOT_KEPT = _("The letter is not kept yet: complete what is marked below.")


def whom_it_may_be_for() -> list[tuple[str, Any]]:
    """The whole town; then its neighbourhoods and its communities, under their headings."""
    neighbourhoods = [(scope_of(place), place.name) for place in Neighbourhood.objects.all()]
    communities = [(scope_of(community), community.name) for community in Community.objects.all()]
    groups = [(_("Those who live in"), neighbourhoods), (_("The members of"), communities)]
    return [(TOWN, _("the whole town")), *[(str(heading), things) for heading, things in groups if things]]


class LetterForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """A letter, and whom it is for."""

    scopes = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=whom_it_may_be_for,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "People agreed to be told of the town's meetings: write to them about these, and about what comes of them."
        ),
    )

    class Meta:
        model = WrittenLetter
        fields: list[str] = []
        formfield_callback = formfield_for_dbfield


class LetterFilterSet(WagtailFilterSet):  # type: ignore[misc]
    """Drafts, or letters that were sent."""

    which = django_filters.ChoiceFilter(
        label=_("Which"), method="at_stage", choices=[(DRAFTS, _("drafts")), (SENT, _("sent"))]
    )

    class Meta:
        model = WrittenLetter
        fields: list[str] = []

    def at_stage(self, found: WrittenLetterQuerySet, name: str, asked: str) -> WrittenLetterQuerySet:
        return found.filter(mailing__isnull=asked == DRAFTS)


class LetterList(generic.IndexView):  # type: ignore[misc]
    """The latest first, with whom each is for, in a number of queries that does not grow with them."""

    is_searchable = True
    search_fields = ["subject"]
    filterset_class = LetterFilterSet
    add_item_label = _("Write a letter")
    list_display = [
        "subject",
        Cell("for_whom", label=_("For whom"), width="35%"),
        Cell("letter_stage", label=_("State"), width="20%"),
        Column("author", label=_("Written by"), accessor=lambda letter: written_by(letter), width="15%"),
    ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The letter, and the month's agenda, for whoever may write."""
        agenda = HeaderButton(_("Write the month's agenda"), url=f"{self.add_url}?agenda=1", icon_name="calendar-alt")
        return [*super().header_buttons, *([agenda] if self.add_url else [])]

    def get_base_queryset(self) -> WrittenLetterQuerySet:
        return WrittenLetter.objects.select_related("author", "mailing").order_by("-pk")

    def get_table(self, object_list: Iterable[Any]) -> Any:
        names = readers_of({scope for letter in object_list for scope in letter.scopes})
        for letter in object_list:
            letter.for_whom = [names[scope] for scope in letter.scopes]
        return super().get_table(object_list)


def written_by(letter: WrittenLetter) -> str:
    return (letter.author.get_full_name() or letter.author.get_username()) if letter.author else ""


class WriteLetter(generic.CreateView):  # type: ignore[misc]
    """A blank sheet, or the month's agenda begun; saving it sends nothing."""

    submit_button_label = _("Keep this draft")
    success_message = _("The letter is kept as a draft. Nothing is sent before you press Send.")
    error_message = NOT_KEPT

    def get_initial_form_instance(self) -> WrittenLetter:
        facts = {"by": self.request.user, "now": timezone.now()}
        if "agenda" in self.request.GET:
            return correspondence.begin_agenda(**facts)
        return WrittenLetter(author=facts["by"], written_at=facts["now"])

    def get_success_url(self) -> str:
        return reverse("letters:readers", args=[self.object.pk])


class EditLetter(generic.EditView):  # type: ignore[misc]
    """A draft, changed as often as one likes."""

    submit_button_label = _("Keep this draft")
    success_message = _("The letter is kept as a draft. Nothing is sent before you press Send.")
    error_message = NOT_KEPT

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        letter = get_object_or_404(WrittenLetter, pk=kwargs["pk"])
        return lead_to_what_was_sent(letter) or super().dispatch(request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Under the letter's lock: whoever sends it meanwhile sends what was there."""
        locked = WrittenLetter.objects.select_for_update(of=("self",)).get(pk=self.object.pk)
        return lead_to_what_was_sent(locked) or super().form_valid(form)

    def get_success_url(self) -> str:
        return reverse("letters:readers", args=[self.object.pk])


class ThrowAway(generic.DeleteView):  # type: ignore[misc]
    """Only drafts: what residents read is kept."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        letter = get_object_or_404(WrittenLetter, pk=kwargs["pk"])
        return lead_to_what_was_sent(letter) or super().dispatch(request, *args, **kwargs)


def lead_to_what_was_sent(letter: WrittenLetter) -> HttpResponse | None:
    return redirect("letters:read", letter.pk) if letter.is_sent else None
