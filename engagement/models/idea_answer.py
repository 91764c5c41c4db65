"""What did those who carry an idea answer, when the town hall asked for more?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .idea import Idea


class IdeaAnswer(models.Model):
    """What those who carry an idea answered when the town hall asked for more; never published."""

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="answers")
    words = models.TextField(_("answer"), max_length=4000)
    answered_at = models.DateTimeField(_("on"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("answer of those who carry it")
        verbose_name_plural = _("answers of those who carry it")
        ordering = ["answered_at", "pk"]

    def __str__(self) -> str:
        return self.words[:60]
