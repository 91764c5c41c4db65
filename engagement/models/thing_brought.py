"""What was brought to a work day besides what had been promised?"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .need import NeedKind
from .work_day import WorkDay


class ThingBrought(models.Model):
    """So many of something, in `unit` (pieces when it is empty), whoever brought it; nothing when `quantity` is 0.

    `key` is made by the page that ticks, so that the same press sent twice is one row.
    """

    work_day = models.ForeignKey(WorkDay, verbose_name=_("work day"), on_delete=models.CASCADE, related_name="things")
    kind = models.CharField(_("kind"), max_length=16, choices=NeedKind.choices, default=NeedKind.TOOLS)
    item = models.CharField(_("what"), max_length=80)
    quantity = models.PositiveSmallIntegerField(_("how many"))
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    key = models.UUIDField(_("key"), unique=True, editable=False)
    noted_at = models.DateTimeField(_("noted on"))

    class Meta:
        verbose_name = _("thing brought")
        verbose_name_plural = _("things brought")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(item=""), name="what_was_brought_has_a_name")]

    def __str__(self) -> str:
        return self.item
