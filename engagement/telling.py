"""Who carries an idea or a project, and how do they hear what becomes of it?"""

import datetime as dt

from django.utils.translation import gettext as _

from communities.inbound.forwarding import mailbox_among
from communities.models import Channel, Priority, Resident, Suppression, Town
from communities.post import mailings

from .models import Idea, IdeaStage, Passage, Project, TeamRole

LETTER_KIND = "passage"
NEWS_KIND = "idea-news"
# What those who support an idea wait for.
ANSWERS = {*IdeaStage.answered(), IdeaStage.WITHDRAWN}


def holders_of(thing: Idea | Project) -> list[Resident]:
    """The residents who carry it, whoever may speak for it first."""
    if isinstance(thing, Idea):
        return [thing.resident]
    team = thing.team.filter(role__in=TeamRole.carrying(), resident__erased_at__isnull=True)
    mates = sorted(team.select_related("resident"), key=lambda mate: (mate.role != TeamRole.SPOKESPERSON, mate.pk))
    return [mate.resident for mate in mates]


def tell_of(*, passage: Passage, now: dt.datetime) -> None:
    """Those who carry it, and those who support an idea and asked what becomes of it; in the caller's transaction."""
    tell_holders(passage=passage, now=now)
    tell_supporters(passage=passage, now=now)


def tell_supporters(*, passage: Passage, now: dt.datetime) -> None:
    """What became of an idea that everyone may read, once it has its answer; by e-mail, which is how they asked."""
    idea = passage.idea
    if idea is None or not idea.is_public or passage.to not in ANSWERS:
        return
    asked = idea.supports.filter(wants_news=True, confirmed_at__isnull=False).exclude(resident__email="")
    readers = list(asked.exclude(resident=idea.resident_id).values_list("resident", flat=True))
    if readers:
        mailings.post(
            kind=NEWS_KIND,
            key=str(passage.pk),
            title=_("%(what)s: %(title)s") % {"what": passage.sentence, "title": idea},
            addressees=[mailings.Addressee(resident) for resident in readers],
            now=now,
        )


def tell_holders(*, passage: Passage, now: dt.datetime) -> None:
    """A letter to each who carries it, by e-mail, on paper or by telephone."""
    thing = passage.thing
    if thing is None or not is_told(passage):
        return
    addressees = [
        mailings.Addressee(resident.pk, channel)
        for resident in holders_of(thing)
        if (channel := way_to(resident)) is not None
    ]
    if addressees:
        mailings.post(
            kind=LETTER_KIND,
            key=str(passage.pk),
            title=_("%(what)s: %(title)s") % {"what": passage.sentence, "title": thing},
            addressees=addressees,
            priority=Priority.TRANSACTIONAL,
            at_any_hour=True,
            now=now,
        )


def is_told(passage: Passage) -> bool:
    """Those who carry it hear of every passage, but for one from before this register, and their own withdrawal."""
    withdrew = passage.to == IdeaStage.WITHDRAWN and passage.by_resident_id is not None
    return bool(passage.from_stage) and not withdrew


def mailbox_of(project: Project) -> str:
    """Where the town hall reads of it: its officer's address, else its own; empty where neither may be written to."""
    return mailbox_among(*addresses_of(project))


def addresses_of(project: Project) -> list[str]:
    """Those at which the town hall reads of it today, the nearest first, in lower case; empty ones left in."""
    officer = project.officer
    return [(officer.email if officer and officer.is_active else "").lower(), Town.load().email.lower()]


def way_to(resident: Resident) -> Channel | None:
    """How an answer to what they did reaches them: the way they prefer, else any there is; None without any."""
    usable = bool(resident.email) and not Suppression.objects.standing().of(resident.email).exists()
    ways = {
        Channel.EMAIL: usable,
        Channel.LETTER: bool(resident.street),
        Channel.PHONE: bool(resident.phone),
    }
    able = [channel for channel, there in ways.items() if there]
    return min(able, key=lambda channel: channel != resident.preferred_channel, default=None)
