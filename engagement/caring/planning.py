"""When does somebody look at what was built, and what is done meanwhile? Planned on delivery, dated."""

import datetime as dt
from collections.abc import Iterable
from itertools import islice

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import log

from communities.models import Resident
from engagement import passing, permissions
from engagement.conventions import amending, terms
from engagement.models import CheckKind, CheckState, Convention, Duty, Project, Side, Stage, StewardshipCheck
from engagement.refusals import Refusal, refuse_unless

from . import dates

MOST_CHECKS = 60
CAN_BE_PLANNED = [Stage.UNDER_WAY, Stage.DELIVERED, Stage.STEWARDSHIP]


class NotBuiltYet(Refusal):
    """There is nothing to look at, or it is no longer in the residents' hands."""

    MESSAGE = gettext_lazy("Checks are planned once work has begun, and as long as residents look after it.")


class InThePast(Refusal):
    """Nobody can be asked to look yesterday."""

    MESSAGE = gettext_lazy("This day is past: please choose a later one.")


class NoDay(Refusal):
    """The last day comes before the first."""

    MESSAGE = gettext_lazy("The last day comes before the first one.")


class TooMany(Refusal):
    """More checks at once than anybody would follow."""

    @property
    def sentence(self) -> str:
        words = ngettext("At most %(most)d check at once.", "At most %(most)d checks at once.", MOST_CHECKS)
        return words % {"most": MOST_CHECKS}


class NoLongerToCome(Refusal):
    """It was done or called off meanwhile."""

    MESSAGE = gettext_lazy("This check was done or called off meanwhile.")


@transaction.atomic
def plan(
    *,
    project: Project,
    first_on: dt.date,
    every_months: int,
    until: dt.date,
    what: str,
    resident: Resident | None = None,
    by: User,
    now: dt.datetime,
) -> list[StewardshipCheck]:
    """Dated checks from `first_on` to `until`, every so many months (0: once), and the next yearly review.

    A day on which the same is looked at already is not planned twice. Raises MayNot, NotBuiltYet, InThePast,
    NoDay or TooMany; then nothing is planned.
    """
    refuse_unless(permissions.may_follow_stewardship(by))
    locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if locked.stage not in CAN_BE_PLANNED:
        raise NotBuiltYet
    days = days_from(first_on, every_months=every_months, until=until, today=timezone.localdate(now))
    standing = locked.checks.exclude(state=CheckState.CANCELLED).filter(what=what)
    taken = set(standing.values_list("due_on", flat=True))
    checks = [StewardshipCheck(project=locked, what=what, due_on=day, resident=resident) for day in days]
    made = StewardshipCheck.objects.bulk_create([check for check in checks if check.due_on not in taken])
    log(locked, "engagement.checks_planned", user=by, data={"number": len(made)})
    plan_review(project=locked, now=now)
    return made


def days_from(first_on: dt.date, *, every_months: int, until: dt.date, today: dt.date) -> list[dt.date]:
    if first_on < today:
        raise InThePast
    days = list(islice(dates.every(every_months, first_on=first_on, until=until), MOST_CHECKS + 1))
    if not days:
        raise NoDay
    if len(days) > MOST_CHECKS:
        raise TooMany
    return days


def plan_review(*, project: Project, now: dt.datetime) -> StewardshipCheck | None:
    """The next review of the convention in force, dated from its first day; None where there is nothing to review.

    The one that is to come already stays. In the caller's transaction.
    """
    standing = project.checks.filter(kind=CheckKind.REVIEW).to_come().first()
    convention = convention_of(project)
    if standing or convention is None:
        return standing
    before = project.checks.filter(kind=CheckKind.REVIEW).exclude(state=CheckState.CANCELLED).order_by("due_on").last()
    after = max([timezone.localdate(now), *([before.due_on] if before else [])])
    day = review_day(convention, after=after)
    if day is None:
        return None
    with translation.override(settings.LANGUAGE_CODE):  # residents read it, whoever plans it
        words = _("Yearly review of convention %(number)s") % {"number": convention.number}
    return project.checks.create(kind=CheckKind.REVIEW, what=words, due_on=day)


def convention_of(project: Project) -> Convention | None:
    """The convention that both sides signed and that binds them."""
    signed = project.conventions.first_ones().filter(signed_at__isnull=False, ended_at__isnull=True)
    return signed.order_by("-signed_at").first()


def review_day(convention: Convention, *, after: dt.date) -> dt.date | None:
    """The first after that day of those on which both sides look at it together, as they are told, amendments counted;
    the last one is the day on which it ends.
    """
    stands = amending.standing(convention)
    if not stands.review_months or not stands.ends_on:
        return None
    days = terms.reviews(starts_on=stands.starts_on, every=stands.review_months, last_day=stands.ends_on)
    return next((day for day in [*days, stands.ends_on] if day > after), None)


@transaction.atomic
def begin(*, project: Project, by: passing.Actor, words: str = "", now: dt.datetime) -> None:
    """Residents look after it from now on. Raises what passing.to raises."""
    passing.to(thing=project, stage=Stage.STEWARDSHIP, by=by, words=words, now=now)
    plan_review(project=project, now=now)


@transaction.atomic
def move(*, check: StewardshipCheck, due_on: dt.date, by: User, now: dt.datetime) -> None:
    """To another day, of which whoever looks is told anew. Raises MayNot, InThePast or NoLongerToCome."""
    refuse_unless(permissions.may_follow_stewardship(by))
    if due_on < timezone.localdate(now):
        raise InThePast
    waiting = StewardshipCheck.objects.to_come().filter(pk=check.pk)
    if not waiting.update(due_on=due_on, asked_at=None, reminded_at=None):
        raise NoLongerToCome
    log(check, "engagement.check_moved", user=by, data={"to": due_on.isoformat()})


@transaction.atomic
def entrust(*, check: StewardshipCheck, resident: Resident | None, by: User) -> None:
    """To somebody else, who is told in their turn; to whoever carries the project, without a resident.

    Raises MayNot or NoLongerToCome.
    """
    refuse_unless(permissions.may_follow_stewardship(by))
    waiting = StewardshipCheck.objects.to_come().filter(pk=check.pk)
    if not waiting.update(resident=resident, asked_at=None, reminded_at=None):
        raise NoLongerToCome
    log(check, "engagement.check_entrusted", user=by)


@transaction.atomic
def call_off(*, checks: Iterable[StewardshipCheck], why: str, by: User) -> int:
    """Nobody looks on these days after all; how many that was. Those done meanwhile stay done."""
    refuse_unless(permissions.may_follow_stewardship(by))
    waiting = StewardshipCheck.objects.to_come().filter(pk__in=[check.pk for check in checks]).select_for_update()
    called_off = list(waiting)
    cancelled = {"state": CheckState.CANCELLED, "words": why.strip(), "noted_by": by}
    StewardshipCheck.objects.filter(pk__in=[check.pk for check in called_off]).update(**cancelled)
    for check in called_off:
        log(check, "engagement.check_called_off", user=by)
    return len(called_off)


@transaction.atomic
def note_duty(*, project: Project, side: Side, what: str, when: str, who: str = "", by: User) -> Duty:
    """Who waters what, when; never a name. Raises MayNot."""
    refuse_unless(permissions.may_follow_stewardship(by))
    duty = Duty.objects.create(project=project, side=side, what=what, when=when, who=who)
    log(project, "engagement.duty_noted", user=by, data={"what": what})
    return duty


@transaction.atomic
def drop_duty(*, duty: Duty, by: User) -> None:
    """Nobody does it any more. Raises MayNot."""
    refuse_unless(permissions.may_follow_stewardship(by))
    duty.delete()
    log(duty.project, "engagement.duty_dropped", user=by, data={"what": duty.what})
