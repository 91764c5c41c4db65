"""Ideas, projects with their pages, conventions and what each side brings."""

import datetime as dt
from decimal import Decimal
from typing import Any

import factory
import wagtail_factories
from django.utils import timezone

from engagement.models import (
    Commitment,
    ContributionKind,
    Convention,
    ConventionTemplate,
    Idea,
    IdeaStage,
    KeptFile,
    Project,
    ProjectFact,
    ProjectIndexPage,
    ProjectPage,
    ProjectPicture,
    Side,
    Stage,
    Teammate,
    TeamRole,
    Theme,
)
from tests.communities.factories import ResidentFactory
from tests.factories import home_page

# How an idea comes to each of its stages, one after the other.
WAYS: dict[IdeaStage, list[IdeaStage]] = {
    IdeaStage.DRAFT: [],
    IdeaStage.RECEIVED: [IdeaStage.RECEIVED],
    IdeaStage.EXAMINATION: [IdeaStage.RECEIVED, IdeaStage.EXAMINATION],
    IdeaStage.ASKED: [IdeaStage.RECEIVED, IdeaStage.EXAMINATION, IdeaStage.ASKED],
    IdeaStage.SUPPORTED: [IdeaStage.RECEIVED, IdeaStage.EXAMINATION, IdeaStage.SUPPORTED],
    IdeaStage.REFUSED: [IdeaStage.RECEIVED, IdeaStage.EXAMINATION, IdeaStage.REFUSED],
    IdeaStage.WITHDRAWN: [IdeaStage.RECEIVED, IdeaStage.WITHDRAWN],
}


def project_index() -> ProjectIndexPage:
    """The town's one list of projects."""
    home_page()
    return ProjectIndexPage.objects.get()


class ThemeFactory(factory.django.DjangoModelFactory):
    """What projects are about."""

    name = factory.Sequence("La nature en ville {}".format)
    slug = factory.Sequence("nature-{}".format)

    class Meta:
        model = Theme


class KeptFileFactory(factory.django.DjangoModelFactory):
    """A scan."""

    name = "convention-signee.pdf"
    media_type = "application/pdf"
    content = b"%PDF-1.7"
    sha256 = "0" * 64
    kept_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = KeptFile


class IdeaFactory(factory.django.DjangoModelFactory):
    """An idea under examination; IdeaFactory(stage=IdeaStage.REFUSED) came there as ideas do, without its log."""

    resident = factory.SubFactory(ResidentFactory)
    title = factory.Sequence("Des nichoirs pour les mésanges {}".format)
    what = "Douze nichoirs le long de la ceinture verte, construits avec l’école."
    commits = "Les construire, les poser, les nettoyer chaque automne."
    asks = "Du bois et un conseil."
    created_at = factory.LazyFunction(timezone.now)
    stage = IdeaStage.EXAMINATION

    class Meta:
        model = Idea

    class Params:
        public = factory.Trait(public_at=factory.LazyFunction(timezone.now))

    @classmethod
    def _create(cls, model_class: type[Idea], *args: Any, stage: str, **facts: Any) -> Idea:
        idea = model_class.objects.create(*args, **facts)
        for step in WAYS[IdeaStage(stage)]:
            changed: dict[str, Any] = {"stage": step}
            if step == IdeaStage.RECEIVED:
                at = facts.get("received_at") or idea.created_at
                due = facts.get("answer_due_on") or timezone.localdate(at) + dt.timedelta(days=60)
                changed |= {"received_at": at, "answer_due_on": due}
            if step in IdeaStage.answered():
                changed["decided_at"] = facts.get("decided_at") or idea.created_at
            Idea.objects.filter(pk=idea.pk).update(**changed)
        idea.refresh_from_db()
        return idea


class ProjectFactory(factory.django.DjangoModelFactory):
    """A project under way, taken over from before; `holder` carries it."""

    title = factory.Sequence("Les bancs du coron {}".format)
    stage = Stage.UNDER_WAY
    is_from_before = True
    created_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Project
        skip_postgeneration_save = True

    @factory.post_generation
    def holder(self: Any, create: bool, wanted: Any, **kwargs: object) -> None:
        """ProjectFactory(holder=resident): who speaks for it."""
        if wanted:
            TeammateFactory(project=self, resident=wanted, role=TeamRole.SPOKESPERSON)


class TeammateFactory(factory.django.DjangoModelFactory):
    """Someone who carries a project."""

    project = factory.SubFactory(ProjectFactory)
    resident = factory.SubFactory(ResidentFactory)
    role = TeamRole.HOLDER
    joined_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Teammate


class ProjectPageFactory(wagtail_factories.PageFactory):
    """The page of a project under way, live below the list of projects. `stage`, `community` and `neighbourhood` are
    its project's.
    """

    parent = factory.LazyFunction(project_index)
    title = factory.Sequence("Les bancs du coron {}".format)
    summary = "Des bancs pour souffler entre la maison et le marché."
    stage = Stage.UNDER_WAY
    community = None
    neighbourhood = None
    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = ProjectPage
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(live=False, has_unpublished_changes=True)

    @classmethod
    def _create(
        cls, model_class: type[ProjectPage], *args: Any, stage: str, community: Any, neighbourhood: Any, **facts: Any
    ) -> ProjectPage:
        if "project" not in facts:
            facts["project"] = ProjectFactory(
                title=facts["title"][:160], stage=stage, community=community, neighbourhood=neighbourhood
            )
        return super()._create(model_class, *args, **facts)

    @factory.post_generation
    def pictures(self: Any, create: bool, wanted: bool, **kwargs: object) -> None:
        """ProjectPageFactory(pictures=True): one picture, with its words."""
        if wanted:
            ProjectPictureFactory(project=self)


class ProjectPictureFactory(factory.django.DjangoModelFactory):
    """A picture and what it shows."""

    project = factory.SubFactory(ProjectPageFactory)
    image = factory.SubFactory(wagtail_factories.ImageFactory)
    alternative_text = "Deux bancs sous un arbre."

    class Meta:
        model = ProjectPicture


class ProjectFactFactory(factory.django.DjangoModelFactory):
    """A figure with where it comes from."""

    project = factory.SubFactory(ProjectPageFactory)
    label = "Bancs posés"
    value = "4"
    source = "Registre des bancs"
    year = 2025

    class Meta:
        model = ProjectFact


class ConventionTemplateFactory(factory.django.DjangoModelFactory):
    """A model with two clauses."""

    name = factory.Sequence("Convention d’occupation {}".format)

    class Meta:
        model = ConventionTemplate
        skip_postgeneration_save = True

    @factory.post_generation
    def clauses(self: Any, create: bool, wanted: Any, **kwargs: object) -> None:
        self.clauses.add(
            *[
                self.clauses.model(heading="Objet", text="La présente convention porte sur : {purpose}", sort_order=0),
                self.clauses.model(heading="Durée", text="Elle dure {months} mois.", sort_order=1),
            ]
        )
        self.save()


class ConventionFactory(factory.django.DjangoModelFactory):
    """A convention that is being written."""

    project = factory.SubFactory(ProjectFactory)
    number = factory.Sequence("1999-{:02}".format)
    title = "Les bancs de la Cité Bellevue"
    holder = "Le collectif des bancs, représenté par Ada Terril"
    commune = "La commune, représentée par son maire"
    purpose = "Installer six bancs et les entretenir."
    starts_on = dt.date(2026, 3, 1)
    summary = "Six bancs, construits et entretenus par les habitants."
    created_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Convention


class CommitmentFactory(factory.django.DjangoModelFactory):
    """Forty hours of the residents."""

    convention = factory.SubFactory(ConventionFactory)
    side = Side.RESIDENTS
    kind = ContributionKind.HANDS
    what = "Construire les bancs"
    quantity = Decimal(40)
    unit = "h"

    class Meta:
        model = Commitment
