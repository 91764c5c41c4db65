"""What did somebody answer to a letter about a work day? Passed on, neither seeing the other's address."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models import Delivery

from .work_day import WorkDay


class Reply(models.Model):
    """Words that answer one letter, and go to whoever wrote it. `to` is the letter that is answered: its reader wrote
    the words, under the name `shown_as`. Addresses and what was quoted were taken out before they were kept.

    `key` is made by the page that sends them, or of the mail that brought them: the same twice is one.
    """

    work_day = models.ForeignKey(WorkDay, verbose_name=_("work day"), on_delete=models.CASCADE, related_name="replies")
    to = models.ForeignKey(
        Delivery, verbose_name=_("letter answered"), on_delete=models.CASCADE, related_name="work_day_replies"
    )
    shown_as = models.CharField(_("name shown"), max_length=160)
    words = models.TextField(_("words"))
    attachments = models.PositiveSmallIntegerField(_("files left out"), default=0)
    key = models.UUIDField(_("key"), unique=True, editable=False)
    written_at = models.DateTimeField(_("written on"))

    class Meta:
        verbose_name = _("reply about a work day")
        verbose_name_plural = _("replies about work days")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.shown_as} → {self.work_day}"
