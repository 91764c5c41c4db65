"""Who follows a project, and what are they told? A milestone, or the news of all: on a person's press, once each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import audience, scopes
from communities.models import Channel, Community, Mailing, Topic, Town
from communities.post import hours, mailings
from engagement import permissions, telling
from engagement.models import Passage, Project, Scheme, Stage
from engagement.refusals import Refusal, refuse_unless

from . import news

MILESTONE, DIGEST = "milestone", "project_news"
MILESTONES = [Stage.SIGNED, Stage.UNDER_WAY, Stage.DELIVERED, Stage.TAKEN_BACK, Stage.GIVEN_UP]
# How far the first letter of news looks back, and how long a milestone is news.
SEASON = dt.timedelta(days=90)


class CannotTell(Refusal):
    """It cannot be told to those who follow it."""


class NoPage(CannotTell):
    """There is nothing for them to read."""

    MESSAGE = gettext_lazy("Publish the page of the project first: the letter leads there.")


class NoMailbox(CannotTell):
    """It would leave from an address that nobody reads."""

    MESSAGE = gettext_lazy("Fill in the town hall’s mailbox first, under “Settings”, “The town hall”.")


class NothingNew(CannotTell):
    """Nothing happened since the last one."""

    MESSAGE = gettext_lazy("Nothing has happened in the public projects since the last letter of news.")


class AlreadyTold(CannotTell):
    """Somebody pressed Send before."""

    MESSAGE = gettext_lazy("Those who follow it have already been told.")


class NobodyToTell(CannotTell):
    """No channel reaches anyone."""

    MESSAGE = gettext_lazy("Nobody who follows it can be reached for now.")


class AudienceChanged(CannotTell):
    """Not the people whose number someone saw before pressing Send."""

    MESSAGE = gettext_lazy(
        "The number of people it reaches has changed since you looked: check the new figures, then send."
    )


class Tidings(Protocol):
    """Something to tell followers, as the post and the desk see it."""

    @property
    def kind(self) -> str: ...

    @property
    def key(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def projects(self) -> list[Project]: ...

    def refuse_the_impossible(self) -> None:
        """Raise CannotTell."""


@dataclass(frozen=True)
class Milestone:
    """A passage that everyone around a project would like to hear of."""

    passage: Passage
    kind: str = MILESTONE

    @property
    def key(self) -> str:
        return str(self.passage.pk)

    @property
    def title(self) -> str:
        return _("%(what)s: %(title)s") % {"what": self.passage.sentence, "title": self.passage.project}

    @property
    def projects(self) -> list[Project]:
        return [self.passage.project] if self.passage.project else []

    def refuse_the_impossible(self) -> None:
        if not news.open_pages().filter(project=self.passage.project_id).exists():
            raise NoPage
        if was_told(kind=self.kind, key=self.key):
            raise AlreadyTold


@dataclass(frozen=True)
class Digest:
    """What is new in every public project since the last one was sent."""

    since: dt.datetime
    until: dt.datetime
    kind: str = DIGEST

    @property
    def key(self) -> str:
        return "/".join(f"{moment.timestamp():.6f}" for moment in (self.since, self.until))

    @property
    def title(self) -> str:
        return _("News of your projects")

    @cached_property
    def told(self) -> list[news.News]:
        return news.between(self.since, self.until)

    @property
    def projects(self) -> list[Project]:
        return [each.project for each in self.told]

    def refuse_the_impossible(self) -> None:
        if digest_now(now=self.until).since != self.since:
            raise AlreadyTold
        if not self.told:
            raise NothingNew


def digest_now(*, now: dt.datetime) -> Digest:
    """The one that would leave now; it begins where the last one ended."""
    last = Mailing.objects.filter(kind=DIGEST, is_test=False).order_by("-pk").first()
    return digest_of(last.key, until=now) if last else Digest(since=now - SEASON, until=now)


def digest_of(key: str, *, until: dt.datetime | None = None) -> Digest:
    """The one that a mailing's key names, or with `until` the one that follows it."""
    since, end = (dt.datetime.fromtimestamp(float(moment), tz=dt.UTC) for moment in key.split("/"))
    return Digest(since=end, until=until) if until else Digest(since=since, until=end)


def milestones(*, now: dt.datetime, project: Project | None = None) -> Iterable[Passage]:
    """Those of the last months, the latest first, each with `told`: whether its followers were."""
    mailed = Mailing.objects.filter(kind=MILESTONE, is_test=False, key=Cast(OuterRef("pk"), CharField()))
    found = Passage.objects.filter(project__isnull=False, from_stage__gt="", to_stage__in=MILESTONES)
    found = found.filter(passed_at__gt=now - SEASON) if project is None else found.filter(project=project)
    return found.annotate(told=Exists(mailed)).select_related("project__community").order_by("-passed_at", "-pk")


def was_told(*, kind: str, key: str) -> bool:
    return Mailing.objects.filter(kind=kind, key=key, is_test=False).exists()


def communities_of(projects: Iterable[Project]) -> list[Community]:
    return [project.community for project in projects if project.community]


def scopes_of(projects: Iterable[Project]) -> list[str]:
    """Any one of which allows a letter: their communities, and the whole town."""
    return scopes.scopes_of(communities=communities_of(projects), whole_town=True)


def followers(*, projects: Collection[Project], among: Collection[int] | None = None) -> dict[int, set[str]]:
    """Members of their communities, and those who asked to be told of these, by pk, with the scopes that say so."""
    communities = communities_of(projects)
    found = audience.belonging(communities=communities, neighbourhoods=(), among=among)
    for (resident, _channel), agreed in audience.agreements(map(scopes.scope_of, communities)).items():
        if among is None or resident in among:
            found[resident] |= agreed
    return found


def allowed(*, projects: Collection[Project], among: Collection[int]) -> dict[int, set[str]]:
    """Of what each may be told by e-mail, among what they follow: what they agreed to, all if to the whole town."""
    agreed: dict[int, set[str]] = defaultdict(set)
    for (resident, channel), about in audience.agreements(scopes_of(projects)).items():
        if channel == Channel.EMAIL:
            agreed[resident] |= about
    followed = followers(projects=projects, among=among)
    return {who: about if scopes.TOWN in agreed[who] else about & agreed[who] for who, about in followed.items()}


def readers(*, tidings: Tidings) -> audience.Audience:
    """Everyone it reaches, once each, and how many it does not, by reason; those who carry it heard before."""
    projects = tidings.projects
    may_tell = scopes_of(projects)
    reached = audience.reached(
        concerned=followers(projects=projects),
        scopes=may_tell,
        agreed=audience.agreements(may_tell).keys(),
        topic=Topic.NEWS,
    )
    if tidings.kind != MILESTONE:
        return reached
    return reached.besides(each.pk for project in projects for each in telling.holders_of(project))


def refuse_the_impossible(*, tidings: Tidings) -> None:
    """Raise CannotTell, whoever it would reach."""
    if not Town.load().email:
        raise NoMailbox
    tidings.refuse_the_impossible()


@transaction.atomic
def tell(*, tidings: Tidings, by: User, now: dt.datetime, expecting: int | None = None) -> Mailing:
    """Post it to everyone it reaches. Two who press Send at once send once: one waits for the other's lock.

    `expecting` is the number of people that whoever pressed Send was shown. Raises MayNot or CannotTell.
    """
    refuse_unless(permissions.may_tell_followers(by))
    Scheme.objects.select_for_update().get(pk=Scheme.load().pk)
    refuse_the_impossible(tidings=tidings)
    recipients = readers(tidings=tidings).recipients
    if not recipients:
        raise NobodyToTell
    if expecting not in (None, len(recipients)):
        raise AudienceChanged
    return mailings.post(
        kind=tidings.kind,
        key=tidings.key,
        title=tidings.title,
        addressees=[mailings.Addressee(each.resident.pk, each.channel) for each in recipients],
        created_by=by,
        now=now,
    )


def send_test(*, tidings: Tidings, address: str, by: User, now: dt.datetime) -> Mailing:
    """The letter as it would leave now, to a member of staff. Raises MayNot or CannotTell."""
    refuse_unless(permissions.may_tell_followers(by))
    refuse_the_impossible(tidings=tidings)
    title = _("Test: %(title)s") % {"title": tidings.title}
    return mailings.post_test(kind=tidings.kind, key=tidings.key, title=title, address=address, created_by=by, now=now)


def leaving(*, now: dt.datetime) -> dt.datetime:
    """When the letters of whoever presses Send now will leave."""
    return hours.leaving(now, at_any_hour=False)
