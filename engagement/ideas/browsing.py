"""Which ideas does a visitor want to see?"""

from typing import Any

from django import forms
from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from communities.models import Neighbourhood
from engagement.models import Idea, IdeaStage, Passage
from engagement.models.idea import IdeaQuerySet

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
