"""Which meetings stand in a resident's own calendar, and who may read it?

Whoever has its address reads it, calendar programs among them, so it holds what its reader may lose: dates of public
meetings, and the answers of one person. Its links lead to the meetings' public pages and answer nothing.
"""

import dataclasses
import datetime as dt
import re
import secrets

from django.conf import settings
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from communities import own_links, scopes
from communities.models import Community, ConsentEvent, Neighbourhood, Purpose, Resident
from meetings import facts, said
from meetings.models import Answer, CalendarKey, MeetingPage, MeetingStatus
from meetings.models.calendar_key import SECRET_LENGTH
from meetings.models.meeting import MeetingQuerySet

from . import calendar_files, feeds

PURPOSE = "calendar"


def token_of(resident: Resident) -> str:
    """What the link to the page of one's calendar carries."""
    return own_links.sign(PURPOSE, resident)


def find(*, token: str) -> Resident | None:
    """The resident behind such a link, or None for a forged or forgotten one, or one sent to an earlier address."""
    return own_links.find(PURPOSE, token)


def of(resident: Resident) -> CalendarKey | None:
    """Their calendar, if they have one; none that was opened at an earlier address of theirs."""
    return CalendarKey.objects.filter(resident=resident, addresses_before=resident.addresses_before).first()


def key_of(*, secret: str) -> CalendarKey | None:
    """The calendar at an address; None once it was stopped or given another, or its resident has another e-mail."""
    if not re.fullmatch(rf"[0-9a-f]{{{SECRET_LENGTH}}}", secret):
        return None
    keys = CalendarKey.objects.select_related("resident").filter(resident__erased_at=None)
    return keys.filter(secret=secret, addresses_before=F("resident__addresses_before")).first()


def address_of(key: CalendarKey) -> str:
    path: str = reverse("meetings:own_ics", args=[key.secret])
    return settings.SITE_URL + path


def open_(*, resident: Resident, now: dt.datetime) -> CalendarKey:
    """An address for their calendar; the one they have, if they have one."""
    if of(resident) is None:
        stop(resident=resident)
    defaults = {"secret": new_secret(), "created_at": now, "addresses_before": resident.addresses_before}
    return CalendarKey.objects.get_or_create(resident=resident, defaults=defaults)[0]


def renew(*, resident: Resident, now: dt.datetime) -> None:
    """Another address; the old one leads nowhere from now on."""
    fresh = {"secret": new_secret(), "created_at": now, "last_read_on": None}
    CalendarKey.objects.filter(resident=resident).update(**fresh, addresses_before=resident.addresses_before)


def stop(*, resident: Resident) -> None:
    """No address any more; what programs have read stays in them."""
    CalendarKey.objects.filter(resident=resident).delete()


def hide_cancelled(*, resident: Resident, hide: bool) -> None:
    """Leave cancelled meetings out, or show them struck out."""
    CalendarKey.objects.filter(resident=resident).update(hides_cancelled=hide)


def new_secret() -> str:
    """128 random bits."""
    return secrets.token_hex(SECRET_LENGTH // 2)


def read(*, key: CalendarKey, request: HttpRequest, now: dt.datetime) -> feeds.Feed:
    """What a program receives there now; that it was read is kept, by the day."""
    today = timezone.localdate(now)
    if key.last_read_on != today:
        CalendarKey.objects.filter(pk=key.pk).update(last_read_on=today)
    meetings, answers = meetings_of(key, now=now), answers_of(key.resident)
    with translation.override(key.resident.language):
        rows = list(meetings.shown_by_calendars())
        shown = repr((settings.SITE_URL, key.resident.language, rows, sorted(answers.items())))
        return feeds.kept(
            which=f"own:{key.secret}", shown=shown, write=lambda: write(meetings, answers, request=request), now=now
        )


def meetings_of(key: CalendarKey, *, now: dt.datetime) -> MeetingQuerySet:
    """Those of their communities and neighbourhood, of all they asked to be told of, and those they were asked to."""
    resident = key.resident
    heard = heard_of(resident)
    asked = Q(invitations__resident=resident)
    circles = Q(communities__in=resident.communities.all()) | Q(neighbourhoods=resident.neighbourhood_id or 0)
    named = Q(communities__in=named_by(heard, Community)) | Q(neighbourhoods__in=named_by(heard, Neighbourhood))
    concerns = asked | circles | named
    wanted = MeetingPage.objects.all() if scopes.TOWN in heard else MeetingPage.objects.filter(concerns)
    if key.hides_cancelled:
        wanted = wanted.exclude(status=MeetingStatus.CANCELLED)
    return MeetingPage.objects.filter(pk__in=wanted.values("pk")).for_calendars(now)


def heard_of(resident: Resident) -> set[str]:
    """What they let us tell them of, by whatever channel."""
    events = ConsentEvent.objects.filter(resident=resident, purpose=Purpose.ANNOUNCEMENTS)
    return set(events.holding().values_list("scope", flat=True))


def named_by(heard: set[str], model: type[Community] | type[Neighbourhood]) -> list[int]:
    start = f"{model._meta.model_name}:"
    return [int(scope.removeprefix(start)) for scope in heard if scope.startswith(start)]


@dataclasses.dataclass(frozen=True, order=True)
class Said:
    """What they last answered."""

    choice: str
    guests: int
    at: dt.datetime


def answers_of(resident: Resident) -> dict[str, Said]:
    """Their last word on each meeting, by its UID."""
    last = Answer.objects.current().filter(invitation__resident=resident)
    rows = last.values_list("invitation__meeting__uid", "choice", "guests", "answered_at")
    return {str(uid): Said(choice, guests, at) for uid, choice, guests, at in rows}


def write(meetings: MeetingQuerySet, answers: dict[str, Said], *, request: HttpRequest) -> bytes:
    published = [facts.published(meeting=meeting, request=request) for meeting in meetings]
    told = [with_answer(one, answers.get(str(one.uid))) for one in published]
    return calendar_files.feed(told, name=_("My meetings"), uid_domain=facts.uid_domain(), zone=settings.TIME_ZONE)


def with_answer(told: calendar_files.MeetingFacts, answer: Said | None) -> calendar_files.MeetingFacts:
    """The meeting with what they said of it, where a calendar shows it: beside its title, and in its text."""
    if answer is None:
        return told
    words = said.choice(answer.choice)
    sentence = said.sentence(choice=answer.choice, guests=answer.guests)
    return dataclasses.replace(
        told,
        title=_("%(title)s (your answer: %(answer)s)") % {"title": told.title, "answer": words},
        description=f"{sentence}\n\n{told.description}".strip(),
        modified_at=max(told.modified_at, answer.at),
    )
