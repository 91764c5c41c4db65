"""What we hold on one resident: all of it, nothing of anybody else, for those who may see residents."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from communities import consent, personal_data
from communities.models import Delivery, Mailing, Resident, ResidentImport
from communities.registry import AlreadyRegistered
from tests.communities.factories import (
    CommunityFactory,
    ConsentEventFactory,
    InboundMessageFactory,
    MembershipFactory,
    MutedTopicFactory,
    ResidentFactory,
    SignUpFactory,
    SuppressionFactory,
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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def resident() -> Resident:
    """Someone in every table we have, and somebody else beside them."""
    file = ResidentImport.objects.create(
        file_name="forum.csv",
        consent_origin="Forum",
        consent_date=date(2027, 1, 15),
        consent_proof="Classeur bleu",
        uploaded_at=NOW,
        applied_at=NOW,
    )
    ines = ResidentFactory(
        name="Inès Briquette",
        email="ines@example.org",
        phone="0199000102",
        came_with=file,
        created_at=NOW,
        language="fr",
    )
    for person in (ines, ResidentFactory(name="Nobody Else", email="else@example.org", phone="0199000199")):
        be_everywhere(person)
    return ines


def be_everywhere(person: Resident) -> None:
    community = CommunityFactory(name=f"Les bancs de {person.name}")
    MembershipFactory(community=community, resident=person, consenting=False, coordinator=True)
    ConsentEventFactory(resident=person, scope=consent.scope_of(community), proof="Slip 12", occurred_at=NOW)
    SignUpFactory(resident=person, given_name=person.name)
    MutedTopicFactory(resident=person)
    mailing = Mailing.objects.create(kind="invitation", title=f"Lettre à {person.name}", created_at=NOW)
    Delivery.objects.create(mailing=mailing, resident=person, next_attempt_at=NOW)
    SuppressionFactory(address=person.email.upper(), reason="550 No such user")
    CalendarKeyFactory(resident=person)
    InboundMessageFactory(resident=person, sender=person.email)
    invitation = InvitationFactory(
        resident=person, because=[consent.TOWN], meeting=MeetingPageFactory(title=f"Le coron de {person.name}")
    )
    AnswerFactory(invitation=invitation, guests=2, by_phone=True)
    RegistrationFactory(resident=person, given_name=person.name, guests=3, meeting=invitation.meeting)
    WaitingPlaceFactory(invitation=invitation, guests=4)


def held(resident: Resident) -> dict[str, Any]:
    return personal_data.held_on(resident=Resident.objects.get(pk=resident.pk))


def test_the_record_says_who_they_are_and_which_file_brought_them(resident: Resident) -> None:
    who = held(resident)["Who you are"]

    assert (who["name"], who["e-mail"], who["telephone"]) == ("Inès Briquette", "ines@example.org", "0199000102")
    assert who["known since"] == "2027-03-01T11:00+01:00"
    assert who["came with the file"]["file"] == "forum.csv"
    assert who["came with the file"]["proof kept"] == "Classeur bleu"


def test_a_consent_is_told_by_its_words_and_its_proof(resident: Resident) -> None:
    (word,) = held(resident)["What you agreed to"]

    assert word["words"].startswith(
        "Write to me about the meetings of “Les bancs de Inès Briquette”. I am 15 or older."
    )
    assert (word["granted"], word["proof"], word["wording"]) == (True, "Slip 12", "sign-up-1")


def test_communities_wishes_letters_and_blocks_are_told(resident: Resident) -> None:
    told = held(resident)

    assert told["Your communities"][0]["role"] == "coordinator"
    assert told["What you asked to be told of"][0]["about"] == ["every public meeting of the town"]
    assert told["The letters you want no more of"][0]["kind of letters"] == "invitations to meetings"
    assert told["The letters that were sent to you"][0]["title"] == "Lettre à Inès Briquette"
    assert told["Where your address is blocked"][0]["reason"] == "550 No such user"


def test_invitations_answers_and_seats_are_told(resident: Resident) -> None:
    told = held(resident)

    (invitation,) = told["Your invitations and answers"]
    assert invitation["meeting"] == "Le coron de Inès Briquette"
    assert invitation["because of"] == ["every public meeting of the town"]
    assert (invitation["answers"][0]["answer"], invitation["answers"][0]["people they bring"]) == ("yes", 2)
    assert told["The seats you asked for"][0]["people they bring"] == 3
    assert told["Your places on waiting lists"][0]["people they bring"] == 4


def test_a_calendar_of_their_own_is_told_without_what_opens_it(resident: Resident) -> None:
    told = held(resident)

    assert told["Your own calendar"][0]["without cancelled meetings"] is False
    assert resident.calendar_key.secret not in json.dumps(told, default=str)


def test_what_they_wrote_to_us_is_told_word_for_word(resident: Resident) -> None:
    (message,) = held(resident)["What you wrote to us"]

    assert (message["words"], message["from"]) == ("Y a-t-il une rampe ?", "ines@example.org")


def test_nothing_is_told_of_anybody_else(resident: Resident) -> None:
    told = json.dumps(held(resident), ensure_ascii=False)

    for trace in ("Nobody Else", "else@example.org", "0199000199"):
        assert trace not in told


def test_every_table_that_speaks_of_a_resident_is_told() -> None:
    """A new one belongs in a room's `holding`, then here."""
    spoken_of = {relation.name for relation in Resident._meta.related_objects}

    assert spoken_of == {
        *("muted_topics", "consent_events", "communities", "memberships", "sign_ups", "deliveries"),
        "keeping_question",
        *("invitations", "registrations", "calendar_key", "inbound_messages", "picture_authorisations"),
        *("space_entries", "space_sessions", "address_changes"),
        *("membership_requests", "requests_answered", "neighbours_invited", "invited_by_neighbours"),
        *("merged", "followed_links"),
        *("work_days", "work_days_led", "work_days_proposed"),
        *("letters_to_volunteers", "thanks_choices", "day_accounts"),
        *("ideas", "idea_supports", "project_roles", "signatures", "certificates", "checks"),
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_two_things_hide_under_one_word(resident: Resident, language: str) -> None:
    with override(language):
        told = held(resident)

    shapes = {heading: len(rows) if isinstance(rows, dict) else len(rows[0]) for heading, rows in told.items() if rows}
    assert list(shapes.values()) == [15, 8, 4, 6, 3, 7, 7, 4, 2, 9, 6, 3, 7]


def test_a_room_tells_it_once() -> None:
    with pytest.raises(AlreadyRegistered, match="'meetings' is registered twice"):
        personal_data.holders.register("meetings", personal_data.holders["communities"])


def test_staff_download_it_in_the_residents_language_and_the_history_notes_it(
    client: Client, resident: Resident
) -> None:
    someone = StaffFactory(participation=True)
    client.force_login(someone)
    page = client.get(reverse("residents:inspect", args=[resident.pk])).content.decode()
    assert reverse("residents:held", args=[resident.pk]) in page

    answer = client.post(reverse("residents:held", args=[resident.pk]))

    assert json.loads(answer.content)["Qui vous êtes"]["nom"] == "Inès Briquette"
    assert answer["Content-Disposition"] == f'attachment; filename="habitant-{resident.pk}.json"'
    assert "no-store" in answer["Cache-Control"]
    entry = ModelLogEntry.objects.get(action="communities.data_given")
    assert (entry.user, entry.object_id) == (someone, str(resident.pk))
    history = client.get(reverse("residents:history", args=[resident.pk])).content.decode()
    assert "Downloaded what we hold on this person" in history


def test_looking_is_not_downloading(client: Client, resident: Resident) -> None:
    client.force_login(StaffFactory(participation=True))

    assert client.get(reverse("residents:held", args=[resident.pk])).status_code == 405
    assert not ModelLogEntry.objects.filter(action="communities.data_given").exists()


def test_whoever_may_not_see_residents_downloads_nothing(client: Client, resident: Resident) -> None:
    client.force_login(StaffFactory(communication=True))

    answer = client.post(reverse("residents:held", args=[resident.pk]))

    assert answer.status_code == 302
    assert not ModelLogEntry.objects.filter(action="communities.data_given").exists()


def test_it_costs_the_same_for_someone_invited_often(resident: Resident, django_assert_max_num_queries: Any) -> None:
    InvitationFactory.create_batch(5, resident=resident, because=[consent.TOWN])

    with django_assert_max_num_queries(47):
        held(resident)
