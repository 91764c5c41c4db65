"""What do the text messages about a meeting say? Who writes, what, when, where, the answer's page, and how to stop."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Town
from communities.post import gsm, texting
from meetings import rsvp
from meetings.calendars import calendar_files
from meetings.models import Invitation


def expected(told: calendar_files.MeetingFacts, *, invitation: Invitation, town: Town) -> str:
    return about(told, opening=_("%(town)s: you are expected:"), invitation=invitation, town=town)


def reminder(told: calendar_files.MeetingFacts, *, invitation: Invitation, town: Town) -> str:
    return about(told, opening=_("%(town)s: reminder:"), invitation=invitation, town=town)


def cancelled(told: calendar_files.MeetingFacts, *, invitation: Invitation, town: Town) -> str:
    return about(told, opening=_("%(town)s: CANCELLED:"), invitation=invitation, town=town)


def postponed(told: calendar_files.MeetingFacts, *, invitation: Invitation, town: Town) -> str:
    return about(told, opening=_("%(town)s: POSTPONED:"), invitation=invitation, town=town)


def about(told: calendar_files.MeetingFacts, *, opening: str, invitation: Invitation, town: Town) -> str:
    """At most two parts: a long title is cut, never the date, the place's name or the link."""
    place = f", {told.place.partition(',')[0]}" if told.place else ""
    link = settings.SITE_URL + reverse("meetings:answer", args=[rsvp.token_of(invitation)])
    return gsm.fitted(
        before=f"{opening % {'town': town}} ",
        title=told.title,
        after=f", {moment(told)}{place}. {link} {texting.way_out(town)}",
    )


def moment(told: calendar_files.MeetingFacts) -> str:
    """jeu. 3 déc., 18 h 30."""
    language, local = get_language(), timezone.localtime(told.starts_at)
    day = typography.day(local, language=language, pattern="EEE {d} MMM")
    return f"{day}, {typography.clock(local, language=language)}"
