"""Who at the town hall saw or took away what we know of residents?"""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessKind(models.TextChoices):
    """What somebody did."""

    LIST = "list", _("opened a list")
    SEARCH = "search", _("searched")
    RECORD = "record", _("opened one record")
    EXPORT = "export", _("took a list away")
    PRINT = "print", _("printed")
    PREVIEW = "preview", _("read a letter as one of its readers")
    MESSAGE = "message", _("read a message")
    FILE = "file", _("opened a file of residents")

    @classmethod
    def leaving(cls) -> list["AccessKind"]:
        """What takes names out of the town hall's desk."""
        return [cls.EXPORT, cls.PRINT]


class AccessLogQuerySet(models.QuerySet["AccessLog"]):
    """Which looks?"""

    def of_record(self, *keys: int) -> "AccessLogQuerySet":
        """At these residents' own records, the latest first."""
        return self.filter(resident_key__in=keys).order_by("-seen_at", "-pk")

    def past(self, day: dt.datetime) -> "AccessLogQuerySet":
        return self.filter(seen_at__lt=day)


class AccessLog(models.Model):
    """Append-only: one look at residents by one member of staff, once a minute at the most.

    `what` is the address of the page by its name; `words` the fingerprint of what was searched. The resident is a
    number without a key: a stranger who is forgotten leaves nothing behind, and no row is ever changed.
    """

    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    who_name = models.CharField(_("who"), max_length=150)
    kind = models.CharField(_("did what"), max_length=8, choices=AccessKind.choices)
    what = models.CharField(_("where"), max_length=80)
    resident_key = models.PositiveBigIntegerField(_("resident"), null=True, blank=True)
    words = models.CharField(_("words searched, as a fingerprint"), max_length=16, blank=True)
    count = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    seen_at = models.DateTimeField(_("when, to the minute"))

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at residents")
        verbose_name_plural = _("looks at residents")
        ordering = ["-seen_at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["seen_at", "who_name", "kind", "what", "resident_key", "words"],
                nulls_distinct=False,
                name="a_look_is_noted_once_a_minute",
            ),
        ]
        indexes = [models.Index(fields=["resident_key", "-seen_at"], name="who_looked_at_a_resident")]

    def __str__(self) -> str:
        return f"{self.who_name}: {self.get_kind_display()}"
