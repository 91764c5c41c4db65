"""Who hears of a milestone, who gets the news of their projects, and never twice."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities import scopes
from communities.models import Channel, Community, Delivery, DeliveryState, Mailing, MutedTopic, Origin, Topic
from communities.post.kinds import letter_kinds
from engagement.models import Passage, ProjectPage, Stage
from engagement.story import following
from engagement.story.following import Digest, Milestone
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory, a_mailbox
from tests.communities.post.factories import DeliveryFactory
from tests.engagement.factories import ProjectPageFactory, TeammateFactory
from tests.factories import StaffFactory
from tests.meetings.factories import MeetingPageFactory, evening

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def mailbox() -> None:
    a_mailbox()


def sender() -> User:
    """Who may press Send."""
    user: User = StaffFactory(communication=True)
    return user


def a_project(title: str = "Les bancs", **facts: object) -> ProjectPage:
    page: ProjectPage = ProjectPageFactory(title=title, community=CommunityFactory(), **facts)
    return page


def passed(page: ProjectPage, stage: Stage = Stage.DELIVERED, *, days_ago: int = 1, words: str = "") -> Passage:
    """Written down, as `passing.note` does, without its letter."""
    return Passage.objects.create(
        project=page.project,
        from_stage=Stage.UNDER_WAY,
        to_stage=stage,
        words=words,
        passed_at=NOW - days_ago * DAY,
    )


def follower(community: Community, **facts: object) -> object:
    """A member who agreed to be told of it by e-mail."""
    resident = ResidentFactory(**{"allows": [scopes.scope_of(community)], **facts})
    MembershipFactory(community=community, resident=resident, consenting=False)
    return resident


def addressees(mailing: Mailing) -> set[int | None]:
    return set(mailing.deliveries.values_list("resident", flat=True))


def test_members_who_agreed_are_told_and_the_others_are_counted_with_the_reason() -> None:
    page = a_project()
    told = follower(page.project.community)
    MembershipFactory(community=page.project.community, consenting=False)
    follower(CommunityFactory())

    audience = following.readers(tidings=Milestone(passed(page)))

    assert [each.resident for each in audience.recipients] == [told]
    assert sum(audience.left_out.values()) == 1


def test_whoever_agreed_to_every_meeting_and_is_a_member_is_told() -> None:
    page = a_project()
    follower(page.project.community, allows=[scopes.TOWN])
    ResidentFactory(allows=[scopes.TOWN])

    assert len(following.readers(tidings=Milestone(passed(page))).recipients) == 1


def test_those_who_carry_it_heard_before_and_are_not_told_again() -> None:
    page = a_project()
    TeammateFactory(project=page.project, resident=follower(page.project.community))

    assert following.readers(tidings=Milestone(passed(page))).recipients == []


@pytest.mark.parametrize(("trait", "channel"), [("by_post", Channel.LETTER), ("without_email", Channel.PHONE)])
def test_whoever_has_no_email_is_told_by_hand(trait: str, channel: Channel) -> None:
    page = a_project()
    follower(page.project.community, **{trait: True})

    mailing = following.tell(tidings=Milestone(passed(page)), by=sender(), now=NOW)

    assert mailing.deliveries.get().channel == channel


def test_whoever_wants_no_news_is_left_alone() -> None:
    page = a_project()
    resident = follower(page.project.community)
    MutedTopic.objects.create(resident=resident, topic=Topic.NEWS, origin=Origin.WEB, muted_at=NOW)

    assert following.readers(tidings=Milestone(passed(page))).recipients == []


def test_a_milestone_is_told_once() -> None:
    page = a_project()
    follower(page.project.community)
    passage = passed(page)
    following.tell(tidings=Milestone(passage), by=sender(), now=NOW)

    with pytest.raises(following.AlreadyTold):
        following.tell(tidings=Milestone(passage), by=sender(), now=NOW)
    assert [each.told for each in following.milestones(now=NOW)] == [True]


def test_a_test_is_no_telling() -> None:
    passage = passed(a_project())

    following.send_test(tidings=Milestone(passage), address="nora@example.org", by=sender(), now=NOW)

    assert [each.told for each in following.milestones(now=NOW)] == [False]


def test_nothing_leaves_without_a_public_page_a_mailbox_or_a_reader() -> None:
    page = a_project()
    passage = passed(page)
    with pytest.raises(following.NobodyToTell):
        following.tell(tidings=Milestone(passage), by=sender(), now=NOW)
    page.unpublish()
    with pytest.raises(following.NoPage):
        following.tell(tidings=Milestone(passage), by=sender(), now=NOW)
    assert not Mailing.objects.exists()


def test_figures_that_changed_since_they_were_seen_send_nothing() -> None:
    page = a_project()
    follower(page.project.community)

    with pytest.raises(following.AudienceChanged):
        following.tell(tidings=Milestone(passed(page)), by=sender(), now=NOW, expecting=2)
    assert not Mailing.objects.exists()


def test_a_reader_of_enough_letters_reads_it_in_the_weekly_one() -> None:
    page = a_project()
    sated = follower(page.project.community)
    for _letter in range(4):
        DeliveryFactory(
            resident=sated, state=DeliveryState.SENT, ended_at=NOW - DAY, counts_as_unasked=True, mailing__kind="letter"
        )

    mailing = following.tell(tidings=Milestone(passed(page)), by=sender(), now=NOW)

    assert mailing.deliveries.get().state == DeliveryState.HELD


def test_only_milestones_of_the_season_are_offered() -> None:
    page = a_project()
    passed(page, Stage.DELIVERED, days_ago=200)
    passed(page, Stage.STEWARDSHIP)
    shown = passed(page, Stage.TAKEN_BACK)

    assert list(following.milestones(now=NOW)) == [shown]


def lines(mailing: Mailing, resident: object) -> str:
    kind = letter_kinds[mailing.kind]
    delivery = mailing.deliveries.get(resident=resident)
    return kind.personal(mailing=mailing, deliveries=[delivery])[delivery.pk]["lines"]


def test_news_reach_each_follower_once_with_their_own_projects() -> None:
    benches, pond, quiet = a_project("Les bancs"), a_project("La mare"), a_project("Les nichoirs")
    of_both, of_one = follower(benches.project.community), follower(pond.project.community)
    MembershipFactory(community=pond.project.community, resident=of_both)
    follower(quiet.project.community)
    passed(benches)
    MeetingPageFactory(
        title="On creuse", communities=[pond.project.community], held=True, starts_at=evening(in_days=-2)
    )

    mailing = following.tell(tidings=following.digest_now(now=NOW), by=sender(), now=NOW)

    assert addressees(mailing) == {of_both.pk, of_one.pk}
    assert all(title in lines(mailing, of_both) for title in ("Les bancs", "La mare", "On creuse"))
    assert "Les bancs" not in lines(mailing, of_one)
    assert "Les nichoirs" not in lines(mailing, of_both)


def test_by_email_nobody_hears_of_what_they_did_not_agree_to() -> None:
    benches, pond = a_project("Les bancs"), a_project("La mare")
    resident = follower(benches.project.community)
    MembershipFactory(community=pond.project.community, resident=resident, consenting=False)
    passed(benches)
    passed(pond)

    mailing = following.tell(tidings=following.digest_now(now=NOW), by=sender(), now=NOW)

    assert "Les bancs" in lines(mailing, resident)
    assert "La mare" not in lines(mailing, resident)


def test_the_next_news_begin_where_the_last_ended() -> None:
    page = a_project()
    follower(page.project.community)
    passed(page)
    first = following.digest_now(now=NOW)
    following.tell(tidings=first, by=sender(), now=NOW)

    with pytest.raises(following.AlreadyTold):
        following.tell(tidings=first, by=sender(), now=NOW)
    with pytest.raises(following.NothingNew):
        following.tell(tidings=following.digest_now(now=NOW + DAY), by=sender(), now=NOW + DAY)
    passed(page, Stage.TAKEN_BACK, days_ago=-1)
    assert following.digest_now(now=NOW + 2 * DAY).told


def test_a_key_names_its_season_to_the_microsecond() -> None:
    digest = Digest(since=NOW - DAY, until=NOW)

    again = following.digest_of(digest.key)

    assert len(digest.key) <= 64
    assert abs(again.until - NOW) < dt.timedelta(milliseconds=1)


def test_a_draft_of_a_project_is_no_news() -> None:
    passed(ProjectPageFactory(community=CommunityFactory(), draft=True))

    assert following.digest_now(now=NOW).told == []


def test_a_letter_to_an_unpublished_page_no_longer_leaves() -> None:
    page = a_project()
    follower(page.project.community)
    mailing = following.tell(tidings=Milestone(passed(page)), by=sender(), now=NOW)
    page.unpublish()

    kind, deliveries = letter_kinds[mailing.kind], list(mailing.deliveries.all())

    assert set(kind.still_true(mailing=Mailing.objects.get(), deliveries=deliveries, now=NOW)) == {deliveries[0].pk}


def test_whoever_left_the_community_meanwhile_gets_no_news() -> None:
    page = a_project()
    resident = follower(page.project.community)
    passed(page)
    mailing = following.tell(tidings=following.digest_now(now=NOW), by=sender(), now=NOW)
    resident.memberships.all().delete()
    resident.consent_events.create(
        channel=Channel.EMAIL,
        scope=scopes.scope_of(page.project.community),
        granted=False,
        wording="sign-up-1",
        origin=Origin.WEB,
        occurred_at=NOW,
    )

    deliveries = list(mailing.deliveries.all())

    assert letter_kinds[mailing.kind].still_true(mailing=mailing, deliveries=deliveries, now=NOW)


@pytest.mark.parametrize("what", ["milestone", "news"])
def test_the_number_of_queries_does_not_grow_with_the_readers(what: str) -> None:
    page = a_project()
    passage = passed(page)

    def counted(now: dt.datetime) -> int:
        tidings = Milestone(passage) if what == "milestone" else following.digest_now(now=now)
        by = sender()
        with CaptureQueriesContext(connection) as asked:
            following.tell(tidings=tidings, by=by, now=now)
        Delivery.objects.all().delete()
        Mailing.objects.all().delete()
        return len(asked)

    follower(page.project.community)
    few = counted(NOW)
    for _reader in range(10):
        follower(page.project.community)

    assert counted(NOW) <= few
