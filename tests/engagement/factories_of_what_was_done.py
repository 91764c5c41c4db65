"""What each side brought, who looks after it, and what is told and given once it is there."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from engagement.models import (
    CertificateRequest,
    ContributionKind,
    Duty,
    HourRate,
    LedgerEntry,
    ProjectSheet,
    Side,
    Stage,
    StewardshipCheck,
    YearMeans,
)
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import ProjectFactory
from tests.factories import StaffFactory


class HourRateFactory(factory.django.DjangoModelFactory):
    """What an hour of hands is worth."""

    kind = ContributionKind.HANDS
    euros = Decimal("12.02")
    from_on = dt.date(2026, 1, 1)
    source = "SMIC horaire brut au 1er janvier 2026"

    class Meta:
        model = HourRate


class LedgerEntryFactory(factory.django.DjangoModelFactory):
    """Eight hours of the residents."""

    project = factory.SubFactory(ProjectFactory)
    side = Side.RESIDENTS
    kind = ContributionKind.HANDS
    what = "Chantier du samedi"
    quantity = Decimal(8)
    unit = "h"
    value = Decimal("96.16")
    done_on = dt.date(2026, 4, 4)
    validated_by = factory.SubFactory(StaffFactory)
    recorded_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = LedgerEntry


class DutyFactory(factory.django.DjangoModelFactory):
    """Watering."""

    project = factory.SubFactory(ProjectFactory)
    what = "Arroser les bacs"
    who = "Les riverains, à tour de rôle"
    when = "Chaque samedi, de mai à septembre"

    class Meta:
        model = Duty


class StewardshipCheckFactory(factory.django.DjangoModelFactory):
    """A check that is to come."""

    project = factory.SubFactory(ProjectFactory)
    what = "Les vis et le bois des bancs"
    due_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=20))

    class Meta:
        model = StewardshipCheck


class YearMeansFactory(factory.django.DjangoModelFactory):
    """What the commune can give this year."""

    year = 2026
    euros = Decimal(60000)
    hours = Decimal(900)
    source = "Budget primitif 2026, délibération du 26 mars 2026"

    class Meta:
        model = YearMeans


class ProjectSheetFactory(factory.django.DjangoModelFactory):
    """What a delivered project taught; not public yet."""

    project = factory.SubFactory(ProjectFactory, stage=Stage.DELIVERED)
    duration = "Quatre mois"
    participants = "32 habitants, dont 11 agriculteurs"
    objectives = "Rendre les chemins aux promeneurs."
    before = "Les chemins étaient impraticables d’octobre à avril."
    during = "Les agriculteurs ont prêté engins et bennes."
    after = "On y passe à pied, à vélo et en fauteuil."
    satisfactions = "La fierté\n- Le savoir-faire reconnu"
    obstacles = "Les limites du budget"
    contact = "Service participation, mairie d’Exempleville"

    class Meta:
        model = ProjectSheet

    class Params:
        public = factory.Trait(public_at=factory.LazyFunction(timezone.now))


class CertificateRequestFactory(factory.django.DjangoModelFactory):
    """A request that waits for somebody at the town hall."""

    project = factory.SubFactory(ProjectFactory)
    resident = factory.SubFactory(ResidentFactory)
    given_name = "Ada Terril"
    asked_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = CertificateRequest

    class Params:
        granted = factory.Trait(granted_at=factory.LazyFunction(timezone.now))
        left = factory.Trait(left_at=factory.LazyFunction(timezone.now))
