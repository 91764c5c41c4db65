"""Conventions at each of their stages, come there by the rules."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils import timezone

from communities.models import Delivery, Resident
from communities.models.delivery import DeliveryQuerySet
from engagement.conventions import amending, content, drafting, freezing, on_screen, reading, signing, versions
from engagement.models import ContributionKind, Convention, Passage, Project, Side, Signature, SignatureRequest, Stage
from engagement.uploads.cleaning import CleanFile
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import ConventionTemplateFactory, IdeaFactory, ProjectFactory, TeammateFactory
from tests.factories import StaffFactory

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=2)
A_YEAR_ON = NOW + dt.timedelta(days=366)
SCAN = CleanFile(content=b"%PDF-1.7 signed", media_type="application/pdf", name="signee.pdf")
PROMISES = [
    drafting.promise(side=Side.COMMUNE, kind=ContributionKind.MATERIALS, what="Le bois", value=Decimal(900)),
    drafting.promise(
        side=Side.RESIDENTS, kind=ContributionKind.HANDS, what="Construire", quantity=Decimal(40), unit="h"
    ),
]


def officer() -> User:
    """Who writes conventions and notes signatures."""
    user: User = StaffFactory(participation=True)
    return user


def supported(*, holder: Resident | None = None, **facts: Any) -> Project:
    """A project that waits for its convention; `holder` carries it."""
    facts = {"stage": Stage.SUPPORTED, "is_from_before": False, "idea": IdeaFactory(stage="supported")} | facts
    project: Project = ProjectFactory(**facts)
    TeammateFactory(project=project, resident=holder or ResidentFactory(), role="spokesperson")
    return project


def draft(
    *, by: User | None = None, project: Project | None = None, now: dt.datetime = NOW, **fields: Any
) -> Convention:
    """With a commitment of each side."""
    by = by or officer()
    convention = drafting.begin(
        project=project or supported(), template=ConventionTemplateFactory(), by=by, now=now, **fields
    )
    write(convention, by=by, commitments=PROMISES, now=now)
    return convention


def write(convention: Convention, *, by: User, now: dt.datetime = NOW, **changed: Any) -> Any:
    """Save it with something changed: `articles`, `commitments` or fields."""
    latest = versions.latest(convention)
    said: dict[str, Any] = {name: changed.pop(name, latest[name]) for name in ("articles", "commitments")}
    said |= {"after": changed.pop("after", None)}
    fields = content.fields_of(convention) | changed
    return drafting.save(convention=convention, fields=fields, by=by, now=now, **said)


def proposed(*, by: User | None = None, now: dt.datetime = NOW, **facts: Any) -> Convention:
    by = by or officer()
    return freezing.propose(convention=draft(by=by, now=now, **facts), by=by, now=now)


def sign(convention: Convention, *sides: Side | str, by: User, now: dt.datetime = NOW, **said: Any) -> Any:
    """On paper, by one or both."""
    name = said.pop("name", "Ada Terril")
    hands = [signing.Hand(Side(side), name) for side in sides]
    said = {"signed_on": timezone.localdate(now), "scan": SCAN} | said
    return signing.on_paper(convention=convention, hands=hands, by=by, now=now, **said)


def signed(*, by: User | None = None, now: dt.datetime = NOW, **facts: Any) -> Convention:
    """By both sides, on paper."""
    by = by or officer()
    convention = proposed(by=by, now=now, **facts)
    sign(convention, *Side, by=by, now=now)
    return convention


def renewal(convention: Convention, *, by: User, now: dt.datetime = A_YEAR_ON, **changed: Any) -> Convention:
    """For the same time again, signed by both sides."""
    amendment = amending.begin(convention=convention, by=by, renews=True, now=now)
    if changed:
        write(amendment, by=by, now=now, **changed)
    freezing.propose(convention=amendment, by=by, now=now)
    sign(amendment, *Side, by=by, now=now)
    return amendment


def asked(
    convention: Convention,
    *,
    side: Side = Side.RESIDENTS,
    resident: Resident | None = None,
    email: str = "ada@example.org",
    by: User | None = None,
    now: dt.datetime = NOW,
) -> SignatureRequest:
    """To sign on screen."""
    return on_screen.ask(
        convention=convention, side=side, name="Ada Terril", email=email, resident=resident, by=by or officer(), now=now
    )


def with_code(request: SignatureRequest, *, now: dt.datetime = NOW) -> str:
    """A code was sent; the one in its letter."""
    on_screen.send_code(request=request, now=now)
    return on_screen.code_of(request, sent_at=now)


def hand(request: SignatureRequest, code: str, *, now: dt.datetime = LATER, name: str = "Ada Terril") -> Signature:
    """Under the text, on screen."""
    return on_screen.sign(request=request, code=code, name=name, quality="", address="192.0.2.7", now=now)


def told(*kinds: str) -> DeliveryQuerySet:
    """The letters that lead to the text, of these kinds or of any; a project passes to other stages too."""
    found = Delivery.objects.filter(mailing__kind__in=kinds or reading.LETTER_KINDS).select_related(
        "resident", "mailing"
    )
    signings = Passage.objects.filter(to_stage=Stage.SIGNED).annotate(key=Cast("pk", CharField())).values("key")
    return found.filter(~Q(mailing__kind="passage") | Q(mailing__key__in=signings))


def read_token(convention: Convention) -> str:
    """That of the first who carries it."""
    return reading.token_of(told().filter(resident__project_roles__project=convention.project_id).order_by("pk")[0])
