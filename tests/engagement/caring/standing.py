"""What stands and is looked after: projects, checks, and the letters that ask."""

import datetime as dt
from typing import Any

from communities.models import Delivery, Resident
from engagement import passing
from engagement.caring import asking, checking
from engagement.models import (
    CheckState,
    Convention,
    ConventionState,
    KeptFile,
    Project,
    Side,
    Signature,
    SignatureMeans,
    Stage,
    StewardshipCheck,
)
from engagement.uploads import cleaning
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import ConventionFactory, ProjectFactory
from tests.engagement.factories_of_what_was_done import StewardshipCheckFactory
from tests.engagement.uploads import files
from tests.factories import StaffFactory

NOW = dt.datetime(2027, 3, 1, 10, tzinfo=dt.UTC)
TODAY = NOW.date()
A_DAY = dt.timedelta(days=1)


def officer() -> Any:
    return StaffFactory(participation=True)


def standing(stage: Stage = Stage.STEWARDSHIP, **facts: Any) -> Project:
    """A project that residents look after, carried by one."""
    facts.setdefault("holder", ResidentFactory())
    project: Project = ProjectFactory(stage=stage, **facts)
    return project


def check_in(days: int, *, project: Project | None = None, **facts: Any) -> StewardshipCheck:
    """A check so many days from NOW."""
    due_on = TODAY + dt.timedelta(days=days)
    check: StewardshipCheck = StewardshipCheckFactory(project=project or standing(), due_on=due_on, **facts)
    return check


def found(check: StewardshipCheck, state: CheckState = CheckState.GOOD, **facts: Any) -> StewardshipCheck:
    """Written down by the town hall, at NOW unless said otherwise."""
    facts = {"words": "", "now": NOW, "seen": check.answered_at, "by": passing.Actor(user=officer())} | facts
    return checking.answer(check=check, state=state, **facts)


def by(resident: Resident) -> passing.Actor:
    return passing.Actor(resident=resident)


def photo() -> cleaning.CleanPicture:
    """As somebody sends it with an answer."""
    return cleaning.picture(file=files.sent(files.photo(), name="banc.jpg"))


def letters(*kinds: str) -> list[Delivery]:
    """Those that ask, in the order in which they were posted."""
    asked = Delivery.objects.filter(mailing__kind__in=kinds or asking.LETTER_KINDS)
    return list(asked.select_related("resident", "mailing").order_by("pk"))


def readers(*kinds: str) -> list[Resident | None]:
    return [letter.resident for letter in letters(*kinds)]


def signed(project: Project, *, on: dt.date, **facts: Any) -> None:
    """A convention that both sides signed on that day."""
    convention = ConventionFactory(project=project, starts_on=on, **facts)
    sign(convention, at=dt.datetime.combine(on, dt.time(10), tzinfo=dt.UTC))


def sign(convention: Convention, *, at: dt.datetime) -> None:
    """As the rows say it once both sides have signed on paper."""
    text = {"text": "Texte", "sha256": "a" * 64, "code": f"{convention.pk:016}", "proposed_at": at}
    Convention.objects.filter(pk=convention.pk).update(state=ConventionState.PROPOSED, **text)
    scan = KeptFile.objects.create(name="scan.pdf", media_type="application/pdf", content=b"%PDF", kept_at=at)
    for side in Side:
        Signature.objects.create(
            convention=convention,
            side=side,
            name="Ada Terril",
            means=SignatureMeans.PAPER,
            signed_on=at.date(),
            noted_at=at,
            noted_by=StaffFactory(),
            scan=scan,
            sha256="a" * 64,
        )
    ends_on = convention.starts_on + dt.timedelta(days=30 * convention.months)
    Convention.objects.filter(pk=convention.pk).update(state=ConventionState.SIGNED, signed_at=at, ends_on=ends_on)
