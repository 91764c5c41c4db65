"""Two records of one person become one: what either was sent still opens, and what was sent elsewhere never does."""

import pytest

from communities import erasing, own_links, unsubscribing
from communities.models import (
    Resident,
    Topic,
)
from meetings import rsvp
from meetings.inbound import addressed
from tests.communities.factories import (
    ResidentFactory,
)
from tests.communities.joined import NOW, merge
from tests.factories import StaffFactory
from tests.meetings.factories import (
    InvitationFactory,
    MeetingPageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_the_answer_link_of_either_still_answers(kept: Resident, gone: Resident) -> None:
    meeting = MeetingPageFactory()
    theirs = InvitationFactory(meeting=meeting, resident=kept)
    other = InvitationFactory(meeting=meeting, resident=gone)
    tokens = [rsvp.token_of(theirs), rsvp.token_of(other)]

    merge(kept, gone)

    assert [rsvp.find(token=token) for token in tokens] == [theirs, theirs]


def test_a_calendar_program_answers_to_the_address_it_was_given(kept: Resident, gone: Resident) -> None:
    invitation = InvitationFactory(resident=gone)

    merge(kept, gone)

    found = addressed.invitation_to(f"reunion-{invitation.meeting.uid}@example.org", token=gone.token)
    assert found
    assert found.resident_id == kept.pk


@pytest.mark.parametrize(("before", "others"), [(0, 0), (0, 2), (2, 0), (1, 1)])
def test_what_was_sent_to_either_at_their_address_of_now_opens_and_what_was_sent_elsewhere_does_not(
    before: int, others: int
) -> None:
    kept, gone = ResidentFactory(addresses_before=before), ResidentFactory(addresses_before=others)
    good = [preferences_token(kept), preferences_token(gone)]
    wrong = [
        preferences_token(resident, addresses_before=count)
        for resident in (kept, gone)
        for count in range(resident.addresses_before)
    ]

    merge(kept, gone)

    assert [own_links.find("preferences", token) for token in good] == [kept, kept]
    assert [own_links.find("preferences", token) for token in wrong] == [None] * len(wrong)
    kept.refresh_from_db()
    assert own_links.find("preferences", preferences_token(kept)) == kept


def preferences_token(resident: Resident, **changed: int) -> str:
    told = Resident(pk=resident.pk, addresses_before=resident.addresses_before)
    for name, value in changed.items():
        setattr(told, name, value)
    return own_links.sign("preferences", told)


def test_a_link_follows_no_further_than_the_next_wrong_address(kept: Resident, gone: Resident) -> None:
    token = own_links.sign("preferences", gone)
    joined = merge(kept, gone)

    joined.email = "other@example.org"
    own_links.let_go_of("ada@example.org", resident=joined)
    joined.save()

    assert own_links.find("preferences", token) is None


def test_links_follow_through_two_joinings(kept: Resident, gone: Resident) -> None:
    first, token = ResidentFactory(), ""
    token = own_links.sign("preferences", first)
    merge(gone, first)
    merge(kept, gone)

    assert own_links.find("preferences", token) == kept
    assert unsubscribing.find(token=unsubscribing.token_of(first)) == kept


def test_the_link_that_stops_letters_stops_them_for_the_one_that_is_left(kept: Resident, gone: Resident) -> None:
    token = unsubscribing.token_of(gone, Topic.REMINDERS)
    merge(kept, gone)

    unsubscribing.press(token=token, now=NOW)

    assert preferences_muted(kept) == {Topic.REMINDERS}
    assert unsubscribing.is_from_their_address(kept, token=token)


def preferences_muted(resident: Resident) -> set[str]:
    return set(resident.muted_topics.values_list("topic", flat=True))


def test_the_one_that_is_left_can_be_erased_and_links_of_both_lead_nowhere(kept: Resident, gone: Resident) -> None:
    token = own_links.sign("preferences", gone)
    invitation = InvitationFactory(resident=gone)
    joined = merge(kept, gone)

    erasing.erase(resident=joined, by=StaffFactory(), now=NOW)

    assert own_links.find("preferences", token) is None
    assert rsvp.find(token=rsvp.token_of(invitation)) is None
    assert unsubscribing.find(token=unsubscribing.token_of(gone)) is None
