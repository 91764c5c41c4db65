"""Two records of one person become one: nothing is lost, every link still opens, and the database sees to the rest."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import ModelLogEntry

from communities import consent, erasing, own_links, personal_data, unsubscribing
from communities.doubles import merging
from communities.models import (
    Channel,
    ConsentEvent,
    Delivery,
    DeliveryState,
    Mailing,
    Membership,
    Resident,
    Role,
    ToldApart,
    Topic,
)
from meetings import rsvp
from meetings.inbound import addressed
from meetings.models import Answer, CalendarKey, Choice, Invitation, WaitingPlace
from tests.communities.factories import (
    CommunityFactory,
    ConsentEventFactory,
    InboundMessageFactory,
    MembershipFactory,
    ResidentFactory,
    SignUpFactory,
)
from tests.factories import StaffFactory
from tests.meetings.factories import (
    AnswerFactory,
    CalendarKeyFactory,
    InvitationFactory,
    MeetingPageFactory,
    RegistrationFactory,
    WaitingPlaceFactory,
)

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def kept() -> Resident:
    return ResidentFactory(name="Ada Terril", email="ada@example.org", created_at=NOW - 30 * DAY)


@pytest.fixture
def gone() -> Resident:
    return ResidentFactory(name="A. Terril", email="terril@example.org", phone="0199000102", created_at=NOW - 90 * DAY)


def merge(kept: Resident, gone: Resident, *, take: Iterable[str] = ()) -> Resident:
    kept.refresh_from_db()
    gone.refresh_from_db()
    saw = merging.seen(kept, gone)
    joined = merging.merge(kept=kept, gone=gone, take=set(take), saw=saw, by=StaffFactory(), now=NOW)
    gone.refresh_from_db()
    return joined


def letter(resident: Resident, mailing: Mailing, **facts: Any) -> Delivery:
    return Delivery.objects.create(mailing=mailing, resident=resident, next_attempt_at=NOW, **facts)


def a_mailing(key: str = "1") -> Mailing:
    return Mailing.objects.create(kind="invitation", key=key, title="Invitation", created_at=NOW)


def test_every_column_that_names_a_resident_is_taken_care_of_by_the_merge_of_some_room() -> None:
    columns = {
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in Resident._meta.get_fields(include_hidden=True)
        if merging.is_theirs(relation)
    }
    named = [column for _name, holder in personal_data.holders.items() for column in holder.MERGES]

    assert columns - set(named) == set(), (
        "A column names a resident and no room moves it when two records become one. In the holding.py of its room:"
        " add it to MERGES, and move its rows in merge() (communities.doubles.moving.move; once_per=[...] where a"
        " person may have only one)."
    )
    assert set(named) - columns == set(), "MERGES names columns that are not there any more."
    assert len(named) == len(set(named)), "Two rooms move the same column."


def test_every_row_that_names_an_invitation_is_joined_with_it() -> None:
    names = {f"{each.related_model.__name__}.{each.field.name}" for each in Invitation._meta.related_objects}

    assert names == {
        *("Answer.invitation", "CalendarReply.invitation", "HelpAsked.invitation", "Reminder.invitation"),
        *("WaitingPlace.invitation", "JoinedInvitation.invitation"),
    }, "Say in meetings/joining.py what becomes of it when two invitations of one person become one; then name it here."


def test_the_one_that_is_left_has_the_fields_that_were_chosen_and_the_other_is_blank(
    kept: Resident, gone: Resident
) -> None:
    joined = merge(kept, gone, take=["phone"])

    assert (joined.name, joined.email, joined.phone) == ("Ada Terril", "ada@example.org", "0199000102")
    assert joined.created_at == NOW - 90 * DAY
    assert (gone.merged_into, gone.erased_at) == (kept, NOW)
    assert (gone.name, gone.email, gone.phone, gone.street) == ("", "", "", "")


def test_an_address_comes_with_the_day_it_was_proven(kept: Resident, gone: Resident) -> None:
    proven = gone.confirmed_at

    joined = merge(kept, gone, take=["email"])
    joined.refresh_from_db()

    assert (joined.email, joined.confirmed_at) == ("terril@example.org", proven)


def test_a_member_has_the_role_that_lets_them_do_most_since_the_first_day(kept: Resident, gone: Resident) -> None:
    community = CommunityFactory()
    MembershipFactory(community=community, resident=kept, joined_at=NOW)
    MembershipFactory(community=community, resident=gone, coordinator=True, joined_at=NOW - DAY)
    MembershipFactory(resident=gone)

    merge(kept, gone)

    assert kept.memberships.count() == 2
    assert kept.memberships.get(community=community).role == Role.COORDINATOR
    assert kept.memberships.get(community=community).joined_at == NOW - DAY
    assert not Membership.objects.filter(resident=gone).exists()


def test_the_last_word_of_consent_holds_whichever_record_said_it(kept: Resident, gone: Resident) -> None:
    ConsentEventFactory(resident=gone, scope=consent.TOWN)
    ConsentEventFactory(resident=kept, scope=consent.TOWN)
    ConsentEventFactory(resident=gone, scope=consent.TOWN, granted=False)
    words = list(ConsentEvent.objects.order_by("pk").values_list("pk", "granted", "proof", "occurred_at"))

    merge(kept, gone)

    assert not consent.scopes_held(resident=kept, channel=Channel.EMAIL)
    assert list(kept.consent_events.order_by("pk").values_list("pk", "granted", "proof", "occurred_at")) == words


def test_consent_follows_nobody_but_the_record_it_was_joined_to(kept: Resident, gone: Resident) -> None:
    said = ConsentEventFactory(resident=gone)
    stranger = ResidentFactory()

    for whoever in (kept, stranger):
        with pytest.raises(IntegrityError, match="consent is kept"), transaction.atomic():
            ConsentEvent.objects.filter(pk=said.pk).update(resident=whoever)
    merge(kept, gone)
    back = ConsentEvent.objects.filter(pk=said.pk)
    for change in ({"resident": stranger}, {"resident": gone}, {"granted": False}):
        with pytest.raises(IntegrityError, match="consent is kept"), transaction.atomic():
            back.update(**change)


def test_a_letter_that_went_to_both_leaves_once(kept: Resident, gone: Resident) -> None:
    mailing, other = a_mailing(), a_mailing("2")
    letter(kept, mailing)
    second, alone = letter(gone, mailing), letter(gone, other)

    merge(kept, gone)

    second.refresh_from_db()
    alone.refresh_from_db()
    assert (second.resident, second.state) == (gone, DeliveryState.SKIPPED)
    assert (alone.resident, alone.state) == (kept, DeliveryState.PENDING)


def test_no_letter_quotes_an_address_that_nobody_has_any_more(kept: Resident, gone: Resident) -> None:
    ended = {"state": DeliveryState.FAILED, "ended_at": NOW}
    letter(gone, a_mailing(), reason="550 <Terril@example.org>: unknown", **ended)

    merge(kept, gone)

    assert "terril" not in kept.deliveries.get().reason.lower()


def test_mail_they_wrote_from_either_address_is_theirs(kept: Resident, gone: Resident) -> None:
    InboundMessageFactory(resident=gone)
    InboundMessageFactory(resident=None, sender="terril@example.org")

    merge(kept, gone)

    assert kept.inbound_messages.count() == 2


def test_the_later_answer_counts_and_the_other_is_history(kept: Resident, gone: Resident) -> None:
    meeting = MeetingPageFactory()
    theirs = InvitationFactory(meeting=meeting, resident=kept, sequence=1, because=["town"])
    other = InvitationFactory(meeting=meeting, resident=gone, sequence=2, because=["community:1"])
    AnswerFactory(invitation=other, no=True, answered_at=NOW)
    AnswerFactory(invitation=theirs, answered_at=NOW - DAY, guests=2)

    merge(kept, gone)

    invitation = Invitation.objects.get(meeting=meeting)
    assert (invitation.pk, invitation.sequence, invitation.because) == (theirs.pk, 2, ["community:1", "town"])
    assert invitation.answers.count() == 2
    assert invitation.answers.get(is_current=True).choice == Choice.NO


@pytest.mark.parametrize("offered_to", ["kept", "gone"])
def test_one_place_in_line_is_left_the_one_that_was_offered_a_seat(
    kept: Resident, gone: Resident, offered_to: str
) -> None:
    meeting = MeetingPageFactory()
    for who, resident in (("kept", kept), ("gone", gone)):
        invitation = InvitationFactory(meeting=meeting, resident=resident)
        WaitingPlaceFactory(invitation=invitation, offered=who == offered_to)

    merge(kept, gone)

    assert WaitingPlace.objects.filter(invitation__resident=kept).count() == 2
    assert WaitingPlace.objects.standing().get().is_offered


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


def test_the_calendar_that_was_read_last_stays(kept: Resident, gone: Resident) -> None:
    CalendarKeyFactory(resident=kept, last_read_on=NOW.date() - DAY)
    read = CalendarKeyFactory(resident=gone, last_read_on=NOW.date())

    merge(kept, gone)

    assert CalendarKey.objects.get(resident=kept).secret == read.secret


def test_a_record_is_not_joined_to_itself_nor_to_one_that_is_gone(kept: Resident, gone: Resident) -> None:
    with pytest.raises(merging.TheSame):
        merge(kept, kept)
    erasing.erase(resident=gone, by=StaffFactory(), now=NOW)
    for pair in ((kept, gone), (gone, kept)):
        with pytest.raises(merging.GoneAlready):
            merge(*pair)


def test_the_same_button_twice_joins_once(kept: Resident, gone: Resident) -> None:
    merge(kept, gone)

    with pytest.raises(merging.GoneAlready):
        merge(kept, gone)


def test_what_changed_since_the_page_was_read_is_looked_at_again(kept: Resident, gone: Resident) -> None:
    saw = merging.seen(kept, gone)
    Resident.objects.filter(pk=gone.pk).update(phone="0199000199")

    with pytest.raises(merging.ChangedMeanwhile):
        merging.merge(kept=kept, gone=gone, take=[], saw=saw, by=StaffFactory(), now=NOW)

    gone.refresh_from_db()
    assert gone.erased_at is None


def test_the_history_says_who_joined_them_and_not_whom(kept: Resident, gone: Resident) -> None:
    merge(kept, gone)

    assert ModelLogEntry.objects.filter(action=merging.MERGED, object_id=str(kept.pk)).count() == 1
    assert not ModelLogEntry.objects.filter(object_id=str(gone.pk), label__contains="Terril").exists()


def test_whoever_was_told_apart_from_one_is_not_the_other(kept: Resident, gone: Resident) -> None:
    someone = ResidentFactory()
    ToldApart.objects.create(one=gone, other=someone, told_at=NOW)

    merge(kept, gone)

    pair = ToldApart.objects.get()
    assert {pair.one_id, pair.other_id} == {kept.pk, someone.pk}


def test_the_one_that_is_left_can_be_erased_and_links_of_both_lead_nowhere(kept: Resident, gone: Resident) -> None:
    token = own_links.sign("preferences", gone)
    invitation = InvitationFactory(resident=gone)
    joined = merge(kept, gone)

    erasing.erase(resident=joined, by=StaffFactory(), now=NOW)

    assert own_links.find("preferences", token) is None
    assert rsvp.find(token=rsvp.token_of(invitation)) is None
    assert unsubscribing.find(token=unsubscribing.token_of(gone)) is None


def leaves(held: Any) -> list[str]:
    """Every value of what is held, in any order."""
    if isinstance(held, dict):
        return sorted(leaf for value in held.values() for leaf in leaves(value))
    if isinstance(held, list):
        return sorted(leaf for value in held for leaf in leaves(value))
    return [repr(held)]


class NothingIsLost(TestCase):
    """Whatever two people hold, the one that is left holds all of it."""

    @hypothesis_settings(max_examples=15)
    @given(st.lists(st.tuples(st.integers(0, 7), st.booleans()), max_size=16))
    def test_the_one_that_is_left_holds_what_both_held(self, deeds: list[tuple[int, bool]]) -> None:
        kept, gone = ResidentFactory(name="Ada"), ResidentFactory(name="Ada")
        meetings, community = [MeetingPageFactory(), MeetingPageFactory()], CommunityFactory()
        for number, (kind, is_kept) in enumerate(deeds):
            do(kind, kept if is_kept else gone, number=number, meetings=meetings, community=community)
        with override("en"):
            before = [told(kept), told(gone)]
            merge(kept, gone)
            after = told(kept)

        for heading in after:
            both = [leaf for held in before for leaf in leaves(held[heading])]
            assert set(both) <= set(leaves(after[heading])), heading
        assert Answer.objects.count() == sum(kind == 1 for kind, _kept in deeds)


def told(resident: Resident) -> dict[str, Any]:
    held = personal_data.held_on(resident=Resident.objects.get(pk=resident.pk))
    return {heading: value for heading, value in held.items() if heading != "Who you are"}


def do(kind: int, resident: Resident, *, number: int, meetings: list[Any], community: Any) -> None:
    """One thing that somebody may do at the same moment as anybody else."""
    then = NOW + timedelta(minutes=number)
    deeds: dict[int, Callable[[], object]] = {
        0: lambda: asked(resident, meetings[number % 2]),
        1: lambda: answers(resident, meetings[number % 2], then, by_phone=number % 3 == 0),
        2: lambda: ConsentEventFactory(resident=resident, granted=number % 2 == 0, proof=f"{number}", occurred_at=then),
        3: lambda: SignUpFactory(resident=resident, created_at=then),
        4: lambda: letter(resident, a_mailing(str(number)), state=DeliveryState.SENT, ended_at=then),
        5: lambda: InboundMessageFactory(resident=resident, subject=f"Subject {number}"),
        6: lambda: community.memberships.get_or_create(resident=resident, defaults={"joined_at": NOW}),
        7: lambda: RegistrationFactory(resident=resident, confirmed_at=then, created_at=NOW, held_until=NOW),
    }
    deeds[kind]()


def asked(resident: Resident, meeting: Any) -> Invitation:
    return Invitation.objects.get_or_create(meeting=meeting, resident=resident, defaults={"created_at": NOW})[0]


def answers(resident: Resident, meeting: Any, then: datetime, *, by_phone: bool) -> None:
    invitation = asked(resident, meeting)
    invitation.answers.update(is_current=False)
    AnswerFactory(invitation=invitation, answered_at=then, by_phone=by_phone)
