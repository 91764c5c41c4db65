"""What do the staff tell each other of an idea?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .idea import Idea


class IdeaNote(models.Model):
    """What the staff tell each other of an idea; never published."""

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("done by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    words = models.TextField(_("note"), max_length=4000)
    written_at = models.DateTimeField(_("on"))

    class Meta:
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.words[:60]
