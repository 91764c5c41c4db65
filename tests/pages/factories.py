"""Ordinary pages."""

import factory
import wagtail_factories

from pages.models import StandardPage
from tests.factories import home_page


class StandardPageFactory(wagtail_factories.PageFactory):
    """A page below the home page."""

    parent = factory.LazyFunction(home_page)
    title = factory.Sequence("La page du coron {}".format)
    intro = "Ce que chacun doit savoir du coron."

    class Meta:
        model = StandardPage
