"""How do both sides sign: on paper, on screen, once each, under the very text that was frozen?"""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from communities.models import Delivery, Resident
from engagement import passing
from engagement.conventions import freezing, signing
from engagement.models import Convention, KeptFile, Project, Side, Signature, Stage
from tests.communities.factories import ResidentFactory
from tests.engagement.conventions.conventions import (
    NOW,
    SCAN,
    asked,
    hand,
    officer,
    proposed,
    sign,
    signed,
    supported,
    with_code,
)
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


# --- On paper ---------------------------------------------------------------------------------------------------


def test_both_hands_on_one_sheet_make_it_signed_and_its_project_passes():
    by = officer()
    convention = proposed(by=by, months=36)

    sign(convention, Side.COMMUNE, Side.RESIDENTS, by=by)

    kept = Convention.objects.get(pk=convention.pk)
    assert (kept.state, kept.signed_at, kept.ends_on) == ("signed", NOW, dt.date(2029, 3, 1))
    assert Project.objects.get(pk=convention.project_id).stage == Stage.SIGNED
    assert KeptFile.objects.filter(pk__in=kept.signatures.values("scan")).count() == 1


def test_one_hand_alone_signs_nothing():
    by = officer()
    convention = proposed(by=by)

    sign(convention, Side.RESIDENTS, by=by)

    assert Convention.objects.get(pk=convention.pk).state == "proposed"
    assert Project.objects.get(pk=convention.project_id).stage == Stage.DRAFTING


def test_a_side_signs_once():
    by = officer()
    convention = proposed(by=by)
    sign(convention, Side.RESIDENTS, by=by)

    with pytest.raises(signing.SignedAlready):
        sign(convention, Side.RESIDENTS, by=by)


@pytest.mark.parametrize("day", [NOW.date() - dt.timedelta(days=1), NOW.date() + dt.timedelta(days=1)])
def test_a_sheet_is_signed_between_its_freezing_and_today(day):
    by = officer()

    with pytest.raises(signing.NotThatDay):
        sign(proposed(by=by), Side.COMMUNE, by=by, signed_on=day)


def test_somebody_signs():
    by = officer()
    convention = proposed(by=by)

    with pytest.raises(signing.NoName):
        sign(convention, Side.COMMUNE, by=by, name="  ")
    with pytest.raises(signing.NoName):
        signing.on_paper(convention=convention, hands=[], signed_on=NOW.date(), scan=SCAN, by=by, now=NOW)


def test_one_person_signs_for_each_side():
    by = officer()
    convention = proposed(by=by)

    with pytest.raises(signing.TwoOfASide) as refusal:
        sign(convention, Side.COMMUNE, Side.COMMUNE, by=by)

    assert refusal.value.sentence
    assert not Signature.objects.exists()


def test_of_two_hands_one_of_which_is_refused_none_is_noted():
    by = officer()
    convention = proposed(by=by)
    hands = [signing.Hand(Side.COMMUNE, "Basile Coron"), signing.Hand(Side.RESIDENTS, " ")]

    with pytest.raises(signing.NoName):
        signing.on_paper(convention=convention, hands=hands, signed_on=NOW.date(), scan=SCAN, by=by, now=NOW)

    assert not Signature.objects.exists()
    assert not KeptFile.objects.exists()


def test_a_draft_is_not_signed():
    by = officer()
    convention = proposed(by=by)
    freezing.take_back(convention=convention, by=by)

    with pytest.raises(freezing.NotProposed):
        sign(convention, Side.COMMUNE, by=by)


def test_the_convention_of_a_project_given_up_meanwhile_is_not_signed():
    by = officer()
    convention = proposed(by=by)
    master = passing.Actor(user=StaffFactory(administration=True))
    passing.to(thing=convention.project, stage=Stage.GIVEN_UP, by=master, words="Plus personne.", now=NOW)

    with pytest.raises(signing.ProjectIsOver):
        sign(convention, Side.COMMUNE, by=by)


def test_those_who_carry_it_read_of_it_once_and_the_town_hall_too():
    holder = ResidentFactory()
    by = officer()
    officer_in_charge = StaffFactory(participation=True)

    convention = signed(by=by, project=supported(holder=holder, officer=officer_in_charge))

    passage = convention.project.passages.get(to_stage="signed")
    assert Delivery.objects.filter(resident=holder, mailing__kind="passage", mailing__key=passage.pk).count() == 1
    assert not Delivery.objects.filter(resident=holder, mailing__kind="convention-signed").exists()
    assert Delivery.objects.get(mailing__kind="convention-signed").test_address == officer_in_charge.email


# --- Whoever comes to the tables themselves ---------------------------------------------------------------------


def test_a_signature_under_another_text_is_refused():
    convention = proposed()

    with pytest.raises(IntegrityError, match="out for signature"), transaction.atomic():
        Signature.objects.create(
            convention=convention,
            side="residents",
            name="x",
            means="screen",
            proven_email="x@example.org",
            signed_on=NOW.date(),
            noted_at=NOW,
            sha256="0" * 64,
        )


def test_nothing_is_signed_by_one_hand_even_by_an_update():
    convention = proposed()

    with pytest.raises(IntegrityError, match="both sides"), transaction.atomic():
        Convention.objects.filter(pk=convention.pk).update(state="signed", signed_at=NOW)


def test_a_resident_who_signed_stays_known():
    holder = ResidentFactory(email="ada@example.org")
    request = asked(proposed(project=supported(holder=holder)), resident=holder)
    hand(request, with_code(request))

    with pytest.raises(ProtectedError):
        Resident.objects.filter(pk=holder.pk).delete()
