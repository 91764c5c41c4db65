"""What was handed in with an idea, a signature or an entry: kept as it was taken in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptFile(models.Model):
    """A cleaned photograph, a scan or a piece of evidence, in the database so that nothing changes it: never public by
    its own address. `sha256` is of `content`, in hexadecimal.
    """

    name = models.CharField(_("name"), max_length=160)
    media_type = models.CharField(_("kind of file"), max_length=64)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    kept_at = models.DateTimeField(_("kept on"))

    class Meta:
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
