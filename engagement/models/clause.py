"""From which words are conventions written? Models that the town edits."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.models import Orderable

from engagement import placeholders


class PlaceholdersPanel(HelpPanel):  # type: ignore[misc]  # Wagtail is untyped
    """What may stand between braces in a clause, read with the form."""

    def __init__(self, template: str = "engagement/admin/placeholders.html", **kwargs: Any) -> None:
        super().__init__(template=template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):  # type: ignore[misc]
        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {"placeholders": placeholders.shown()}


class ConventionTemplate(ClusterableModel):  # type: ignore[misc]  # Wagtail is untyped
    """A model of convention: named clauses with placeholders such as {purpose}, filled when a convention is begun."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    is_in_use = models.BooleanField(_("proposed for new conventions"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("is_in_use"),
        PlaceholdersPanel(heading=_("What is filled in by itself")),
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

    def clean(self) -> None:
        """Refuse what nothing would take the place of: it would stay in a text that people sign."""
        super().clean()
        for field in ("heading", "text"):
            if unknown := placeholders.unknown_in(getattr(self, field)):
                said = {"unknown": ", ".join("{%s}" % name for name in unknown)}  # noqa: UP031 - braces
                raise ValidationError({field: gettext("Nothing takes the place of %(unknown)s: see the list.") % said})
