"""What a project's page asks of the records behind it: {% load telling %}."""

import datetime as dt
from typing import Any

from django import template

from engagement.models import Project
from engagement.story import totals, whole

register = template.Library()


@register.simple_tag
def whole_story(project: Project | None, now: dt.datetime) -> dict[str, Any]:
    """{% whole_story page.project now as told %}: what is put together in story/whole.py."""
    return whole.of(project, now=now)


@register.simple_tag
def totals_of_the_town() -> totals.Totals:
    """{% totals_of_the_town as totals %}: what all the projects brought."""
    return totals.of_the_town()
