"""Which photographs came with an idea?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models import Recognisable

from .idea import Idea
from .kept_file import KeptFile


class IdeaPicture(models.Model):
    """A photograph that came with an idea."""

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="pictures")
    file = models.OneToOneField(KeptFile, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+")
    alternative_text = models.CharField(_("what it shows"), max_length=255, blank=True)
    recognisable = models.CharField(
        _("who is recognised on it"), max_length=8, choices=Recognisable.choices, default=Recognisable.UNKNOWN
    )
    is_public = models.BooleanField(_("shown on the site"), default=False)

    class Meta:
        verbose_name = _("picture of an idea")
        verbose_name_plural = _("pictures of ideas")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.alternative_text or str(self.file)
