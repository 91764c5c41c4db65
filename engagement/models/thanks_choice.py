"""Who would be thanked by name, and who would have their hours by letter? Nobody who did not say so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Resident


class ThanksMatter(models.TextChoices):
    """About what one says yes or no."""

    IN_PUBLIC = "public", _("my first name may be thanked in public")
    YEARLY = "yearly", _("a letter with my hours, each January")


class ThanksChoiceQuerySet(models.QuerySet["ThanksChoice"]):
    """Which choices?"""

    def holding(self, matter: str) -> "ThanksChoiceQuerySet":
        """The last word of each resident about it, where it is a yes."""
        last = self.filter(matter=matter).order_by("resident_id", "-pk").distinct("resident_id")
        return ThanksChoice.objects.filter(pk__in=last.values("pk"), granted=True, resident__erased_at__isnull=True)


class ThanksChoice(models.Model):
    """One word of one resident, never edited: the last one holds, none is a no.

    The proof is the wording that they read and the moment (GDPR article 7(1)). `shown_as`: how they are thanked.
    """

    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="thanks_choices"
    )
    matter = models.CharField(_("about"), max_length=8, choices=ThanksMatter.choices)
    granted = models.BooleanField(_("granted"))
    shown_as = models.CharField(_("as everyone reads it"), max_length=40, blank=True)
    wording = models.CharField(_("wording"), max_length=40)
    said_at = models.DateTimeField(_("on"))

    objects = ThanksChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice about thanks")
        verbose_name_plural = _("choices about thanks")
        ordering = ["pk"]
        indexes = [models.Index(fields=["matter", "resident", "-id"], name="the_last_word_about_thanks")]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=False) | ~Q(matter=ThanksMatter.IN_PUBLIC) | ~Q(shown_as=""),
                name="who_is_thanked_in_public_says_under_which_name",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_matter_display()}: {self.granted}"
