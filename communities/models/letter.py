"""What staff write themselves, to communities, to neighbourhoods or to the whole town."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from .mailing import Mailing

# What every mail program shows, and what can be said in plain text as well.
FEATURES = ["h3", "bold", "italic", "ul", "ol", "link"]


class Agenda(models.IntegerChoices):
    """How far ahead the meetings go that are listed below the text, in days."""

    NONE = 0, _("no list of meetings")
    MONTH = 31, _("the meetings of the coming month")
    TWO_MONTHS = 62, _("the meetings of the two coming months")
    SEASON = 92, _("the meetings of the three coming months")


class WrittenLetterQuerySet(models.QuerySet["WrittenLetter"]):
    """Which letters?"""

    def drafts(self) -> "WrittenLetterQuerySet":
        return self.filter(mailing__isnull=True)


class WrittenLetter(models.Model):
    """A draft until it has a mailing; from then on, what was said stays as it was said.

    `scopes` are whom it is for: "community:<pk>", "neighbourhood:<pk>" or "town".
    """

    subject = models.CharField(_("subject"), max_length=160)
    body = RichTextField(_("text"), features=FEATURES, blank=True)
    button_words = models.CharField(
        _("words of the button"), max_length=60, blank=True, help_text=_("One large button below the text, or none.")
    )
    button_url = models.URLField(_("page that the button opens"), blank=True)
    agenda_days = models.PositiveSmallIntegerField(
        _("agenda"),
        choices=Agenda.choices,
        default=Agenda.NONE,
        help_text=_("Read when each letter leaves: a meeting that moved or was cancelled meanwhile is told as it is."),
    )
    scopes = models.JSONField(_("for whom"), default=list, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(_("begun on"), editable=False)
    mailing = models.OneToOneField(
        Mailing,
        verbose_name=_("mailing"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="written_letter",
    )

    objects = WrittenLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter of the town hall")
        verbose_name_plural = _("letters of the town hall")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(button_words="", button_url="")
                | ~models.Q(button_words="") & ~models.Q(button_url=""),
                name="a_button_has_words_and_a_page",
                violation_error_message=_("A button needs both its words and the page that it opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(mailing__isnull=True) | ~models.Q(scopes=[]), name="a_sent_letter_is_for_someone"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_sent(self) -> bool:
        return self.mailing_id is not None

    @property
    def has_agenda(self) -> bool:
        return self.agenda_days != Agenda.NONE
