"""Letters of the town hall: whom they reach, that they leave once, and stay as they were."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from communities import consent, correspondence, scopes
from communities.models import Channel, Delivery, Mailing, Town, WrittenLetter
from tests.communities.factories import (
    CommunityFactory,
    MembershipFactory,
    NeighbourhoodFactory,
    ResidentFactory,
    WrittenLetterFactory,
    a_mailbox,
)
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mailbox() -> None:
    a_mailbox()


def told(letter: WrittenLetter) -> dict[Any, Channel]:
    return {each.resident: each.channel for each in correspondence.readers(letter=letter).recipients}


def send(letter: WrittenLetter, **facts: Any) -> Mailing:
    return correspondence.send(letter=letter, by=None, now=timezone.now(), **facts)


def test_a_letter_to_a_community_reaches_its_members_and_those_who_follow_it_and_nobody_else() -> None:
    community = CommunityFactory()
    member = MembershipFactory(community=community).resident
    follower = ResidentFactory(allows=[scopes.scope_of(community)])
    MembershipFactory()
    ResidentFactory(allows=[scopes.TOWN])

    assert told(WrittenLetterFactory(scopes=[scopes.scope_of(community)])) == {
        member: Channel.EMAIL,
        follower: Channel.EMAIL,
    }


def test_a_member_who_agreed_to_hear_of_the_whole_town_agreed_to_hear_of_this() -> None:
    community = CommunityFactory()
    member = MembershipFactory(
        community=community, consenting=False, resident=ResidentFactory(allows=[scopes.TOWN])
    ).resident

    assert told(WrittenLetterFactory(scopes=[scopes.scope_of(community)])) == {member: Channel.EMAIL}


def test_a_letter_to_the_whole_town_reaches_those_who_agreed_and_those_without_email() -> None:
    agreeing = ResidentFactory(allows=[scopes.TOWN])
    by_post = ResidentFactory(by_post=True)
    MembershipFactory()

    letter = WrittenLetterFactory()

    assert told(letter) == {agreeing: Channel.EMAIL, by_post: Channel.LETTER}
    assert sum(correspondence.readers(letter=letter).left_out.values()) == 1


def test_someone_who_lives_there_and_belongs_there_is_told_once_with_both_reasons() -> None:
    place, community = NeighbourhoodFactory(), CommunityFactory()
    MembershipFactory(community=community, resident__neighbourhood=place)
    asked = [scopes.scope_of(place), scopes.scope_of(community)]

    (recipient,) = correspondence.readers(letter=WrittenLetterFactory(scopes=asked)).recipients

    assert recipient.because == sorted(asked)


def test_sending_posts_one_delivery_each_on_their_channel_and_freezes_the_letter() -> None:
    ResidentFactory(allows=[scopes.TOWN])
    ResidentFactory(by_post=True)
    letter = WrittenLetterFactory()

    mailing = send(letter, expecting=2)

    letter.refresh_from_db()
    assert letter.mailing == mailing
    assert sorted(Delivery.objects.values_list("channel", flat=True)) == ["email", "letter"]
    assert (mailing.kind, mailing.title) == ("letter", "Les jardins rouvrent")


@pytest.mark.parametrize("change", [{"subject": "Autre chose"}, {"body": ""}, {"scopes": ["town", "community:1"]}])
def test_what_was_sent_cannot_be_changed_by_any_way(change: dict[str, Any]) -> None:
    ResidentFactory(allows=[scopes.TOWN])
    letter = WrittenLetterFactory()
    send(letter)

    with pytest.raises(IntegrityError, match="a letter that was sent"), transaction.atomic():
        WrittenLetter.objects.update(**change)
    with pytest.raises(IntegrityError, match="a letter that was sent"), transaction.atomic():
        WrittenLetter.objects.all().delete()


def test_a_letter_outlives_the_account_of_its_author() -> None:
    ResidentFactory(allows=[scopes.TOWN])
    letter = WrittenLetterFactory(author=StaffFactory())
    send(letter)

    letter.author.delete()

    letter.refresh_from_db()
    assert letter.author is None


def no_mailbox() -> WrittenLetter:
    Town.objects.update(email="")
    return WrittenLetterFactory()


def nothing_said() -> WrittenLetter:
    return WrittenLetterFactory(body="<p> </p>")


def nobody() -> WrittenLetter:
    return WrittenLetterFactory(scopes=[])


def sent() -> WrittenLetter:
    letter = WrittenLetterFactory()
    send(letter)
    return letter


@pytest.mark.parametrize(
    ("letter", "refusal"),
    [
        (no_mailbox, correspondence.NoMailbox),
        (nothing_said, correspondence.NothingSaid),
        (nobody, correspondence.NobodyToTell),
        (sent, correspondence.AlreadySent),
    ],
)
def test_what_cannot_leave_says_why_and_posts_nothing(letter: Any, refusal: type[correspondence.CannotSend]) -> None:
    ResidentFactory(allows=[scopes.TOWN])
    written = letter()
    before = Mailing.objects.count()

    with pytest.raises(refusal) as refused:
        send(written)

    assert refused.value.sentence
    assert Mailing.objects.count() == before


def test_an_audience_that_changed_since_someone_looked_is_not_told() -> None:
    ResidentFactory.create_batch(2, allows=[scopes.TOWN])

    with pytest.raises(correspondence.AudienceChanged):
        send(WrittenLetterFactory(), expecting=1)


@pytest.mark.django_db(transaction=True)
def test_two_people_pressing_send_at_once_send_once() -> None:
    ResidentFactory(allows=[scopes.TOWN])
    letter = WrittenLetterFactory()

    def press(_time: int) -> bool:
        try:
            send(letter)
        except correspondence.AlreadySent:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as hands:
        assert sorted(hands.map(press, range(4))) == [False, False, False, True]
    assert Delivery.objects.count() == 1


def test_a_test_goes_to_one_address_and_leaves_the_draft_as_it_is() -> None:
    letter = WrittenLetterFactory()

    correspondence.send_test(letter=letter, address="staff@example.org", by=None, now=timezone.now())

    letter.refresh_from_db()
    assert not letter.is_sent
    assert Delivery.objects.get().test_address == "staff@example.org"


@pytest.mark.parametrize("size", [3, 40])
def test_finding_the_readers_costs_the_same_queries_whatever_their_number(
    size: int, django_assert_num_queries: Any
) -> None:
    community = CommunityFactory()
    MembershipFactory.create_batch(size, community=community)
    letter = WrittenLetterFactory(scopes=[scopes.scope_of(community), scopes.TOWN])

    with django_assert_num_queries(10):
        assert len(correspondence.readers(letter=letter).recipients) == size


def test_a_withdrawn_consent_is_the_last_word() -> None:
    resident = ResidentFactory(allows=[scopes.TOWN])
    consent.withdraw_everything(resident=resident, channel="email", origin="mail", now=timezone.now())

    assert told(WrittenLetterFactory()) == {}
