"""Someone asks to be erased: nothing says who they were, and what was counted stays counted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail import log_actions
from wagtail.models import ModelLogEntry

from communities import blocking, consent, erasing, residents, signing_up, unsubscribing
from communities.folding import fold
from communities.models import Channel, Delivery, DeliveryState, Mailing, Resident, ResidentImport, SignUp, Suppression
from meetings import registering, rsvp
from meetings.models import Answer, Registration
from tests.communities.factories import (
    ConsentEventFactory,
    MembershipFactory,
    MutedTopicFactory,
    NeighbourhoodFactory,
    ResidentFactory,
    SignUpFactory,
)
from tests.factories import StaffFactory
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, RegistrationFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
# Nothing here is figures alone, the telephone apart: the microseconds of some row's moment may be any five of them.
WHO = {
    "name": "Inès Briquette",
    "second_name": "Basile Coron",
    "email": "Ines.B@example.org",
    "phone": "0199000102",
    "street": "3 rue du Coron",
    "postcode": "FR-62999",
    "city": "Exempleville",
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def resident() -> Resident:
    """Someone in every table we have, by name wherever a person may have written it."""
    file = ResidentImport.objects.create(file_name="forum.csv", uploaded_at=NOW, applied_at=NOW)
    ines = ResidentFactory(
        **WHO, neighbourhood=NeighbourhoodFactory(), came_with=file, created_at=NOW, paused_until=NOW
    )
    MutedTopicFactory(resident=ines)
    for action in ("wagtail.create", "wagtail.edit"):
        log_actions.log(instance=ines, action=action, user=StaffFactory())
    MembershipFactory(resident=ines)
    ConsentEventFactory(resident=ines, proof=f"Slip of {ines.name}")
    ConsentEventFactory(resident=ines, channel=Channel.PHONE, proof=f"Called {ines.phone}")
    SignUpFactory(resident=ines, given_name=ines.name)
    SignUpFactory(resident=ines, given_name=ines.name, confirmed_at=NOW)
    block = blocking.block(address=ines.email.upper(), reason=f"550 <{ines.email}> unknown", now=NOW)
    log_actions.log(instance=block, action="wagtail.create", user=StaffFactory())
    blocking.lift(suppression=block, now=NOW)
    invitation = InvitationFactory(resident=ines, because=[consent.TOWN])
    AnswerFactory(invitation=invitation, guests=2)
    RegistrationFactory(resident=ines, given_name=ines.name, meeting=invitation.meeting)
    RegistrationFactory(resident=ines, given_name=ines.name, confirmed=True)
    return ines


def letter(resident: Resident, **facts: Any) -> Delivery:
    mailing = Mailing.objects.create(kind="invitation", key="1", title="Invitation", created_at=NOW)
    return Delivery.objects.create(mailing=mailing, resident=resident, next_attempt_at=NOW, **facts)


def erase(resident: Resident) -> None:
    erasing.erase(resident=resident, by=StaffFactory(first_name="Agnès"), now=NOW)
    resident.refresh_from_db()


def rows_that_say(words: str) -> list[str]:
    """The tables of which a row holds these words, in any column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        for name in list(tables):
            cursor.execute(f'SELECT FROM "{name}" AS row WHERE row::text ILIKE %s LIMIT 1', [f"%{words}%"])
            if not cursor.rowcount:
                tables.remove(name)
    return tables


@pytest.mark.parametrize("words", [*WHO.values(), *(fold(WHO[who]) for who in ("name", "second_name", "street"))])
def test_no_row_of_any_table_says_who_they_were(resident: Resident, words: str) -> None:
    letter(resident, state=DeliveryState.FAILED, reason=f"550 5.1.1 <{WHO['email'].lower()}>: unknown", ended_at=NOW)
    assert "communities_resident" in rows_that_say(words)

    erase(resident)

    assert rows_that_say(words) == []


def test_an_erased_person_belongs_nowhere_lives_nowhere_and_answers_to_no_address_of_before(resident: Resident) -> None:
    token = resident.token

    erase(resident)

    assert (resident.erased_at, resident.neighbourhood, resident.confirmed_at) == (NOW, None, None)
    assert not resident.memberships.exists()
    assert not resident.muted_topics.exists()
    assert resident.paused_until is None
    assert resident.token != token


def test_every_consent_ends_and_every_word_stays(resident: Resident) -> None:
    words = list(resident.consent_events.values_list("pk", flat=True))

    erase(resident)

    for channel in Channel.values:
        assert not consent.scopes_held(resident=resident, channel=channel)
    assert set(words) < set(resident.consent_events.values_list("pk", flat=True))


def test_only_the_notes_of_an_erased_person_may_go_and_nothing_else_of_a_word() -> None:
    known, gone = ResidentFactory(), ResidentFactory(erased_at=NOW)
    for resident, change in ((known, {"proof": ""}), (gone, {"proof": "", "granted": False}), (gone, {"proof": "y"})):
        event = ConsentEventFactory(resident=resident, proof="x")

        with pytest.raises(IntegrityError, match="what a resident said of consent is kept"), transaction.atomic():
            resident.consent_events.filter(pk=event.pk).update(**change)


def test_letters_that_wait_are_not_sent_and_say_why_and_those_that_left_stay(resident: Resident) -> None:
    waiting, by_hand = letter(resident), letter(resident, channel=Channel.PHONE)
    left = letter(resident, state=DeliveryState.SENT, ended_at=NOW)

    erase(resident)

    for delivery in (waiting, by_hand, left):
        delivery.refresh_from_db()
    assert {(each.state, each.reason) for each in (waiting, by_hand)} == {
        (DeliveryState.SKIPPED, "This person was erased.")
    }
    assert left.is_sent


def test_a_refusal_that_does_not_quote_the_address_stays_as_it_was(resident: Resident) -> None:
    refused = letter(resident, state=DeliveryState.FAILED, reason="552 Mailbox full", ended_at=NOW)

    erase(resident)

    refused.refresh_from_db()
    assert refused.reason == "552 Mailbox full"


def test_what_was_never_confirmed_goes_and_what_was_counted_stays(resident: Resident) -> None:
    erase(resident)

    assert Answer.objects.coming().people() == 3
    assert SignUp.objects.get().confirmed_at
    assert Registration.objects.get().confirmed_at


def test_the_links_of_before_lead_nowhere(resident: Resident) -> None:
    sign_up, seat = SignUp.objects.get(confirmed_at=None), Registration.objects.get(confirmed_at=None)
    answer = Answer.objects.get()

    erase(resident)

    assert unsubscribing.find(token=unsubscribing.token_of(resident)) is None
    assert signing_up.find(token=signing_up.token_of(sign_up), now=NOW) is None
    assert registering.find(token=registering.token_of(seat)) is None
    assert rsvp.find(token=rsvp.token_of(answer.invitation)) is None


def test_an_address_erased_twice_signs_up_each_time_as_a_new_person(resident: Resident) -> None:
    blocking.block(address=resident.email, reason="asked never to be written to", now=NOW)
    erase(resident)
    again = residents.find_or_create(email=WHO["email"], name=WHO["name"], now=NOW)
    erase(again)

    wish = signing_up.Wish(whole_town=True)
    sign_up = signing_up.ask(email=WHO["email"], name=WHO["name"], wish=wish, now=NOW)

    assert sign_up.resident not in (resident, again)
    assert not Suppression.objects.blocking([WHO["email"]])


def test_whoever_telephones_again_is_a_new_person_too(resident: Resident) -> None:
    erase(resident)

    assert residents.find_or_create(phone=WHO["phone"], name=WHO["name"], now=NOW) != resident


def test_nobody_else_is_touched(resident: Resident) -> None:
    other = MembershipFactory(resident__name="Nora Chevalet", resident__phone=WHO["phone"]).resident
    RegistrationFactory(resident=other, given_name="Nora Chevalet")
    waiting = letter(other)

    erase(resident)

    waiting.refresh_from_db()
    assert waiting.is_pending
    assert other.memberships.exists()
    assert Registration.objects.get(resident=other).given_name == "Nora Chevalet"
    assert Resident.objects.known().get() == other


def test_erasing_twice_does_no_more(resident: Resident) -> None:
    erase(resident)
    erasing.erase(resident=resident, by=StaffFactory(), now=NOW + timedelta(days=1))

    resident.refresh_from_db()
    assert resident.erased_at == NOW
    assert ModelLogEntry.objects.filter(action=erasing.ERASED).count() == 1


def test_the_history_says_who_did_it_and_when_without_a_name(resident: Resident) -> None:
    erase(resident)

    entry = ModelLogEntry.objects.get(action=erasing.ERASED)
    assert (entry.user.first_name, entry.label, entry.object_id) == ("Agnès", "erased person", str(resident.pk))


@pytest.mark.parametrize("size", [1, 20])
def test_erasing_costs_the_same_however_often_they_were_invited(size: int, django_assert_max_num_queries: Any) -> None:
    resident = ResidentFactory(allows=[consent.TOWN])
    InvitationFactory.create_batch(size, resident=resident)
    for _each in range(size):
        letter(resident)

    with django_assert_max_num_queries(85):
        erase(resident)


# --- The staff's page ------------------------------------------------------------------------------------------------


def test_staff_read_what_goes_and_what_stays_before_anything_happens(desk: Client, resident: Resident) -> None:
    shown = desk.get(reverse("residents:inspect", args=[resident.pk])).content.decode()
    assert reverse("residents:erase", args=[resident.pk]) in shown

    page = desk.get(reverse("residents:erase", args=[resident.pk])).content.decode()

    for words in ("Inès Briquette", "Both people of the household go.", "What goes", "What stays, and why"):
        assert words in page
    assert Resident.objects.known().get() == resident


def test_staff_erase_someone_and_find_them_nowhere(desk: Client, resident: Resident) -> None:
    address = reverse("residents:erase", args=[resident.pk])

    answer = desk.post(address, follow=True)

    assert answer.redirect_chain == [(reverse("residents:index"), 302)]
    assert "This person has been erased." in answer.content.decode()
    assert WHO["name"] not in answer.content.decode()
    assert desk.get(address).status_code == 404


def test_the_answers_of_a_past_meeting_show_an_erased_person(client: Client) -> None:
    client.force_login(StaffFactory(participation=True))
    meeting = MeetingPageFactory()
    invitation = AnswerFactory(invitation__meeting=meeting, invitation__resident=ResidentFactory(**WHO)).invitation
    erase(invitation.resident)
    typing_in = reverse("meetings_desk:type_in", args=[meeting.pk, invitation.pk])

    page = client.get(reverse("meetings_desk:answers", args=[meeting.pk])).content.decode()

    assert "erased person" in page
    assert typing_in not in page
    assert client.get(typing_in).status_code == 404


def test_an_erased_person_is_called_so_in_the_language_of_who_reads() -> None:
    gone = ResidentFactory(name="", second_name="", erased_at=NOW)

    with override("fr"):
        assert str(gone) == "personne effacée"
