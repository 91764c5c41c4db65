"""How many came to a meeting, once nobody's name is kept any more?"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .invitation import AnswerChannel
from .meeting import MeetingPage


class MeetingTurnout(models.Model):
    """The figures of one meeting in the place of its invitations and answers; numbers under five are put together.

    `by_channel` and `by_neighbourhood` are of those who said yes: how many by each name, "" for the small ones.
    """

    meeting = models.OneToOneField(
        MeetingPage, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="turnout"
    )
    asked = models.PositiveIntegerField(_("residents invited"))
    was_announced = models.BooleanField(_("announced"))
    yes = models.PositiveIntegerField(_("yes"))
    no = models.PositiveIntegerField(_("no"))
    maybe = models.PositiveIntegerField(_("maybe"))
    people = models.PositiveIntegerField(_("people coming"))
    by_channel = models.JSONField(_("by means"), default=dict)
    by_neighbourhood = models.JSONField(_("by neighbourhood"), default=dict)
    counted_at = models.DateTimeField(_("counted on"))

    class Meta:
        verbose_name = _("turnout of a meeting")
        verbose_name_plural = _("turnouts of meetings")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(asked__gte=models.F("yes") + models.F("no") + models.F("maybe")),
                name="nobody_answers_who_was_not_asked",
            ),
            models.CheckConstraint(
                condition=models.Q(people__gte=models.F("yes")), name="whoever_says_yes_comes_at_least_alone"
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def by_channel_in_words(self) -> dict[str, int]:
        words = {str(channel): str(label) for channel, label in AnswerChannel.choices}
        return {words.get(name, ""): number for name, number in self.by_channel.items()}

    @property
    def answered(self) -> int:
        return self.yes + self.no + self.maybe
