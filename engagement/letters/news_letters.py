"""What do the letters say to those who follow projects? A milestone of one, or the news of all they follow."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from communities import digest_letter, scopes, typography
from communities.audience import Recipient
from communities.models import Channel, Delivery, Mailing, Purpose, Topic
from communities.post.composing import (
    AFTER_HELLO,
    PREFERENCES_URL,
    UNSUBSCRIBE_URL,
    Letter,
    after_hello,
    placeholder,
)
from communities.post.kinds import DigestLine, LetterKind
from communities.post.writing import write
from engagement.models import Passage, Project
from engagement.story import following, news
from engagement.story.following import Digest, Milestone, Tidings


class ForFollowers(LetterKind):
    """News that nobody asked for by a gesture: consent, caps and the way out as for any announcement."""

    purpose = Purpose.ANNOUNCEMENTS
    topic = Topic.NEWS
    is_unasked = True
    goes_by_hand = True

    def tidings(self, mailing: Mailing) -> Tidings:
        raise NotImplementedError

    def projects(self, mailing: Mailing) -> list[Project]:
        """Asked once for as long as this mailing is in hand."""
        found: list[Project] = mailing.in_hand.get("projects") or self.tidings(mailing).projects
        mailing.in_hand["projects"] = found
        return found

    def scopes(self, *, mailing: Mailing) -> Collection[str]:
        return following.scopes_of(self.projects(mailing))

    def reasons(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> dict[int, str]:
        """For each delivery (by pk), the sentence at the foot."""
        projects = self.projects(mailing)
        readers = {each.resident_id for each in deliveries if each.resident_id}
        because = following.followers(projects=projects, among=readers)
        names = scopes.names_of(following.scopes_of(projects))
        return {
            each.pk: why(because.get(each.resident_id or 0, set()), names, is_test=mailing.is_test)
            for each in deliveries
        }


class MilestoneLetter(ForFollowers):
    """The convention is signed, work begins, it is there; or it was given up, and why."""

    @property
    def label(self) -> str:
        return _("milestone of a project, to those who follow it")

    def tidings(self, mailing: Mailing) -> Milestone:
        return milestone_of(mailing)

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        tidings = milestone_of(mailing)
        words = write(name="milestone", language=language, context=said(tidings.passage))
        return Letter(
            subject=typography.typeset(subject(tidings, mailing=mailing, language=language), language=language),
            text=words.text,
            html=words.html,
        )

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {pk: {"why": why} for pk, why in self.reasons(mailing=mailing, deliveries=deliveries).items()}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """What happened stays true; a page that was taken off the site must not be led to."""
        if page_url(milestone_of(mailing).passage):
            return {}
        return {delivery.pk: _("The page of the project is no longer published.") for delivery in deliveries}

    def digest_lines(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, DigestLine]:
        passage = milestone_of(mailing).passage
        line = DigestLine(
            title=f"{passage.project} – {passage.sentence}", url=page_url(passage), prompt=_("Read its story")
        )
        return {delivery.pk: line for delivery in deliveries}


class ProjectNewsLetter(ForFollowers):
    """One letter a follower: each of the projects they follow to which something happened."""

    @property
    def label(self) -> str:
        return _("news of projects, to those who follow them")

    def tidings(self, mailing: Mailing) -> Digest:
        return following.digest_of(mailing.key)

    def told(self, mailing: Mailing) -> list[news.News]:
        found: list[news.News] = mailing.in_hand.get("told") or self.tidings(mailing).told
        mailing.in_hand["told"] = found
        return found

    def projects(self, mailing: Mailing) -> list[Project]:
        return [each.project for each in self.told(mailing)]

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        context = {
            "name": placeholder(AFTER_HELLO),
            "lines": placeholder(digest_letter.LINES),
            "lines_html": placeholder(digest_letter.LINES_HTML),
            "why": placeholder("why"),
            "stop_url": placeholder(UNSUBSCRIBE_URL),
        }
        words = write(name="project_news", language=language, context=context)
        return Letter(
            subject=typography.typeset(
                subject(self.tidings(mailing), mailing=mailing, language=language), language=language
            ),
            text=words.text,
            html=words.html,
        )

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        reasons = self.reasons(mailing=mailing, deliveries=deliveries)
        return {
            pk: digest_letter.written([each.as_line() for each in told]) | {"why": reasons[pk]}
            for pk, told in self.for_each(mailing=mailing, deliveries=deliveries).items()
        }

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        told = self.for_each(mailing=mailing, deliveries=deliveries)
        return {pk: _("They no longer follow any of these projects.") for pk, theirs in told.items() if not theirs}

    def digest_lines(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, DigestLine]:
        told = self.for_each(mailing=mailing, deliveries=deliveries)
        return {
            pk: DigestLine(title=_("News of your projects"), text="\n".join(each.title for each in theirs))
            for pk, theirs in told.items()
        }

    def for_each(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> dict[int, list[news.News]]:
        """For each delivery (by pk), the news of what they follow and agreed to be told of; all, for a test."""
        everything = self.told(mailing)
        projects = self.projects(mailing)
        readers = {each.resident_id for each in deliveries if each.resident_id}
        by_email = following.allowed(projects=projects, among=readers)
        followed = following.followers(projects=projects, among=readers)
        found: dict[int, list[news.News]] = {}
        for each in deliveries:
            about = by_email if each.channel == Channel.EMAIL else followed
            theirs = about.get(each.resident_id or 0, set())
            found[each.pk] = [one for one in everything if mailing.is_test or is_about(one, theirs)]
        return found


def is_about(told: news.News, theirs: Collection[str]) -> bool:
    community = told.project.community
    return community is not None and scopes.scope_of(community) in theirs


def milestone_of(mailing: Mailing) -> Milestone:
    passage: Passage = mailing.in_hand.get("passage") or Passage.objects.select_related(
        "project__community", "project__page"
    ).get(pk=mailing.key)
    mailing.in_hand["passage"] = passage
    return Milestone(passage)


def said(passage: Passage) -> dict[str, Any]:
    return {
        "passage": passage,
        "project": passage.project,
        "page_url": page_url(passage),
        "name": placeholder(AFTER_HELLO),
        "why": placeholder("why"),
        "stop_url": placeholder(UNSUBSCRIBE_URL),
    }


def page_url(passage: Passage) -> str:
    """Where everyone reads of it; empty while nobody may."""
    page = getattr(passage.project, "page", None)
    return settings.SITE_URL + (page.url or "") if page is not None and page.live else ""


def subject(tidings: Tidings, *, mailing: Mailing, language: str) -> str:
    with translation.override(language):
        title = tidings.title
        return _("[Test] %(subject)s") % {"subject": title} if mailing.is_test else title


def why(because: Collection[str], names: Mapping[str, str], *, is_test: bool) -> str:
    if is_test:
        return _("You receive this letter because you asked for a test.")
    known = [names[scope] for scope in sorted(because)] or [scopes.names_of([scopes.TOWN])[scopes.TOWN]]
    return _("You receive this letter because it concerns: %(because)s.") % {"because": ", ".join(known)}


def preview(*, kind: ForFollowers, tidings: Tidings, recipient: Recipient, now: datetime) -> Letter:
    """As it would leave now to `recipient`; for whoever has no e-mail, the words alone. Nothing is kept."""
    resident = recipient.resident
    mailing = Mailing(kind=tidings.kind, key=tidings.key, created_at=now)
    delivery = Delivery(pk=0, mailing=mailing, resident=resident, channel=recipient.channel)
    with translation.override(resident.language):
        letter = kind.compose(mailing=mailing, language=resident.language)
        values = kind.personal(mailing=mailing, deliveries=[delivery])[0]
    nowhere = {UNSUBSCRIBE_URL: settings.SITE_URL, PREFERENCES_URL: settings.SITE_URL}
    filled = letter.filled({AFTER_HELLO: after_hello(str(resident)), **nowhere, **values})
    return filled if recipient.is_by_email else Letter(subject=filled.subject, text=filled.text)
