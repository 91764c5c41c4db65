"""How do the answers to a meeting become figures? A year later, for good, and the pages show the same numbers."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from communities.retention import activity
from communities.retention.rules import Facts
from meetings.models import (
    Answer,
    AnswerChannel,
    Choice,
    Invitation,
    InvitationOrigin,
    MeetingPage,
    MeetingTurnout,
    Registration,
)
from meetings.models.meeting import MeetingQuerySet

FEW = 5
SMALL = ""
OF_CHOICES = ("asked", "yes", "no", "maybe", "people")


def still_named(*, before: dt.datetime) -> MeetingQuerySet:
    """Meetings that ended before, and of which we still know who was asked."""
    asked = Invitation.objects.filter(meeting=OuterRef("pk"))
    registered = Registration.objects.filter(meeting=OuterRef("pk"))
    ended: MeetingQuerySet = MeetingPage.objects.filter(ends_at__lt=before)
    return ended.filter(Exists(asked) | Exists(registered))


@transaction.atomic
def count(*, meetings: Sequence[int], now: dt.datetime) -> None:
    """Write the figures of these meetings (by pk), then let go of every row that says who: a fixed number of queries.

    What was told of them, and its SEQUENCE, stays: announcements name nobody. Late rows are added to figures there are.
    """
    earlier = MeetingTurnout.objects.in_bulk(meetings, field_name="meeting_id")
    figures = figures_of(meetings)
    MeetingTurnout.objects.bulk_create(
        [turnout(pk, figures[pk], earlier.get(pk), now=now) for pk in meetings],
        update_conflicts=True,
        unique_fields=["meeting"],
        update_fields=[*OF_CHOICES, "was_announced", "by_channel", "by_neighbourhood", "counted_at"],
    )
    answers = Answer.objects.filter(invitation__meeting__in=meetings)
    activity.remember(answers, person="invitation__resident", at="answered_at")
    Invitation.objects.filter(meeting__in=meetings).delete()
    Registration.objects.filter(meeting__in=meetings).delete()


def turnout(pk: int, found: Mapping[str, Any], earlier: MeetingTurnout | None, *, now: dt.datetime) -> MeetingTurnout:
    before = {name: getattr(earlier, name) for name in OF_CHOICES} if earlier else dict.fromkeys(OF_CHOICES, 0)
    spread = {name: added(found[name], getattr(earlier, name, {})) for name in ("by_channel", "by_neighbourhood")}
    return MeetingTurnout(
        meeting_id=pk,
        was_announced=found["was_announced"] or bool(earlier and earlier.was_announced),
        counted_at=now,
        **{name: before[name] + found[name] for name in OF_CHOICES},
        **{name: without_small_numbers(numbers) for name, numbers in spread.items()},
    )


def figures_of(meetings: Sequence[int]) -> dict[int, dict[str, Any]]:
    """For each, what its rows say; four queries."""
    found: dict[int, dict[str, Any]] = {pk: nothing() for pk in meetings}
    asked = Invitation.objects.filter(meeting__in=meetings).order_by()
    announced = Count("pk", filter=Q(origin=InvitationOrigin.AUDIENCE))
    for pk, number, by_us in asked.values_list("meeting").annotate(number=Count("pk"), by_us=announced):
        found[pk] |= {"asked": number, "was_announced": by_us > 0}
    answers = Answer.objects.current().filter(invitation__meeting__in=meetings).order_by()
    by_choice = answers.values_list("invitation__meeting", "choice")
    for pk, choice, number, people in by_choice.annotate(number=Count("pk"), people=Sum(F("guests") + 1)):
        found[pk][choice] = number
        found[pk]["people"] += people if choice == Choice.YES else 0
    for name, by in (("by_channel", "channel"), ("by_neighbourhood", "invitation__resident__neighbourhood__name")):
        coming = answers.filter(choice=Choice.YES)
        for pk, word, number in coming.values_list("invitation__meeting", by).annotate(Count("pk")):
            found[pk][name][word or SMALL] += number
    return found


def nothing() -> dict[str, Any]:
    spread = {"by_channel": Counter[str](), "by_neighbourhood": Counter[str]()}
    return dict.fromkeys(OF_CHOICES, 0) | {"was_announced": False} | spread


def added(numbers: Mapping[str, int], earlier: Mapping[str, int]) -> Counter[str]:
    return Counter(numbers) + Counter(earlier)


def without_small_numbers(numbers: Mapping[str, int]) -> dict[str, int]:
    """The same people, with no number under five that would point at someone: the smallest are put together."""
    kept = Counter(numbers)
    pooled = kept.pop(SMALL, 0)
    for word, number in sorted(kept.items(), key=lambda pair: (pair[1], pair[0])):
        if number >= FEW and (pooled == 0 or pooled >= FEW):
            break
        pooled += kept.pop(word)
    return dict(sorted(kept.items())) | ({SMALL: pooled} if pooled else {})


def in_words(by_channel: Mapping[str, int]) -> dict[str, int]:
    words = {str(channel): str(label) for channel, label in AnswerChannel.choices}
    return {words.get(name, ""): number for name, number in by_channel.items()}


def told(meetings: Sequence[int]) -> Iterable[Facts]:
    """What the public archives may want of each, before it is counted: title, day, place and figures."""
    figures = figures_of(meetings)
    for meeting in MeetingPage.objects.filter(pk__in=meetings).select_related("venue").order_by("pk"):
        found = figures[meeting.pk]
        yield {
            "title": meeting.title,
            "kind": str(meeting.get_kind_display()),
            "starts_at": meeting.starts_at.isoformat() if meeting.starts_at else "",
            "venue": meeting.venue.name if meeting.venue else "",
            **{name: found[name] for name in OF_CHOICES},
            "by_channel": in_words(without_small_numbers(found["by_channel"])),
            "by_neighbourhood": without_small_numbers(found["by_neighbourhood"]),
        }
