"""How is a work day told, once it is over?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models import Resident

from .kept_file import KeptFile
from .work_day import WorkDay


class DayAccountQuerySet(models.QuerySet["DayAccount"]):
    """Which accounts?"""

    def public(self) -> "DayAccountQuerySet":
        """Those that everyone may read, of meetings that everyone may read."""
        return self.filter(public_at__isnull=False, work_day__in=WorkDay.objects.open_to_all())

    def waiting(self) -> "DayAccountQuerySet":
        """Those at which somebody at the town hall must look: not public, or changed since."""
        unseen = models.Q(public_at__isnull=True) | models.Q(seen_at__isnull=True)
        return self.filter(unseen).filter(~models.Q(words="") | models.Q(pictures__isnull=False)).distinct()


class DayAccount(models.Model):
    """What those who were there did, in words and pictures: written by who runs the day, shown once it is looked at.

    `thanks` is for those who were there, by letter. `public_at`: everyone reads the words. `seen_at`: the town hall
    looked at it as it is now; a picture is shown only when it was looked at (`DayPicture.is_public`).
    """

    work_day = models.OneToOneField(
        WorkDay, verbose_name=_("work day"), on_delete=models.CASCADE, related_name="account"
    )
    words = models.TextField(_("what was done"), blank=True, max_length=3000)
    thanks = models.TextField(_("word of thanks"), blank=True, max_length=1000)
    written_by = models.ForeignKey(
        Resident,
        verbose_name=_("written by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="day_accounts",
        editable=False,
    )
    written_at = models.DateTimeField(_("written on"))
    seen_at = models.DateTimeField(_("looked at on"), null=True, blank=True)
    public_at = models.DateTimeField(_("published on"), null=True, blank=True)

    objects = DayAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account of a work day")
        verbose_name_plural = _("accounts of work days")
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return str(self.work_day)

    @property
    def is_public(self) -> bool:
        return self.public_at is not None

    @property
    def was_seen(self) -> bool:
        return self.seen_at is not None


class DayPicture(models.Model):
    """A photograph of the day; who is recognisable on it is asked before it is shown."""

    account = models.ForeignKey(
        DayAccount, verbose_name=_("account"), on_delete=models.CASCADE, related_name="pictures"
    )
    file = models.OneToOneField(KeptFile, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+")
    alternative_text = models.CharField(_("what it shows"), max_length=255, blank=True)
    is_public = models.BooleanField(_("shown on the site"), default=False)

    class Meta:
        verbose_name = _("picture of a work day")
        verbose_name_plural = _("pictures of work days")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.alternative_text or str(self.file)
