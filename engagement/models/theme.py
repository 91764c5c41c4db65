"""What projects are about, as the town sorts them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.Model):
    """Nature in town, energy, mutual aid..."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address on the site"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
