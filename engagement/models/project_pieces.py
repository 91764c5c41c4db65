"""What the page of a project is made of besides its text: pictures, figures, documents."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class ProjectPicture(Orderable):  # type: ignore[misc]  # Wagtail is untyped
    """A picture of the project, with what it shows in words."""

    project = ParentalKey("engagement.ProjectPage", on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    alternative_text = models.CharField(_("what it shows"), max_length=255)
    credit = models.CharField(_("credit"), max_length=160, blank=True)

    panels: ClassVar[list[str]] = ["image", "alternative_text", "credit"]

    class Meta(Orderable.Meta):  # type: ignore[misc]
        verbose_name = _("picture")


class ProjectFact(Orderable):  # type: ignore[misc]
    """A figure about the project, never without its source and year."""

    project = ParentalKey("engagement.ProjectPage", on_delete=models.CASCADE, related_name="facts")
    label = models.CharField(_("what"), max_length=160)
    value = models.CharField(_("how much"), max_length=160)
    source = models.CharField(_("source"), max_length=255)
    source_url = models.URLField(_("address of the source"), blank=True)
    year = models.PositiveSmallIntegerField(_("year"))

    panels: ClassVar[list[str]] = ["label", "value", "source", "source_url", "year"]

    class Meta(Orderable.Meta):  # type: ignore[misc]
        verbose_name = _("figure")


class ProjectDocument(Orderable):  # type: ignore[misc]
    """A document that everyone may read."""

    project = ParentalKey("engagement.ProjectPage", on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels: ClassVar[list[str]] = ["document"]

    class Meta(Orderable.Meta):  # type: ignore[misc]
        verbose_name = _("document")
