"""Which pages may everyone read? Asked of the database in the same breath as the pages, where Wagtail asks twice."""

from typing import Self

from django.db import models
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet


class OpenPageQuerySet(PageQuerySet):  # type: ignore[misc]  # Wagtail is untyped
    """For pages of any sort."""

    def open_to_all(self) -> Self:
        """Published, and neither the page nor a page above it is kept from anyone."""
        here = models.ExpressionWrapper(models.OuterRef("path"), output_field=models.CharField())
        doors = PageViewRestriction.objects.alias(here=here).filter(here__startswith=models.F("page__path"))
        return self.live().filter(~models.Exists(doors))  # type: ignore[no-any-return]  # Wagtail is untyped
