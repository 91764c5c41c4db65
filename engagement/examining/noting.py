"""What does the town hall think of an idea, and who there follows it? Never published."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.log_actions import log

from engagement import permissions
from engagement.models import Idea, IdeaNote
from engagement.refusals import refuse_unless

EXAMINED, NOTED, GIVEN = (f"engagement.{action}" for action in ("examined", "noted", "given"))
OPINIONS = (
    "officer",
    "liaison",
    "theme",
    "neighbourhood",
    "technical_opinion",
    "general_interest",
    "feasible",
    "lasting",
    "affordable",
)


@transaction.atomic
def opine(*, idea: Idea, by: User, **opinion: Any) -> None:
    """Write down who follows it and what the examination says; `opinion`: any of OPINIONS."""
    refuse_unless(permissions.may_examine_ideas(by))
    said = {name: value for name, value in opinion.items() if name in OPINIONS}
    Idea.objects.filter(pk=idea.pk).update(**said)
    for name, value in said.items():
        setattr(idea, name, value)
    log(idea, EXAMINED, user=by)


@transaction.atomic
def note(*, idea: Idea, words: str, by: User, now: dt.datetime) -> IdeaNote:
    """What colleagues should know of it."""
    refuse_unless(permissions.may_examine_ideas(by))
    written = IdeaNote.objects.create(idea=idea, by=by, words=words.strip(), written_at=now)
    log(idea, NOTED, user=by)
    return written


@transaction.atomic
def give(*, ideas: Iterable[Idea], officer: User, by: User) -> int:
    """From now on `officer` follows these; how many that changed."""
    refuse_unless(permissions.may_examine_ideas(by))
    others = [idea for idea in ideas if idea.officer_id != officer.pk]
    Idea.objects.filter(pk__in=[idea.pk for idea in others]).update(officer=officer)
    for idea in others:
        log(idea, GIVEN, user=by, data={"officer": officer.get_full_name() or officer.get_username()})
    return len(others)
