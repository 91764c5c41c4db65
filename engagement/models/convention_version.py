"""How did a convention stand at one moment of its writing?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .convention import Convention


class ConventionVersion(models.Model):
    """A convention as it stood at one moment of its writing; append-only.

    `content`: {"articles": [{"heading", "text"}], "commitments": [{"side", "kind", "what", ...}], "fields": {...}}.
    """

    convention = models.ForeignKey(
        Convention, verbose_name=_("convention"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("done by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(_("what changed"), max_length=255, blank=True)
    written_at = models.DateTimeField(_("on"))

    class Meta:
        verbose_name = _("version of a convention")
        verbose_name_plural = _("versions of conventions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "number"], name="versions_of_a_convention_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.convention.number}, {self.number}"
