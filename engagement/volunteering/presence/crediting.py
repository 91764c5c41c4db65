"""How do the hours and things of a confirmed day reach the accounts of its project? By one press of staff, once."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import typography
from engagement import permissions
from engagement.ledger import recording
from engagement.models import Commitment, ContributionKind, Credit, LedgerEntry, NeedKind, Project, Side, WorkDay
from engagement.models.work_day import WorkDayQuerySet
from engagement.refusals import Refusal, refuse_unless

from . import closing, figures, ticking

LONGEST = 255
HOURS, THING = "hours", "thing"
PIECES = gettext_lazy("pieces")
KINDS = {
    NeedKind.TOOLS: ContributionKind.EQUIPMENT,
    NeedKind.MATERIALS: ContributionKind.MATERIALS,
    NeedKind.FOOD: ContributionKind.MATERIALS,
}


class NotConfirmed(Refusal):
    """Only a list that somebody answers for counts."""

    MESSAGE = gettext_lazy("Nobody has confirmed the list of this day yet.")


class NotItsProject(Refusal):
    """Hours go to a project whose community met."""

    MESSAGE = gettext_lazy("This project’s community did not meet on that day.")


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One entry that the day would make. Hours are worth their rate; a thing, what staff say, in euros."""

    line: str
    what: str
    kind: str
    quantity: Decimal
    unit: str = ""
    value: Decimal | None = None

    @property
    def is_hours(self) -> bool:
        return self.line.startswith(HOURS)

    def priced(self, value: Decimal | None, kind: str) -> "Proposal":
        return self if self.is_hours else replace(self, value=value or Decimal(0), kind=kind or self.kind)


def proposals(work_day: WorkDay) -> list[Proposal]:
    """All of the day, in the town's language: an entry names what was done, and nobody."""
    with translation.override(settings.LANGUAGE_CODE):
        day = (
            typography.day(work_day.day, language=settings.LANGUAGE_CODE, pattern="{d} MMMM y") if work_day.day else ""
        )
        hours = [hours_of(role, total, day=day, work_day=work_day) for role, total in figures.by_role(work_day)]
        return hours + [thing_of(thing, day=day) for thing in figures.things(work_day)]


def hours_of(role: str, total: Decimal, *, day: str, work_day: WorkDay) -> Proposal:
    done = role or str(work_day.meeting.title)
    what = _("Work day of %(day)s: %(done)s") % {"day": day, "done": done[:1].lower() + done[1:] if role else done}
    return Proposal(
        line=f"{HOURS}:{role}", what=what[:LONGEST], kind=ContributionKind.HANDS, quantity=total, unit=recording.HOUR
    )


def thing_of(thing: figures.Brought, *, day: str) -> Proposal:
    what = _("Work day of %(day)s: %(done)s") % {"day": day, "done": thing.item}
    return Proposal(
        line=f"{THING}:{thing.line}",
        what=what[:LONGEST],
        kind=KINDS[NeedKind(thing.kind)],
        quantity=Decimal(thing.quantity),
        unit=thing.unit or str(PIECES),
        value=Decimal(0),
    )


@transaction.atomic
def credit(
    *,
    work_day: WorkDay,
    project: Project,
    wanted: Iterable[Proposal],
    commitment: Commitment | None = None,
    by: User,
    now: dt.datetime,
) -> list[LedgerEntry]:
    """Write these lines into the accounts, each once: what is there already is left. The hours keep the `commitment`.

    Raises MayNot, NotConfirmed, NotItsProject, or as ledger.recording.record; then nothing is written.
    """
    refuse_unless(permissions.may_keep_the_ledger(by))
    locked = ticking.lock(work_day)
    if not locked.is_closed or locked.day is None:
        raise NotConfirmed
    if project not in closing.projects_of(locked):
        raise NotItsProject
    let_go_of_undone(locked, now=now)
    there = set(Credit.objects.standing().filter(work_day=locked).values_list("line", flat=True))
    as_it_is = {each.line: each for each in proposals(locked)}
    new = [each for each in wanted if each.line in as_it_is and each.line not in there]
    return [
        write(replace(each, quantity=as_it_is[each.line].quantity), locked, project, commitment, by=by, now=now)
        for each in new
    ]


def write(
    proposal: Proposal,
    work_day: WorkDay,
    project: Project,
    commitment: Commitment | None,
    *,
    by: User,
    now: dt.datetime,
) -> LedgerEntry:
    entry = recording.record(
        project=project,
        side=Side.RESIDENTS,
        kind=proposal.kind,
        what=proposal.what,
        quantity=proposal.quantity,
        unit=proposal.unit,
        value=proposal.value,
        commitment=commitment if proposal.is_hours else None,
        done_on=work_day.day or dt.date.min,
        evidence_words=_("List of the work day, confirmed by whoever ran it")[:LONGEST],
        validated_by=by,
        again=True,
        now=now,
    )
    Credit.objects.create(work_day=work_day, line=proposal.line, entry=entry, made_at=now)
    return entry


def let_go_of_undone(work_day: WorkDay, *, now: dt.datetime) -> None:
    """Entries that somebody undid in the accounts make room for others."""
    undone = Credit.objects.filter(work_day=work_day, taken_back_at=None, entry__reversed_by__isnull=False)
    undone.update(taken_back_at=now)


@transaction.atomic
def take_back(*, work_day: WorkDay, reason: str, by: User, now: dt.datetime) -> int:
    """Undo what the day brought, each entry by its opposite; how many. Raises MayNot or NeedsAReason."""
    refuse_unless(permissions.may_keep_the_ledger(by))
    locked = ticking.lock(work_day)
    standing = list(Credit.objects.standing().filter(work_day=locked).select_related("entry__project"))
    for each in standing:
        recording.undo(entry=each.entry, reason=reason, by=by, now=now)
    let_go_of_undone(locked, now=now)
    return len(standing)


def standing_of(work_day: WorkDay) -> list[Credit]:
    """What it brought to the accounts."""
    return list(Credit.objects.standing().filter(work_day=work_day).select_related("entry__project"))


def with_a_project(work_days: WorkDayQuerySet) -> WorkDayQuerySet:
    """Those whose community has a project: the others' hours are counted, and go to no accounts."""
    projects = Project.objects.filter(community__meetings=OuterRef("meeting"))
    return work_days.filter(Exists(projects))


def waiting() -> WorkDayQuerySet:
    """Confirmed, with a project, and not in the accounts: the oldest first."""
    credited = Credit.objects.standing().filter(work_day=OuterRef("pk"))
    closed = WorkDay.objects.filter(~Exists(credited), closed_at__isnull=False)
    return with_a_project(closed).order_by("closed_at", "pk")


def fitting(project: Project) -> Collection[Commitment]:
    """Promises of hands by residents that an entry of this project may keep."""
    theirs = Commitment.objects.standing().filter(
        convention__project=project, side=Side.RESIDENTS, kind=ContributionKind.HANDS
    )
    return theirs.order_by("pk")


def state_of(work_day: WorkDay) -> Mapping[str, object]:
    """What whoever runs the day reads: hours, and where they are."""
    hours, people = figures.hours_and_people([work_day]).get(work_day.pk, (Decimal(0), 0))
    return {
        "hours": hours,
        "people": people,
        "is_closed": work_day.is_closed,
        "has_project": bool(closing.projects_of(work_day)),
        "is_credited": Credit.objects.standing().filter(work_day=work_day).exists(),
    }
