"""The same of what residents and the commune build together: every public page, one letter of every kind."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from communities.models import Delivery
from communities.post import mailings
from engagement import passing
from engagement.caring import asking, reconciling, troubles
from engagement.models import CheckState, Stage, StewardshipCheck
from tests import town_of_conventions, town_of_ideas, town_of_work_days
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import ProjectFactory
from tests.engagement.factories_of_what_was_done import StewardshipCheckFactory
from tests.factories import StaffFactory


def addresses() -> dict[str, str]:
    """The pages that anyone finds, and those that links in letters open."""
    return town_of_ideas.addresses() | town_of_conventions.addresses() | of_checks() | town_of_work_days.addresses()


def of_checks() -> dict[str, str]:
    """What the letters that ask how it stands open, before and after the answer, and once there is nothing to ask."""
    waiting, done, over = a_letter(), a_letter(), a_letter()
    StewardshipCheck.objects.filter(pk=done.mailing.key).update(
        state=CheckState.NEEDS_WORK, words="Une latte manque.", answered_at=done.mailing.created_at
    )
    StewardshipCheck.objects.filter(pk=over.mailing.key).update(state=CheckState.CANCELLED)
    return {
        "a check": reverse("engagement:check", args=[asking.token_of(waiting)]) + "?etat=needs_work",
        "a check to change": reverse("engagement:check", args=[asking.token_of(done)]),
        "a check done": reverse("engagement:check_answered", args=[asking.token_of(done)]),
        "a check called off": reverse("engagement:check", args=[asking.token_of(over)]),
    }


def a_letter() -> Delivery:
    """That asks how a project stands."""
    project = ProjectFactory(stage=Stage.STEWARDSHIP, place="Rue du Terril")
    check = StewardshipCheckFactory(project=project, resident=ResidentFactory())
    mailing = mailings.post_one(
        kind=asking.ASKED, key=str(check.pk), title="x", resident=check.resident, now=timezone.now()
    )
    letter: Delivery = mailing.deliveries.select_related("mailing").get()
    return letter


def post_one_of_each(*, now: dt.datetime) -> None:
    town_of_ideas.post_one_of_each(now=now)
    town_of_conventions.post_one_of_each(now=now)
    town_of_work_days.post_one_of_each(now=now)
    project = ProjectFactory(stage=Stage.SIGNED, holder=ResidentFactory())
    by = passing.Actor(user=StaffFactory(administration=True))
    passing.to(thing=project, stage=Stage.UNDER_WAY, by=by, now=now)
    ask_how_it_stands(now=now)


def ask_how_it_stands(*, now: dt.datetime) -> None:
    """The question, the same once more, and the notice of a trouble."""
    for days in (3, -8):
        project = ProjectFactory(stage=Stage.STEWARDSHIP, holder=ResidentFactory(), officer=StaffFactory())
        check = StewardshipCheckFactory(project=project, due_on=now.date() + dt.timedelta(days=days))
    StewardshipCheck.objects.filter(pk=check.pk).update(asked_at=now - dt.timedelta(days=18))
    reconciling.tick(now=now)
    troubled = StewardshipCheckFactory(
        project=project, state=CheckState.NEEDS_WORK, words="Une latte manque.", answered_at=now
    )
    troubles.tell(check=troubled, now=now)
