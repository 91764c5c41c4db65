"""Projects, with their pictures and figures."""

from typing import Any

import factory
import wagtail_factories
from django.utils import timezone

from engagement.models import ProjectFact, ProjectIndexPage, ProjectPage, ProjectPicture, Stage
from tests.factories import home_page


def project_index() -> ProjectIndexPage:
    """The town's one list of projects."""
    home_page()
    return ProjectIndexPage.objects.get()


class ProjectPageFactory(wagtail_factories.PageFactory):
    """A project under way, live below the list of projects. `community` gives it its circle."""

    parent = factory.LazyFunction(project_index)
    title = factory.Sequence("Les bancs du coron {}".format)
    summary = "Des bancs pour souffler entre la maison et le marché."
    stage = Stage.UNDER_WAY
    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = ProjectPage
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(live=False, has_unpublished_changes=True)
        idea = factory.Trait(stage=Stage.IDEA)

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
