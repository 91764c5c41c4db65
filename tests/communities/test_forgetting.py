"""What is let go of each night, and what is never dragged along."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from communities import forgetting, signing_up, tasks
from communities.models import Delivery, DeliveryState, Mailing, Membership, Resident, ResidentImport, SignUp, ToldApart
from config.celery import app
from tests.communities.factories import (
    CommunityFactory,
    ConsentEventFactory,
    MembershipFactory,
    NeighbourhoodFactory,
    ResidentFactory,
    SignUpFactory,
)
from tests.factories import StaffFactory
from tests.meetings.factories import InvitationFactory, RegistrationFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
LATER = NOW + timedelta(days=30, minutes=1)

pytestmark = pytest.mark.django_db


def ask(email: str = "nora@example.org") -> SignUp:
    """A stranger signs up, and the letter that asks them to confirm leaves."""
    wish = signing_up.Wish(communities=[CommunityFactory()], whole_town=True)
    sign_up = signing_up.ask(email=email, name="Nora Chevalet", wish=wish, now=NOW)
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=NOW)
    return sign_up


def upload(**facts: Any) -> ResidentImport:
    return ResidentImport.objects.create(file_name="liste.csv", rows=[{"line": 2}], uploaded_at=NOW, **facts)


def stranger(**facts: Any) -> Resident:
    return ResidentFactory(unconfirmed=True, created_at=NOW, **facts)


def test_a_file_left_for_a_day_is_forgotten_and_an_applied_one_stays() -> None:
    applied = upload(applied_at=NOW)
    upload()

    forgetting.forget(now=NOW + timedelta(hours=23))
    assert ResidentImport.objects.count() == 2

    forgetting.forget(now=NOW + timedelta(hours=25))
    assert list(ResidentImport.objects.all()) == [applied]


def test_a_sign_up_nobody_confirmed_goes_with_its_letter_and_its_resident() -> None:
    ask()

    forgetting.forget(now=LATER)

    for table in (SignUp, Delivery, Mailing, Resident):
        assert not table.objects.exists()


def test_a_sign_up_may_be_confirmed_for_thirty_days() -> None:
    sign_up = ask()

    forgetting.forget(now=NOW + timedelta(days=29, hours=23))

    assert signing_up.find(token=signing_up.token_of(sign_up), now=NOW + timedelta(days=29, hours=23)) == sign_up


def test_a_confirmed_sign_up_stays_with_its_letter() -> None:
    sign_up = ask()
    signing_up.confirm(sign_up=sign_up, now=NOW)

    forgetting.forget(now=LATER)

    assert SignUp.objects.get() == sign_up
    assert Delivery.objects.get().resident == sign_up.resident


def test_a_letter_that_has_not_left_yet_finds_its_sign_up() -> None:
    ask()
    Delivery.objects.update(state=DeliveryState.PENDING, ended_at=None)

    forgetting.forget(now=LATER)

    assert SignUp.objects.exists()
    assert Delivery.objects.exists()


def test_someone_we_know_stays_and_only_their_new_wish_goes() -> None:
    member = MembershipFactory(resident__email="nora@example.org").resident
    Resident.objects.update(created_at=NOW)

    ask(email="nora@example.org")
    forgetting.forget(now=LATER)

    assert not SignUp.objects.exists()
    assert Membership.objects.get().resident == member
    assert member.consent_events.count() == 1


def test_whoever_a_file_asked_stays_asked() -> None:
    file = upload(applied_at=NOW)
    SignUpFactory(resident=stranger(came_with=file), resident_import=file, created_at=NOW)
    Mailing.objects.create(kind=signing_up.LETTER_KIND, key=f"import:{file.pk}", title="x", created_at=NOW)

    forgetting.forget(now=LATER)

    assert SignUp.objects.exists()
    assert Resident.objects.exists()
    assert Mailing.objects.exists()


@pytest.mark.parametrize(
    "speak_of",
    [
        lambda resident: MembershipFactory(resident=resident, consenting=False),
        lambda resident: ConsentEventFactory(resident=resident, granted=False),
        lambda resident: SignUpFactory(resident=resident, created_at=LATER),
        lambda resident: InvitationFactory(resident=resident),
        lambda resident: RegistrationFactory(resident=resident),
        lambda resident: Delivery.objects.create(
            mailing=Mailing.objects.create(kind="invitation", key="1", title="x", created_at=NOW),
            resident=resident,
            next_attempt_at=NOW,
        ),
    ],
    ids=["membership", "consent", "sign-up", "invitation", "registration", "letter"],
)
def test_a_resident_stays_while_any_table_of_any_room_speaks_of_them(speak_of: Callable[[Resident], Any]) -> None:
    resident = stranger()
    spoken = speak_of(resident)

    forgetting.forget(now=LATER)

    assert Resident.objects.get() == resident
    spoken.refresh_from_db()


@pytest.mark.parametrize(
    "facts",
    [
        {"confirmed_at": NOW},
        {"phone": "0199000102"},
        {"street": "1 rue du Coron"},
        {"second_name": "Félix Gaillette"},
        {"created_at": LATER},
    ],
    ids=["confirmed", "telephone", "address", "household", "recent"],
)
def test_a_resident_of_whom_we_know_more_than_strangers_type_stays(facts: dict[str, Any]) -> None:
    ResidentFactory(**{"confirmed_at": None, "created_at": NOW} | facts)

    forgetting.forget(now=LATER)

    assert Resident.objects.exists()


def test_a_resident_with_a_neighbourhood_stays() -> None:
    stranger(neighbourhood=NeighbourhoodFactory())

    forgetting.forget(now=LATER)

    assert Resident.objects.exists()


def test_a_resident_whom_staff_typed_in_stays(client: Client) -> None:
    client.force_login(StaffFactory(participation=True))
    typed = {"name": "Nora Chevalet", "email": "nora@example.org", "language": "fr", "preferred_channel": "email"}
    assert client.post(reverse("residents:add"), typed).status_code == 302
    Resident.objects.update(created_at=NOW)

    forgetting.forget(now=LATER)

    assert Resident.objects.exists()


def test_a_resident_whom_a_row_names_without_being_asked_for_stays() -> None:
    """Some relations have no way back from the resident: a request to sign goes with whom it is made to."""
    one, other = sorted([stranger().pk, ResidentFactory().pk])
    ToldApart.objects.create(one_id=one, other_id=other, told_by=StaffFactory(), told_at=NOW)

    forgetting.forget(now=LATER)

    assert Resident.objects.count() == 2


def test_a_bare_stranger_goes() -> None:
    stranger()

    forgetting.forget(now=LATER)

    assert not Resident.objects.exists()


def test_the_clock_forgets_each_night() -> None:
    ask()

    with time_machine.travel(LATER, tick=False):
        tasks.forget()

    assert not SignUp.objects.exists()
    timetable = app.conf.beat_schedule["forget-people"]
    assert timetable["task"] == tasks.forget.name
    assert (timetable["schedule"].hour, timetable["schedule"].minute) == ({3}, {20})


@pytest.mark.parametrize("size", [1, 30])
def test_forgetting_costs_the_same_queries_however_many(size: int, django_assert_max_num_queries: Any) -> None:
    for number in range(size):
        ask(email=f"nora-{number}@example.org")

    with django_assert_max_num_queries(100):
        forgetting.forget(now=LATER)

    assert not Resident.objects.exists()
