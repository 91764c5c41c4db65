"""What public pages ask of the records behind them: {% load telling %}."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template

from engagement.models import ProjectPage
from engagement.places import plan as plans
from engagement.places import spreading
from engagement.story import on_the_plan, totals, whole

register = template.Library()


@register.simple_tag(takes_context=True)
def whole_story(context: dict[str, Any], page: ProjectPage, now: dt.datetime) -> dict[str, Any]:
    """{% whole_story page now as told %}: what is put together in story/whole.py."""
    return whole.of(page, now=now, is_preview=getattr(context["request"], "is_preview", False))


@register.simple_tag
def totals_of_the_town(stages: Mapping[str, int]) -> totals.Totals:
    """{% totals_of_the_town filters.stages as totals %}: what all the projects brought."""
    return totals.of_the_town(stages)


@register.simple_tag
def town_plan(projects: Iterable[ProjectPage]) -> on_the_plan.Placed | None:
    """{% town_plan projects as placed %}: the plan of the town, and those of a list that have their place on it."""
    return on_the_plan.of(projects)


@register.filter
def apart(marks: Sequence[plans.Mark], plan: plans.Plan) -> list[plans.Mark]:
    """{% for mark in marks|apart:plan %}: none on top of another."""
    return spreading.apart(marks, plan=plan)
