"""What does the room of meetings keep for a while, how does it go, and what says that we heard of someone?"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from communities import signing_up
from communities.retention.lengths import days, months
from communities.retention.of_this_room import ADVICE, MINIMAL, PROMISED
from communities.retention.rules import Reach, RetentionRule, deleting

from . import counting, forgetting
from .models import Answer, CalendarKey, HelpAsked, MeetingPage, Registration, WaitingPlace

ATTENDANCE = _("A year, as a Paris neighbourhood council keeps its attendance sheets; then figures only")


def count(keys: Sequence[Any], reach: Reach) -> int:
    counting.count(meetings=keys, now=reach.now)
    return len(keys)


def title(meeting: MeetingPage) -> str:
    return str(meeting.title)


RULES = {
    "answers": RetentionRule(
        label=_("Who was invited to a meeting, and what each answered"),
        what_goes=_("The names. The meeting keeps its figures; numbers under five are put together."),
        length=months(12),
        least=months(6),
        most=months(24),
        source=ATTENDANCE,
        due=lambda reach: counting.still_named(before=reach.before),
        moment="ends_at",
        let_go=count,
        archived=counting.told,
        shown=title,
        batch=20,
    ),
    "calendars": RetentionRule(
        label=_("Calendars of one’s own that no program reads"),
        what_goes=_("The address of the calendar; the person may ask for another."),
        length=days(400),
        least=months(6),
        most=months(24),
        source=MINIMAL,
        due=lambda reach: forgetting.unread_calendars(before=reach.before),
        moment="created_at",
        let_go=deleting(CalendarKey),
        runs=True,
    ),
    "comments": RetentionRule(
        label=_("Words sent with an answer, after the meeting"),
        what_goes=_("The words; the answer stays."),
        length=days(30),
        least=days(7),
        most=months(6),
        source=MINIMAL,
        due=lambda reach: forgetting.comments_on_what_is_over(before=reach.before),
        moment="received_at",
        let_go=forgetting.forget_comments,
        runs=True,
    ),
    "help": RetentionRule(
        label=_("What would help someone come, after the meeting"),
        what_goes=_("All of it: it may tell of their health."),
        length=days(0),
        least=days(0),
        most=days(7),
        source=_("Close to data on health: deleted as soon as the meeting is over (GDPR article 9)"),
        due=lambda reach: forgetting.help_given(before=reach.before),
        moment="asked_at",
        let_go=deleting(HelpAsked),
        runs=True,
    ),
    "registrations": RetentionRule(
        label=_("Seats asked for and never confirmed"),
        what_goes=_("The request and the letter that asked to confirm it."),
        length=days(signing_up.GOOD_FOR.days),
        least=days(signing_up.GOOD_FOR.days),
        most=days(90),
        source=PROMISED,
        due=lambda reach: forgetting.unconfirmed_registrations(before=reach.before),
        moment="created_at",
        let_go=deleting(Registration),
        afterwards=forgetting.tidy_registrations,
        runs=True,
    ),
    "waiting": RetentionRule(
        label=_("Places on waiting lists, after the meeting"),
        what_goes=_("The place in line and the letters about it."),
        length=days(90),
        least=days(30),
        most=months(12),
        source=ADVICE,
        due=lambda reach: forgetting.waited_for(before=reach.before),
        moment="asked_at",
        let_go=deleting(WaitingPlace),
        afterwards=forgetting.tidy_waiting,
        runs=True,
    ),
}

SIGNS = [
    ("meetings.answered", lambda: Answer.objects.all(), "invitation__resident", "answered_at"),
    ("meetings.registered", lambda: Registration.objects.all(), "resident", "confirmed_at"),
]
