"""Which calendar of one's own did a resident ask for?"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models import Resident

SECRET_LENGTH = 32


class CalendarKey(models.Model):
    """The secret in the address of a resident's own calendar, one at a time.

    Kept as it is, so that its page can show the address again: it opens dates of public meetings and the answers of one
    person, which lie beside it in the same database. `addresses_before` is their resident's when it was opened: with
    another e-mail address they open another.
    """

    resident = models.OneToOneField(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="calendar_key"
    )
    secret = models.CharField(max_length=SECRET_LENGTH, unique=True, editable=False)
    addresses_before = models.PositiveSmallIntegerField(default=0, editable=False)
    hides_cancelled = models.BooleanField(_("without cancelled meetings"), default=False)
    created_at = models.DateTimeField(_("asked for on"))
    last_read_on = models.DateField(_("last read on"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar of one’s own")
        verbose_name_plural = _("calendars of one’s own")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(secret__regex=rf"^[0-9a-f]{{{SECRET_LENGTH}}}$"),
                name="a_calendar_has_a_secret_nobody_guesses",
            )
        ]

    def __str__(self) -> str:
        return str(self.resident)
