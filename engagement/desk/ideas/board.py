"""Where do all the ideas stand, at a glance? Columns by stage; what should have been answered stands out."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from communities.staff import StaffRequest
from engagement import permissions
from engagement.desk import reading
from engagement.models import Idea, IdeaStage

MOST_IN_A_COLUMN = 20
COLUMNS = [IdeaStage.RECEIVED, IdeaStage.EXAMINATION, IdeaStage.ASKED, IdeaStage.SUPPORTED, IdeaStage.REFUSED]


@dataclass(frozen=True)
class Card:
    """An idea as it stands today."""

    idea: Idea
    days: int
    is_overdue: bool
    late: int


@dataclass(frozen=True)
class Pile:
    """One stage: its first cards, how many there are in all, and where the rest stands."""

    stage: IdeaStage
    cards: list[Card]
    number: int

    @property
    def rest(self) -> int:
        return self.number - len(self.cards)

    @property
    def address(self) -> str:
        return f"{reverse('ideas_desk:index')}?stage={self.stage}"


class IdeaBoard(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """Those that wait longest for their answer stand first; those answered, by the day of the answer."""

    request: StaffRequest
    template_name = "engagement/admin/board.html"
    page_title = _("Ideas")
    header_icon = "comment"

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = [HeaderButton(_("List"), url=reverse("ideas_desk:index"), icon_name="list-ul")]
        if permissions.may_examine_ideas(self.request.user):
            buttons.append(HeaderButton(_("Type in an idea"), url=reverse("ideas_desk:add"), icon_name="plus"))
        return buttons

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = Idea.objects.submitted().order_by().values_list("stage").annotate(number=Count("pk"))
        numbers = dict(counted)
        piles = [Pile(stage, self.cards(stage), numbers.get(stage, 0)) for stage in COLUMNS]
        overdue = Idea.objects.overdue(timezone.localdate()).count()
        return super().get_context_data(**kwargs) | {
            "piles": piles,
            "overdue": overdue,
            "number": sum(numbers.values()),
        }

    def cards(self, stage: IdeaStage) -> list[Card]:
        order = ("answer_due_on", "pk") if stage in IdeaStage.open() else ("-decided_at", "-pk")
        now = timezone.now()
        shown = reading.ideas().filter(stage=stage).order_by(*order)[:MOST_IN_A_COLUMN]
        return [card_of(idea, now=now) for idea in shown]


def card_of(idea: Idea, *, now: dt.datetime) -> Card:
    today = timezone.localdate(now)
    late = (today - idea.answer_due_on).days if idea.answer_due_on else 0
    return Card(idea, days=idea.days_since_received(now), is_overdue=idea.is_overdue(today), late=late)
