"""Who comes? The answers to a meeting, by name."""

from typing import Any

import django_filters
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from communities.spreadsheets import SafeSpreadsheet
from meetings import helping, permissions
from meetings.models import AnswerChannel, Choice, Invitation, InvitationOrigin

from . import reading, turnout
from .columns import Cell
from .of_a_meeting import OfAMeeting
from .reading import InvitationsOnTheDesk

NO_ANSWER = gettext_lazy("no answer")


class AnswerFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """By answer, by means, by how they came to be asked."""

    choice = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Answer"),
        method="answering",
        choices=[*Choice.choices, (reading.NOTHING, NO_ANSWER)],
        widget=CheckboxSelectMultiple,
    )
    means = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Answered by"), choices=AnswerChannel.choices, widget=CheckboxSelectMultiple, distinct=False
    )
    origin = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("How they came"),
        choices=InvitationOrigin.choices,
        widget=CheckboxSelectMultiple,
        distinct=False,
    )

    class Meta:
        model = Invitation
        fields: list[str] = []

    def answering(self, people: InvitationsOnTheDesk, name: str, asked: list[str]) -> InvitationsOnTheDesk:
        return people.saying(asked) if asked else people


def answer_words(invitation: Any) -> str:
    return str(Choice(invitation.choice).label if invitation.choice else NO_ANSWER)


def means_words(invitation: Any) -> str:
    return str(AnswerChannel(invitation.means).label) if invitation.means else ""


class Answers(OfAMeeting, SafeSpreadsheet, BaseListingView):  # type: ignore[misc]
    """Yes, no, maybe or nothing yet: the figures, then the names, the latest answers first."""

    page_title = gettext_lazy("Answers")
    template_name = "meetings/admin/answers.html"
    results_template_name = "meetings/admin/answers_results.html"
    filterset_class = AnswerFilterSet
    is_searchable = True
    paginate_by = 50
    addresses = ("phone", "email")
    export_headings = {
        "resident": gettext_lazy("resident"),
        "answer": gettext_lazy("answer"),
        "people": gettext_lazy("people who come"),
        "means": gettext_lazy("answered by"),
        "let_in": gettext_lazy("let in by"),
        "answered_at": gettext_lazy("answered on"),
        "origin": gettext_lazy("how they came"),
        "phone": gettext_lazy("telephone"),
        "email": gettext_lazy("e-mail"),
    }

    @cached_property
    def may_write(self) -> bool:
        return permissions.may_write_answers_down(self.request.user)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("resident", label=gettext_lazy("Resident"), get_url=self.typing_url),
            Cell("answer", label=gettext_lazy("Answer")),
            Column("means", label=gettext_lazy("Answered by"), accessor=means_words),
            Cell("answered", label=gettext_lazy("Answered on"), sort_key="answered_at"),
            Column("origin", label=gettext_lazy("How they came"), accessor="get_origin_display", sort_key="origin"),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.may_write:
            return []
        url = reverse("meetings_desk:write_down", args=[self.meeting.pk])
        slips = HeaderButton(_("Type in slips of paper"), url=reverse("meetings_desk:slips"), icon_name="edit")
        return [HeaderButton(_("Someone called or came"), url=url, icon_name="plus"), slips]

    def typing_url(self, invitation: Invitation) -> str | None:
        if invitation.resident.erased_at or not self.may_write:
            return None
        return reverse("meetings_desk:type_in", args=[self.meeting.pk, invitation.pk])

    def get_index_url(self) -> str:
        return reverse("meetings_desk:answers", args=[self.meeting.pk])

    def get_index_results_url(self) -> str:
        return reverse("meetings_desk:answers_results", args=[self.meeting.pk])

    def get_base_queryset(self) -> InvitationsOnTheDesk:
        return reading.invitations(self.meeting).with_answers().with_notes().latest_answers_first()

    def search_queryset(self, queryset: InvitationsOnTheDesk) -> InvitationsOnTheDesk:
        return queryset.of_people_called(self.search_query) if self.is_searching else queryset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "turnout": turnout.of(self.meeting, now=timezone.now()),
            "wanted": helping.wanted(meeting=self.meeting),
            "may_write": self.may_write,
        }

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row = {
            "resident": str(item.resident),
            "answer": answer_words(item),
            "people": item.guests + 1 if item.choice == Choice.YES else 0,
            "means": means_words(item),
            "let_in": item.let_in or "",
            "answered_at": item.answered_at,
            "origin": item.get_origin_display(),
            "phone": item.resident.phone,
            "email": item.resident.email,
        }
        return {field: row[field] for field in self.list_export}
