"""Who answers a request, and what follows?"""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from communities import membership
from communities.belonging import answering
from communities.belonging.refusals import AlreadyAnswered, MayNot
from communities.models import Delivery, Mailing, MembershipRequest, Outcome, Resident, Role
from tests.communities.factories import MembershipFactory, MembershipRequestFactory, ResidentFactory
from tests.factories import StaffFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def coordinator_of(request: MembershipRequest) -> Resident:
    joined: Resident = MembershipFactory(community=request.community, coordinator=True).resident
    return joined


def everyone(request: MembershipRequest) -> dict[str, Resident | User]:
    return {
        "an outsider": ResidentFactory(),
        "who asks": request.resident,
        "a member": MembershipFactory(community=request.community).resident,
        "its liaison": MembershipFactory(community=request.community, role=Role.LIAISON).resident,
        "another's coordinator": MembershipFactory(coordinator=True).resident,
        "its coordinator": coordinator_of(request),
        "staff in no group": StaffFactory(),
        "communication": StaffFactory(communication=True),
        "participation": StaffFactory(participation=True),
        "administration": StaffFactory(administration=True),
        "elected": StaffFactory(elected=True),
    }


@pytest.mark.parametrize(
    ("to_coordinate", "answerers"),
    [
        (False, {"its coordinator", "participation", "administration"}),
        (True, {"participation", "administration"}),
    ],
)
@pytest.mark.parametrize("rule", [answering.accept, answering.decline])
def test_only_those_who_may_answer(to_coordinate: bool, answerers: set[str], rule) -> None:
    request = MembershipRequestFactory(to_coordinate=to_coordinate)
    answered = set()

    for who, by in everyone(request).items():
        try:
            with transaction.atomic():
                rule(request=request, by=by, now=NOW)
                answered.add(who)
                transaction.set_rollback(True)
        except MayNot:
            pass

    assert answered == answerers
    assert MembershipRequest.objects.get().outcome == Outcome.WAITING


def test_a_coordinator_who_ceased_to_be_one_answers_no_more() -> None:
    request = MembershipRequestFactory()
    joined = MembershipFactory(community=request.community, coordinator=True)
    membership.set_role(membership=joined, role=Role.MEMBER)

    with pytest.raises(MayNot):
        answering.accept(request=request, by=joined.resident, now=NOW)


def test_whoever_is_accepted_belongs_to_it_and_is_told() -> None:
    request = MembershipRequestFactory()
    coordinator = coordinator_of(request)

    answering.accept(request=request, by=coordinator, reply=" Bienvenue ! ", now=NOW)

    request.refresh_from_db()
    assert (request.outcome, request.reply, request.decided_at) == (Outcome.ACCEPTED, "Bienvenue !", NOW)
    assert (request.by_coordinator, request.by_staff) == (coordinator, None)
    joined = membership.find(community=request.community, resident=request.resident)
    assert joined is not None
    assert joined.role == Role.MEMBER
    assert Delivery.objects.get().resident == request.resident


def test_whoever_is_declined_stays_outside_and_is_told() -> None:
    request, staff = MembershipRequestFactory(), StaffFactory(participation=True)

    answering.decline(request=request, by=staff, reply="Complet", now=NOW)

    request.refresh_from_db()
    assert (request.outcome, request.by_staff) == (Outcome.DECLINED, staff)
    assert membership.find(community=request.community, resident=request.resident) is None
    assert Mailing.objects.get().kind == answering.ANSWER_LETTER


def test_an_offer_that_is_accepted_makes_a_coordinator() -> None:
    joined = MembershipFactory()
    offer = MembershipRequestFactory(community=joined.community, resident=joined.resident, to_coordinate=True)

    answering.accept(request=offer, by=StaffFactory(participation=True), now=NOW)

    joined.refresh_from_db()
    assert joined.role == Role.COORDINATOR
    assert Mailing.objects.count() == 1


def test_the_first_answer_holds() -> None:
    request = MembershipRequestFactory()
    coordinator = coordinator_of(request)
    answering.decline(request=request, by=coordinator, now=NOW)

    with pytest.raises(AlreadyAnswered):
        answering.accept(request=request, by=StaffFactory(participation=True), now=NOW)

    assert membership.find(community=request.community, resident=request.resident) is None
    assert Mailing.objects.count() == 1


def test_whoever_has_no_address_is_answered_without_a_letter() -> None:
    request = MembershipRequestFactory(resident=ResidentFactory(without_email=True))

    answering.accept(request=request, by=coordinator_of(request), now=NOW)

    assert not Mailing.objects.exists()


def test_a_request_is_answered_by_one_person_and_says_when() -> None:
    request = MembershipRequestFactory(declined=True)
    known = MembershipRequest.objects.filter(pk=request.pk)

    with pytest.raises(IntegrityError, match="an_answered_request_says_when"), transaction.atomic():
        known.update(decided_at=None)
    with pytest.raises(IntegrityError, match="a_request_is_answered_by_one_person"), transaction.atomic():
        known.update(by_staff=StaffFactory(), by_coordinator=ResidentFactory())


# --- Roles given at the desk ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "letters"),
    [
        (Role.MEMBER, Role.COORDINATOR, ["coordinates"]),
        (Role.COORDINATOR, Role.MEMBER, ["no-more"]),
        (Role.COORDINATOR, Role.LIAISON, ["no-more"]),
        (Role.COORDINATOR, Role.COORDINATOR, []),
        (Role.MEMBER, Role.OFFICER, []),
    ],
)
def test_whoever_begins_or_ceases_to_coordinate_is_told(before: Role, after: Role, letters: list[str]) -> None:
    joined = MembershipFactory(role=before)

    answering.change_role(membership=joined, role=after, now=NOW)

    joined.refresh_from_db()
    assert joined.role == after
    assert [mailing.key.partition(":")[2] for mailing in Mailing.objects.all()] == letters
