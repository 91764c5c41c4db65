"""Two records of one person become one: nothing is lost, and the database sees to the rest."""

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from communities import consent, erasing, personal_data
from communities.doubles import merging
from communities.models import (
    Channel,
    ConsentEvent,
    DeliveryState,
    Membership,
    Resident,
    Role,
    ToldApart,
)
from meetings.models import CalendarKey, Choice, Invitation, WaitingPlace
from tests.communities.factories import (
    CommunityFactory,
    ConsentEventFactory,
    InboundMessageFactory,
    MembershipFactory,
    ResidentFactory,
)
from tests.communities.joined import DAY, NOW, a_mailing, letter, merge
from tests.factories import StaffFactory
from tests.meetings.factories import (
    AnswerFactory,
    CalendarKeyFactory,
    InvitationFactory,
    MeetingPageFactory,
    WaitingPlaceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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


def test_what_was_last_heard_of_either_is_of_both() -> None:
    kept, gone = ResidentFactory(heard_at=NOW - 90 * DAY), ResidentFactory(heard_at=NOW - DAY)

    assert merge(kept, gone).heard_at == NOW - DAY


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


def test_whoever_said_no_since_does_not_wait_any_more(kept: Resident, gone: Resident) -> None:
    meeting = MeetingPageFactory()
    WaitingPlaceFactory(invitation=InvitationFactory(meeting=meeting, resident=gone), asked_at=NOW - DAY)
    AnswerFactory(invitation=InvitationFactory(meeting=meeting, resident=kept), no=True, answered_at=NOW)

    merge(kept, gone)

    assert not WaitingPlace.objects.standing().exists()
