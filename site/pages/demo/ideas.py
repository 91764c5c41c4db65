"""Ideas at each of their stages, played by the rules that residents and the town hall follow, on the days they say."""

import datetime as dt
import random
from typing import Any

from django.contrib.auth.models import User

from communities.models import Neighbourhood, Resident
from engagement import passing
from engagement.examining import deciding, publishing
from engagement.ideas import submitting
from engagement.models import Idea, IdeaStage, IdeaSupport, ProjectPage, Theme

from . import fixtures

SEED = 5050
FEW_ENOUGH = 60


def tell(*, by: User, now: dt.datetime) -> None:
    """Themes, then every idea from its arrival to where it stands."""
    for row in fixtures.read("idees")["theme"]:
        Theme.objects.create(**row)
    crowd = list(Resident.objects.order_by("pk")[:FEW_ENOUGH])
    chance = random.Random(SEED)  # noqa: S311 - the same town on every laptop
    for row in fixtures.read("idees")["idee"]:
        idea = begun(row, speaks=crowd[row["by"]], now=now)
        if "received" in row:
            live(idea, row=row, crowd=chance.sample(crowd, len(crowd)), by=by, now=now)


def ago(days: int, now: dt.datetime) -> dt.datetime:
    return now - dt.timedelta(days=days)


def begun(row: dict[str, Any], *, speaks: Resident, now: dt.datetime) -> Idea:
    """The draft of one row."""
    named = ("kind", "organisation", "title", "what", "place", "who", "commits", "asks", "shown_as")
    x, y = row.get("point", (None, None))
    return Idea.objects.create(
        **{name: row[name] for name in named if name in row},
        resident=speaks,
        given_name=speaks.name,
        of_age=True,
        neighbourhood=Neighbourhood.objects.filter(slug=row.get("neighbourhood", "")).first(),
        theme=Theme.objects.filter(slug=row.get("theme", "")).first(),
        point_x=x,
        point_y=y,
        created_at=ago(row.get("received", row.get("draft", 0)), now),
    )


def live(idea: Idea, *, row: dict[str, Any], crowd: list[Resident], by: User, now: dt.datetime) -> None:
    """Received, made public, supported by neighbours, examined, answered."""
    submitting.receive(idea=idea, by=passing.Actor(resident=idea.resident), now=ago(row["received"], now))
    if "public" in row:
        publishing.publish(idea=idea, by=by, now=ago(row["public"], now))
    neighbours = [each for each in crowd if each != idea.resident][: row.get("supports", 0)]
    since = ago(row.get("public", 0), now)
    IdeaSupport.objects.bulk_create(
        IdeaSupport(idea=idea, resident=each, joins=place < row.get("joins", 0), created_at=since, confirmed_at=since)
        for place, each in enumerate(neighbours)
    )
    for step in row["steps"]:
        take(idea, step=step, by=by, now=ago(step["days"], now))
    if row["steps"]:
        Idea.objects.filter(pk=idea.pk).update(officer=by)


def take(idea: Idea, *, step: dict[str, Any], by: User, now: dt.datetime) -> None:
    """One passage, by whoever makes it."""
    staff, words = passing.Actor(user=by), step.get("words", "")
    match IdeaStage(step["stage"]):
        case IdeaStage.EXAMINATION:
            deciding.begin(idea=idea, by=staff, now=now)
        case IdeaStage.ASKED:
            deciding.ask(idea=idea, question=words, by=staff, now=now)
        case IdeaStage.REFUSED:
            deciding.refuse(idea=idea, reason=words, by=staff, now=now)
        case IdeaStage.MERGED:
            deciding.join(idea=idea, twin=Idea.objects.get(title=step["into"]), reason=words, by=staff, now=now)
        case IdeaStage.SUPPORTED:
            publish(deciding.support(idea=idea, words=words, by=staff, now=now).page)
        case IdeaStage.WITHDRAWN:
            passing.to(thing=idea, stage=IdeaStage.WITHDRAWN, by=passing.Actor(resident=idea.resident), now=now)


def publish(page: ProjectPage) -> None:
    """The page that a supported idea was given, for everyone."""
    page.save_revision().publish()
