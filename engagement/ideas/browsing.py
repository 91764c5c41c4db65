"""Which ideas does a visitor want to see, and where are they on the plan?"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from communities.models import Neighbourhood
from engagement.models import Idea, IdeaStage, Passage, Scheme
from engagement.models.idea import IdeaQuerySet
from engagement.places import plan as plans

IDEAS_PER_PAGE = 12
SHOWN = [stage for stage in IdeaStage if stage != IdeaStage.DRAFT]


class IdeaFilter(forms.Form):
    """Stage and neighbourhood; nonsense in the address is read as nothing asked."""

    stage = forms.ChoiceField(
        label=_("Stage"),
        choices=[("", _("every stage")), *((stage.value, stage.label) for stage in SHOWN)],
        required=False,
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.all(),
        label=_("Neighbourhood"),
        to_field_name="slug",
        required=False,
        empty_label=_("all"),
    )

    def asked(self, name: str) -> Any:
        """The value of a filter, or None when absent or nonsense."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    def ideas(self) -> IdeaQuerySet:
        """Public ideas as asked, the last received first, with what a card shows."""
        found = Idea.objects.public()
        if stage := self.asked("stage"):
            found = found.filter(stage=stage)
        if neighbourhood := self.asked("neighbourhood"):
            found = found.filter(neighbourhood=neighbourhood)
        return for_cards(found)


def for_cards(ideas: IdeaQuerySet) -> IdeaQuerySet:
    """With `supported`, `joining` and `standing_since`, in one query."""
    reached = Passage.objects.filter(idea=OuterRef("pk"), to_stage=OuterRef("stage")).order_by("-passed_at")
    told = ideas.with_support().annotate(standing_since=Subquery(reached.values("passed_at")[:1]))
    return told.select_related("neighbourhood").order_by("-received_at", "-pk")


def counts() -> list[dict[str, Any]]:
    """How many public ideas stand at each stage that has some, in the order of their way."""
    rows = Idea.objects.public().order_by().values_list("stage").annotate(number=Count("pk"))
    known = dict(rows)
    return [{"stage": stage.value, "label": stage.label, "number": known[stage]} for stage in SHOWN if stage in known]


def plan_of(scheme: Scheme) -> plans.Plan | None:
    """The town's picture; None while it has none, or one that cannot be read."""
    if scheme.map_picture is None:
        return None
    try:
        return plans.of(image=scheme.map_picture, credit=scheme.map_credit)
    except OSError:
        return None


def point_of(idea: Idea) -> plans.Point | None:
    return None if idea.point_x is None or idea.point_y is None else plans.Point(idea.point_x, idea.point_y)


def marks_of(ideas: Iterable[Idea]) -> list[plans.Mark]:
    """Those of a list that have a place, by their number in it."""
    placed = [(number, idea, point_of(idea)) for number, idea in enumerate(ideas, start=1)]
    return [
        plans.Mark(point=point, number=number, name=idea.title, href=idea.get_absolute_url())
        for number, idea, point in placed
        if point is not None
    ]
