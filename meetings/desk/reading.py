"""What does the town hall's desk read of meetings and of those who are asked to them?"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf, Trim

from communities import folding
from communities.models import Resident
from communities.models.delivery import DeliveryQuerySet
from meetings import announcing
from meetings.models import Answer, CalendarReply, Choice, Invitation, InvitationOrigin, MeetingPage, MeetingTurnout
from meetings.models.meeting import MeetingQuerySet

TO_COME, NO_DATE, PAST = range(3)
NOTHING = "none"


def counted(rows: "QuerySet[Invitation] | QuerySet[Answer]", what: models.Aggregate, *, by: str) -> Coalesce:
    """A number for each meeting, from rows that name it `by`; zero when there is none."""
    per_meeting = rows.order_by().filter(**{by: OuterRef("pk")}).values(by).annotate(number=what).values("number")
    return Coalesce(Subquery(per_meeting), 0)


def zero_if_none(what: Any) -> Coalesce:
    """Of a meeting whose answers are still kept one by one, nothing was put into figures."""
    return Coalesce(what, Value(0))


class MeetingsOnTheDesk(MeetingQuerySet):
    """Meetings with their figures, drafts too."""

    def with_figures(self) -> "MeetingsOnTheDesk":
        """With `invited`, `answered`, `coming` (people, guests included) and `is_announced`, without a query a row."""
        answers = Answer.objects.current()
        by_us = Invitation.objects.filter(meeting=OuterRef("pk"), origin=InvitationOrigin.AUDIENCE)
        announced = MeetingTurnout.objects.filter(meeting=OuterRef("pk"), was_announced=True)
        coming = counted(answers.filter(choice=Choice.YES), Sum(F("guests") + 1), by="invitation__meeting")
        counted_before = F("turnout__yes") + F("turnout__no") + F("turnout__maybe")
        return self.annotate(
            is_announced=Exists(by_us) | Exists(announced),
            invited=counted(Invitation.objects.all(), Count("pk"), by="meeting") + zero_if_none(F("turnout__asked")),
            answered=counted(answers, Count("pk"), by="invitation__meeting") + zero_if_none(counted_before),
            coming=coming + zero_if_none(F("turnout__people")),
        )

    def nearest_first(self, now: dt.datetime) -> "MeetingsOnTheDesk":
        """To come, the nearest first; then those without a date; then the past, the latest first."""
        when = Case(
            When(ends_at__gte=now, then=Value(TO_COME)),
            When(ends_at__lt=now, then=Value(PAST)),
            default=Value(NO_DATE),
        )
        ahead = Case(When(ends_at__gte=now, then=F("starts_at")))
        return self.order_by(when, ahead.asc(nulls_last=True), F("starts_at").desc(nulls_last=True), "-pk")

    def called(self, words: str) -> "MeetingsOnTheDesk":
        """Those whose title or text, accents or not, or whose venue holds these words."""
        found = MeetingPage.objects.only("pk").autocomplete(folding.words(words), order_by_relevance=False)
        return self.filter(Q(pk__in=[page.pk for page in found]) | Q(venue__name__icontains=words))


def meetings() -> MeetingsOnTheDesk:
    return MeetingsOnTheDesk(MeetingPage)


def colleague(key: str) -> Coalesce:
    """The name of a member of staff, or what they sign in with."""
    name = Trim(Concat(f"{key}__first_name", Value(" "), f"{key}__last_name"))
    return Coalesce(NullIf(name, Value("")), F(f"{key}__username"))


class InvitationsOnTheDesk(models.QuerySet[Invitation]):
    """Invitations with the last word of each resident."""

    def with_answers(self) -> "InvitationsOnTheDesk":
        """With `choice`, `guests`, `means`, `answered_at` and `let_in` (by whom); None where there is no answer.

        `earlier` is what they had answered to a date or place that has changed since, until they answer again.
        """
        last = Answer.objects.current().filter(invitation=OuterRef("pk"))
        earlier = Answer.objects.for_an_earlier_date().filter(invitation=OuterRef("pk"))
        return self.annotate(
            choice=Subquery(last.values("choice")),
            guests=Subquery(last.values("guests")),
            means=Subquery(last.values("channel")),
            answered_at=Subquery(last.values("answered_at")),
            let_in=Subquery(last.filter(let_in_by__isnull=False).values(by=colleague("let_in_by"))),
            earlier=Subquery(earlier.values("choice")[:1]),
        )

    def with_notes(self) -> "InvitationsOnTheDesk":
        """With `notes`: what their calendar programs told the town hall besides, the latest first."""
        said = CalendarReply.objects.exclude(comment="", proposed_start=None).order_by("-pk")
        return self.prefetch_related(Prefetch("calendar_replies", said, to_attr="notes"))

    def latest_answers_first(self) -> "InvitationsOnTheDesk":
        return self.order_by(F("answered_at").desc(nulls_last=True), "resident__folded", "pk")

    def saying(self, choices: Collection[str]) -> "InvitationsOnTheDesk":
        """Those whose last word is one of these; NOTHING stands for no answer at all."""
        return self.filter(Q(choice__in=choices) | (Q(choice__isnull=True) if NOTHING in choices else Q()))

    def of_people_called(self, words: str) -> "InvitationsOnTheDesk":
        return self.filter(resident__in=Resident.objects.called(words))


def invitations(meeting: MeetingPage) -> InvitationsOnTheDesk:
    return InvitationsOnTheDesk(Invitation).filter(meeting=meeting).select_related("resident")


def letters(meeting: MeetingPage) -> DeliveryQuerySet:
    """The last letter to each resident.

    The few who have several are looked up first, rather than each letter compared with the others: that takes
    statistics, which a table that just received thousands of rows does not have yet, and this page is looked at in
    that very minute.
    """
    told = announcing.letters_of(meeting)
    several = told.order_by().values("resident").annotate(last=Max("pk"), number=Count("pk")).filter(number__gt=1)
    last_of = dict(several.values_list("resident", "last"))
    return told.filter(~Q(resident__in=list(last_of)) | Q(pk__in=last_of.values())).by_reader()


def choices(meeting: MeetingPage) -> dict[int, str]:
    """The last word of each resident who answered, by their key; in one query, for the same reason."""
    answers = Answer.objects.current().filter(invitation__meeting=meeting)
    return dict(answers.order_by().values_list("invitation__resident", "choice"))
