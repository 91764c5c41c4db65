"""From which words are conventions written? Models that the town edits."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable


class ConventionTemplate(ClusterableModel):  # type: ignore[misc]  # Wagtail is untyped
    """A model of convention: named clauses with placeholders such as {purpose}, filled when a convention is begun."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    is_in_use = models.BooleanField(_("proposed for new conventions"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("is_in_use"),
        InlinePanel("clauses", heading=_("Clauses"), label=_("clause"), min_num=1),
    ]

    class Meta:
        verbose_name = _("model of convention")
        verbose_name_plural = _("models of conventions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Clause(Orderable):  # type: ignore[misc]
    """One article of a model: a heading, and words in which {placeholders} stand for what differs."""

    template = ParentalKey(ConventionTemplate, on_delete=models.CASCADE, related_name="clauses")
    heading = models.CharField(_("heading"), max_length=160)
    text = models.TextField(_("text"), max_length=6000)

    panels: ClassVar[list[str]] = ["heading", "text"]

    class Meta(Orderable.Meta):  # type: ignore[misc]
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")

    def __str__(self) -> str:
        return self.heading
