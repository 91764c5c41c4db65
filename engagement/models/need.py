"""What must somebody bring?"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .work_day import WorkDay


class NeedKind(models.TextChoices):
    """What sort of thing it is."""

    TOOLS = "tools", _("tools")
    MATERIALS = "materials", _("materials")
    FOOD = "food", _("food and drinks")


def amount(quantity: int, unit: str) -> str:
    """ "2", or "2 litres"."""
    return f"{quantity} {unit}".strip()


def in_brackets(item: str, quantity: int, unit: str) -> str:
    """ "Wheelbarrows (5)" or "Water (10 litres)", as typed."""
    return f"{item} ({amount(quantity, unit)})"


class Standing(models.Manager["Need"]):
    """Without those that were struck off."""

    def get_queryset(self) -> models.QuerySet["Need"]:
        return super().get_queryset().filter(struck_at=None)


class Need(models.Model):
    """So many of something, in `unit` (pieces when it is empty): five wheelbarrows, ten litres of water.

    One that somebody was to bring is struck off and not deleted, so that their letter can say which it was.
    """

    work_day = models.ForeignKey(WorkDay, verbose_name=_("work day"), on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(_("kind"), max_length=16, choices=NeedKind.choices, default=NeedKind.TOOLS)
    item = models.CharField(_("what"), max_length=80)
    quantity = models.PositiveSmallIntegerField(_("how many"))
    unit = models.CharField(_("unit"), max_length=24, blank=True, help_text=_("Litres, bags… Left empty: pieces."))
    struck_at = models.DateTimeField(_("struck off on"), null=True, blank=True, editable=False)

    objects = Standing()
    with_struck: "models.Manager[Need]" = models.Manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="a_need_is_for_something",
                violation_error_message=_("Say how many are needed: at least one."),
            ),
        ]

    def __str__(self) -> str:
        return self.item
