"""Which projects does a visitor want to see?"""

from collections import Counter
from typing import Any

from django import forms
from django.db import models
from django.db.models import Case, IntegerField, When
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.translation import gettext_lazy as _

from communities.folding import fold
from engagement.models.project_page import ProjectPageQuerySet
from engagement.models.stages import Stage

YEAR = Coalesce(
    ExtractYear("project__started_on"),
    ExtractYear("project__delivered_on"),
    Case(When(project__is_from_before=False, then=ExtractYear("project__created_at")), output_field=IntegerField()),
)
"""Of a page: the year in which its project began, as far as anyone knows."""


class StageGroup(models.TextChoices):
    """Where a project stands, in residents' words."""

    PREPARED = "prepared", _("being prepared")
    BUILT = "built", _("being built")
    THERE = "there", _("there to see")
    OVER = "over", _("ended")

    @property
    def stages(self) -> list[Stage]:
        return {
            StageGroup.PREPARED: [Stage.SUPPORTED, Stage.DRAFTING],
            StageGroup.BUILT: [Stage.SIGNED, Stage.UNDER_WAY],
            StageGroup.THERE: Stage.built(),
            StageGroup.OVER: Stage.over(),
        }[self]


class ProjectFilter(forms.Form):
    """Stage, theme, neighbourhood and year; nonsense in the address is read as nothing asked.

    The choices are those that some project answers, in one query; `stages` says how many projects stand at each.
    """

    stage = forms.ChoiceField(label=_("Stage"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    neighbourhood = forms.ChoiceField(label=_("Neighbourhood"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, projects: ProjectPageQuerySet) -> None:
        super().__init__(data)
        self.projects = projects
        of_project = ("theme__slug", "theme__name", "neighbourhood__slug", "neighbourhood__name", "stage")
        kinds = (
            projects.order_by().annotate(year=YEAR).values_list(*(f"project__{name}" for name in of_project), "year")
        )
        rows = list(kinds.annotate(number=models.Count("pk")))
        self.stages = Counter[str]()
        for *_facts, stage, _year, number in rows:
            self.stages[stage] += number
        self.offer("stage", StageGroup.choices)
        self.offer("theme", by_name({row[0:2] for row in rows}))
        self.offer("neighbourhood", by_name({row[2:4] for row in rows}))
        self.offer("year", [(year, year) for year in sorted({row[5] for row in rows if row[5]}, reverse=True)])

    def offer(self, name: str, choices: list[Any]) -> None:
        """These, and all of them; a question with no answer is not asked."""
        if choices:
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]  # a field with choices
        else:
            del self.fields[name]

    def asked(self, name: str) -> Any:
        """The value of a filter, or None when absent or nonsense."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def is_narrowed(self) -> bool:
        return any(self.asked(name) for name in self.fields)

    def found(self) -> ProjectPageQuerySet:
        """The projects as asked."""
        pages = self.projects
        if stage := self.asked("stage"):
            pages = pages.filter(project__stage__in=StageGroup(stage).stages)
        if theme := self.asked("theme"):
            pages = pages.filter(project__theme__slug=theme)
        if neighbourhood := self.asked("neighbourhood"):
            pages = pages.filter(project__neighbourhood__slug=neighbourhood)
        if year := self.asked("year"):
            pages = pages.annotate(year=YEAR).filter(year=year)
        return pages


def by_name(things: set[tuple[str | None, str | None]]) -> list[tuple[str, str]]:
    """Address and name of each, in the order of their names as French sorts them."""
    return sorted(((slug, name or "") for slug, name in things if slug), key=lambda thing: fold(thing[1]))
