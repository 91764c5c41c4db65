"""Which residents find an idea good, and which would take part?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models import Resident

from .idea import Idea


class IdeaSupport(models.Model):
    """One resident who finds an idea good, or would take part; counts once the address is proven.

    `wants_news`: told what becomes of it.
    """

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="supports")
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="idea_supports"
    )
    given_name = models.CharField(_("name given"), max_length=80, blank=True)
    joins = models.BooleanField(_("would take part"), default=False)
    wants_news = models.BooleanField(_("wants to be told what becomes of it"), default=False)
    created_at = models.DateTimeField(_("on"))
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("support of an idea")
        verbose_name_plural = _("supports of ideas")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "resident"], name="one_support_per_idea_and_resident"),
        ]

    def __str__(self) -> str:
        return f"{self.resident} → {self.idea}"
