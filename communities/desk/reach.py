"""Before anything is sent: how many people would be told, by which channel, in which language, and why?"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from communities import scopes, typography
from communities.audience import Audience
from communities.models import Channel
from communities.post import digest_times, sparing
from communities.post.kinds import letter_kinds

BY_CHANNEL = {
    Channel.EMAIL: gettext_lazy("%(number)s by e-mail"),
    Channel.LETTER: gettext_lazy("%(number)s by post"),
    Channel.PHONE: gettext_lazy("%(number)s by telephone"),
}


@dataclass(frozen=True)
class Reach:
    """People counted every way that matters before they are told."""

    number: int
    sentence: str
    by_email: int
    by_hand: int
    reasons: list[tuple[str, int]]
    languages: list[tuple[str, int]]
    left_out: list[tuple[str, int]]


def of(concerned: Audience) -> Reach:
    by_scope, by_email = concerned.by_scope(), concerned.by_channel().get(Channel.EMAIL, 0)
    names = scopes.names_of(by_scope)
    number = len(concerned.recipients)
    return Reach(
        number=number,
        sentence=sentence(concerned),
        by_email=by_email,
        by_hand=number - by_email,
        reasons=[(names[scope], people) for scope, people in by_scope.items()],
        languages=[(language_name(code), people) for code, people in concerned.by_language().items()],
        left_out=[(str(why), people) for why, people in concerned.left_out.most_common()],
    )


def spared(concerned: Audience, *, kind: str, now: datetime, happens_at: datetime | None = None) -> list[str]:
    """Of those told by e-mail: how many would not get this letter now, and when they will know. Three queries.

    `happens_at` is when what it tells takes place, if it does.
    """
    by_email = {each.resident.pk for each in concerned.recipients if each.is_by_email}
    found = sparing.of(kind=letter_kinds[kind], residents=by_email, now=now)
    paused, sated = len(found.paused), len(found.sated - found.paused.keys())
    hurried = digest_times.is_near(happens_at, now=now)
    told_soon = sated_sentence_of_what_is_near(sated) if hurried else sated_sentence(sated, now=now)
    return [*told_soon, *paused_sentence(paused)]


def sated_sentence(number: int, *, now: datetime) -> list[str]:
    thursday = timezone.localdate(digest_times.next_one(after=now))
    weekday = typography.day(thursday, language=get_language(), pattern="EEEE")
    words = ngettext(
        "%(number)s person has already been sent %(most)s letters in thirty days: they read this one in the weekly"
        " letter, on %(weekday)s.",
        "%(number)s people have already been sent %(most)s letters in thirty days: they read this one in the weekly"
        " letter, on %(weekday)s.",
        number,
    )
    said = {"most": settings.MOST_UNASKED_LETTERS, "weekday": weekday}
    return [words % (written(number) | said)] if number else []


def sated_sentence_of_what_is_near(number: int) -> list[str]:
    """Of a meeting that does not wait for Thursday."""
    words = ngettext(
        "%(number)s person has already been sent %(most)s letters in thirty days: they read this one in a summary, sent"
        " before the meeting.",
        "%(number)s people have already been sent %(most)s letters in thirty days: they read this one in a summary,"
        " sent before the meeting.",
        number,
    )
    return [words % (written(number) | {"most": settings.MOST_UNASKED_LETTERS})] if number else []


def paused_sentence(number: int) -> list[str]:
    words = ngettext(
        "%(number)s person is taking a break: they read it in the weekly letter that follows.",
        "%(number)s people are taking a break: they read it in the weekly letter that follows.",
        number,
    )
    return [words % written(number)] if number else []


def sentence(concerned: Audience) -> str:
    """This goes to 143 people: 121 by e-mail, 14 by post, 8 by telephone."""
    number = len(concerned.recipients)
    people = ngettext("This goes to %(number)s person", "This goes to %(number)s people", number) % written(number)
    ways = [BY_CHANNEL[Channel(channel)] % written(count) for channel, count in concerned.by_channel().items()]
    return _("%(people)s: %(ways)s.") % {"people": people, "ways": ", ".join(ways)}


def written(number: int) -> dict[str, str]:
    """6 500 as the reader writes it, for a sentence."""
    return {"number": typography.number(number, language=get_language())}


def language_name(code: str) -> str:
    return str(get_language_info(code)["name_translated"])
