"""What a meeting's page lists: the points of its agenda, and its documents."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from .meeting import MeetingPage


class AgendaItem(Orderable):  # type: ignore[misc]
    """One point of the agenda, and how long it takes."""

    meeting = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="agenda_items")
    title = models.CharField(_("point"), max_length=255)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)

    panels: ClassVar[list[str]] = ["title", "minutes", "note"]

    class Meta(Orderable.Meta):  # type: ignore[misc]
        verbose_name = _("point of the agenda")


class MeetingDocument(Orderable):  # type: ignore[misc]
    """A document shown with the meeting."""

    meeting = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels: ClassVar[list[str]] = ["document"]

    class Meta(Orderable.Meta):  # type: ignore[misc]
        verbose_name = _("document")
