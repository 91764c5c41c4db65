"""Which records are of one person, and which only look as if they were?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .resident import Resident


class ToldApart(models.Model):
    """Two records that look alike, and that somebody at the town hall said are two people. `one` is the older row."""

    one = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="+")
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    told_at = models.DateTimeField(_("on"))

    class Meta:
        verbose_name = _("pair told apart")
        verbose_name_plural = _("pairs told apart")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_residents_are_told_apart_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="the_older_of_two_told_apart_comes_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"


class FollowedLink(models.Model):
    """What links in old letters are signed with, and who they open for since two records became one.

    `number` and `addresses_before` are what the link says (see own_links); it follows as long as the resident has the
    addresses they had then.
    """

    number = models.PositiveBigIntegerField()
    addresses_before = models.PositiveSmallIntegerField()
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="followed_links")
    while_before = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("link of a record that was joined to another")
        verbose_name_plural = _("links of records that were joined to others")
        constraints = [
            models.UniqueConstraint(fields=["number", "addresses_before"], name="a_link_follows_one_resident"),
        ]

    def __str__(self) -> str:
        return f"{self.number} → {self.resident_id}"
