"""Who would be told of a meeting, by which channel, and why?"""

import pytest
from django.utils import timezone

from communities import consent, wordings
from communities.models import Channel, Membership, Origin, Suppression
from meetings import audience
from tests.communities.factories import CommunityFactory, NeighbourhoodFactory, ResidentFactory
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db


def agree(resident, *scopes, channel=Channel.EMAIL):
    consent.grant(
        resident=resident,
        scopes=scopes,
        channel=channel,
        wording=wordings.SIGN_UP,
        origin=Origin.WEB,
        now=timezone.now(),
    )


def refuse(resident, scope):
    consent.record(
        resident=resident,
        scope=scope,
        granted=False,
        channel=Channel.LETTER,
        wording=wordings.PAPER,
        origin=Origin.STAFF,
        now=timezone.now(),
    )


def member(community, *, agreeing=True, **facts):
    resident = ResidentFactory(**facts)
    Membership.objects.create(community=community, resident=resident, joined_at=timezone.now())
    if agreeing:
        agree(resident, consent.scope_of(community))
    return resident


@pytest.fixture
def community():
    return CommunityFactory()


@pytest.fixture
def meeting(community):
    return MeetingPageFactory(communities=[community])


def told(meeting):
    return {recipient.resident: recipient.channel for recipient in audience.of(meeting=meeting).recipients}


def test_a_member_who_agreed_gets_an_email(meeting, community):
    resident = member(community)

    assert told(meeting) == {resident: Channel.EMAIL}


def test_an_erased_member_is_never_told(meeting, community):
    member(community, erased_at=timezone.now())

    assert told(meeting) == {}


def test_a_resident_of_three_communities_is_told_once_and_knows_the_three_reasons():
    communities = CommunityFactory.create_batch(3)
    meeting = MeetingPageFactory(communities=communities)
    resident = member(communities[0])
    for other in communities[1:]:
        Membership.objects.create(community=other, resident=resident, joined_at=timezone.now())

    (recipient,) = audience.of(meeting=meeting).recipients

    assert recipient.because == sorted(consent.scope_of(community) for community in communities)


def test_a_member_who_never_agreed_to_email_is_left_out_and_counted(meeting, community):
    member(community, agreeing=False)

    found = audience.of(meeting=meeting)

    assert found.recipients == []
    assert sum(found.left_out.values()) == 1


def test_a_withdrawn_consent_is_the_last_word(meeting, community):
    resident = member(community)
    consent.withdraw_everything(resident=resident, channel=Channel.EMAIL, origin=Origin.MAIL, now=timezone.now())

    assert told(meeting) == {}


def test_a_resident_who_follows_every_meeting_is_told_of_this_one(meeting):
    resident = ResidentFactory()
    agree(resident, consent.TOWN)

    assert told(meeting) == {resident: Channel.EMAIL}


def test_a_member_without_email_gets_a_letter_or_else_a_call(meeting, community):
    by_post = member(community, agreeing=False, email="", street="3 rue du Coron", phone="0199000001")
    by_phone = member(community, agreeing=False, email="", street="", phone="0199000002")

    assert told(meeting) == {by_post: Channel.LETTER, by_phone: Channel.PHONE}


def test_a_member_who_prefers_paper_gets_paper(meeting, community):
    resident = member(community, street="3 rue du Coron", preferred_channel=Channel.LETTER)

    assert told(meeting) == {resident: Channel.LETTER}


def test_a_member_who_refused_letters_is_not_written_to(meeting, community):
    refuse(member(community, agreeing=False, email="", street="3 rue du Coron", phone=""), consent.scope_of(community))

    assert told(meeting) == {}


@pytest.mark.parametrize(("trait", "channel"), [("by_post", Channel.LETTER), ("without_email", Channel.PHONE)])
def test_whoever_agreed_to_every_meeting_on_paper_or_by_telephone_is_told_that_way(meeting, trait, channel):
    resident = ResidentFactory(**{trait: True}, allows=[consent.TOWN])

    (recipient,) = audience.of(meeting=meeting).recipients

    assert recipient == audience.Recipient(resident, channel, [consent.TOWN])


def test_a_consent_to_letters_allows_no_email_and_needs_none(meeting):
    resident = ResidentFactory(street="3 rue du Coron", phone="0199000001")
    agree(resident, consent.TOWN, channel=Channel.LETTER)

    assert told(meeting) == {resident: Channel.LETTER}


def test_whoever_agreed_to_every_meeting_by_post_and_changed_their_mind_is_left_alone(meeting):
    resident = ResidentFactory(by_post=True, allows=[consent.TOWN])
    consent.withdraw_everything(resident=resident, channel=Channel.LETTER, origin=Origin.STAFF, now=timezone.now())

    assert told(meeting) == {}


def test_a_letter_refused_about_this_meeting_stays_refused_whatever_else_they_agreed_to(meeting, community):
    refuse(ResidentFactory(by_post=True, allows=[consent.TOWN]), consent.scope_of(community))

    assert told(meeting) == {}


def test_a_letter_refused_about_something_else_refuses_those_they_never_agreed_to(meeting, community):
    agreeing = ResidentFactory(by_post=True, allows=[consent.TOWN])
    silent = member(community, agreeing=False, email="", street="3 rue du Coron", preferred_channel=Channel.LETTER)
    for resident in (agreeing, silent):
        refuse(resident, consent.scope_of(CommunityFactory()))

    assert told(meeting) == {agreeing: Channel.LETTER}


def test_a_blocked_address_is_never_written_to(meeting, community):
    member(community, email="Ada@example.org", street="", phone="")
    Suppression.objects.create(address="ada@example.org", reason="550", created_at=timezone.now())

    assert told(meeting) == {}


def test_someone_with_a_blocked_address_is_called_instead(meeting, community):
    resident = member(community, email="ada@example.org", street="", phone="0199000003")
    Suppression.objects.create(address="ada@example.org", reason="550", created_at=timezone.now())

    assert told(meeting) == {resident: Channel.PHONE}


def test_a_neighbourhood_tells_those_who_live_there_and_those_who_follow_it():
    place = NeighbourhoodFactory()
    meeting = MeetingPageFactory(neighbourhoods=[place])
    dweller = ResidentFactory(email="", street="1 rue du Coron", neighbourhood=place)
    follower = ResidentFactory()
    agree(follower, consent.scope_of(place))

    assert told(meeting) == {dweller: Channel.LETTER, follower: Channel.EMAIL}


def test_the_counts_name_each_channel_and_each_reason(meeting, community):
    member(community)
    member(community, agreeing=False, email="", street="1 rue du Coron")

    found = audience.of(meeting=meeting)

    assert found.by_channel() == {"email": 1, "letter": 1}
    assert found.by_scope() == {consent.scope_of(community): 2}


@pytest.mark.parametrize("size", [3, 60])
def test_finding_the_audience_costs_the_same_queries_whatever_its_size(
    size, meeting, community, django_assert_max_num_queries
):
    for _each in range(size):
        member(community)

    with django_assert_max_num_queries(10):
        assert len(audience.of(meeting=meeting).recipients) == size
