"""Two records of one person become one: ideas, supports, roles, certificates, checks; what is signed stays."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities import personal_data
from communities.doubles import merging
from communities.models import Resident
from engagement.models import (
    CertificateRequest,
    Idea,
    IdeaSupport,
    Passage,
    Signature,
    StewardshipCheck,
    Teammate,
    TeamRole,
)
from tests.communities.factories import ResidentFactory
from tests.engagement import signing
from tests.engagement.factories import ConventionFactory, IdeaFactory, ProjectFactory, TeammateFactory
from tests.engagement.factories_of_what_was_done import StewardshipCheckFactory
from tests.factories import StaffFactory

NOW = timezone.now()
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Resident, Resident]:
    return ResidentFactory(name="Ada Terril"), ResidentFactory(name="Ada Terril")


def merge(pair: tuple[Resident, Resident]) -> None:
    kept, gone = pair
    merging.merge(kept=kept, gone=gone, take=[], saw=merging.seen(*pair), by=StaffFactory(), now=NOW)


def test_an_idea_and_what_is_said_of_it_follow_their_person(pair: tuple[Resident, Resident]) -> None:
    idea = IdeaFactory(resident=pair[1], public=True)

    merge(pair)

    assert Idea.objects.get(pk=idea.pk).resident == pair[0]


def test_an_idea_is_supported_once_by_who_said_most(pair: tuple[Resident, Resident]) -> None:
    kept, gone = pair
    idea = IdeaFactory(public=True)
    IdeaSupport.objects.create(idea=idea, resident=kept, created_at=NOW, confirmed_at=None, joins=True)
    IdeaSupport.objects.create(idea=idea, resident=gone, created_at=NOW - DAY, confirmed_at=NOW, wants_news=True)

    merge(pair)

    support = IdeaSupport.objects.get()
    assert (support.resident, support.joins, support.wants_news, support.confirmed_at) == (kept, True, True, NOW)
    assert support.created_at == NOW - DAY


def test_in_a_team_they_have_the_role_that_carries_most(pair: tuple[Resident, Resident]) -> None:
    kept, gone = pair
    project = ProjectFactory()
    TeammateFactory(project=project, resident=kept, role=TeamRole.HELPER, joined_at=NOW)
    TeammateFactory(project=project, resident=gone, role=TeamRole.SPOKESPERSON, joined_at=NOW - DAY, shown_as="Ada T.")

    merge(pair)

    mate = Teammate.objects.get()
    assert (mate.resident, mate.role, mate.shown_as) == (kept, TeamRole.SPOKESPERSON, "Ada T.")


@pytest.mark.parametrize("granted_to", [0, 1])
def test_the_certificate_that_was_granted_stays(pair: tuple[Resident, Resident], granted_to: int) -> None:
    project = ProjectFactory()
    for number, resident in enumerate(pair):
        granted = NOW if number == granted_to else None
        CertificateRequest.objects.create(
            project=project, resident=resident, given_name="Ada", asked_at=NOW, granted_at=granted
        )

    merge(pair)

    certificate = CertificateRequest.objects.get()
    assert certificate.resident == pair[0]
    assert certificate.is_granted


def test_what_they_look_after_found_and_photographed_is_theirs(pair: tuple[Resident, Resident]) -> None:
    check = StewardshipCheckFactory(resident=pair[1])
    StewardshipCheck.objects.filter(pk=check.pk).update(answered_by=pair[1], photo_by=pair[1])

    merge(pair)

    check.refresh_from_db()
    assert (check.resident, check.answered_by, check.photo_by) == (pair[0], pair[0], pair[0])


def signed_by(resident: Resident) -> Signature:
    signature = signing.sign(ConventionFactory()).signatures.first()
    assert signature
    facts = {each.attname: getattr(signature, each.attname) for each in Signature._meta.concrete_fields}
    other = ConventionFactory()
    type(other).objects.filter(pk=other.pk).update(
        state="proposed", text="x", sha256=signature.sha256, code=f"C-{other.pk}", proposed_at=NOW
    )
    return Signature.objects.create(**facts | {"id": None, "convention_id": other.pk, "resident_id": resident.pk})


def test_a_signature_follows_its_person_and_nothing_under_it_moves(pair: tuple[Resident, Resident]) -> None:
    signature = signed_by(pair[1])

    merge(pair)

    left = Signature.objects.get(pk=signature.pk)
    assert left.resident == pair[0]
    same = [each.attname for each in Signature._meta.concrete_fields if each.name != "resident"]
    assert [getattr(left, name) for name in same] == [getattr(signature, name) for name in same]
    assert personal_data.held_on(resident=pair[0])


@pytest.mark.parametrize("change", [{"name": "Nora"}, {"resident": None}, {"sha256": "0"}])
def test_a_signature_still_changes_for_nobody_else(pair: tuple[Resident, Resident], change: dict[str, Any]) -> None:
    signature = signed_by(pair[1])

    rows = Signature.objects.filter(pk=signature.pk)
    for deed in (lambda: rows.update(**change), lambda: rows.update(resident=pair[0]), rows.delete):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            deed()


def test_a_passage_follows_whoever_made_it(pair: tuple[Resident, Resident]) -> None:
    idea = IdeaFactory(resident=pair[1], public=True)
    made = Passage.objects.create(
        idea=idea, from_stage="draft", to_stage="received", by_resident=pair[1], passed_at=NOW
    )

    merge(pair)

    made.refresh_from_db()
    assert made.by_resident == pair[0]
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Passage.objects.filter(pk=made.pk).update(by_resident=pair[1])
