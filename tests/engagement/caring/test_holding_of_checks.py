"""What do checks hold on one resident, and what is left of them once they are erased?"""

import pytest

from communities import erasing, personal_data
from engagement.models import CheckState, KeptFile, StewardshipCheck
from tests.communities.factories import ResidentFactory
from tests.engagement.caring.standing import A_DAY, NOW, by, check_in, found, officer, photo
from tests.engagement.factories import KeptFileFactory, TeammateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered() -> StewardshipCheck:
    """Of somebody who looked, wrote, and photographed."""
    resident = ResidentFactory()
    check = found(
        check_in(3, resident=resident), CheckState.NEEDS_WORK, by=by(resident), words="Vu avec ma fille Nora."
    )
    picture = KeptFileFactory(media_type="image/jpeg")
    StewardshipCheck.objects.update(photo=picture, photo_by=resident, is_photo_public=True)
    return check


def test_they_are_given_what_they_look_after_and_what_they_found(answered: StewardshipCheck) -> None:
    assert answered.answered_by

    held = personal_data.held_on(resident=answered.answered_by)

    assert held["Ce que vous entretenez"][0]["projet"] == str(answered.project)
    assert "Vu avec ma fille Nora." in held["Ce que vous avez constaté"][0].values()
    assert held["Ce que vous avez photographié"][0]["projet"] == str(answered.project)


def test_somebody_else_is_given_nothing_of_it(answered: StewardshipCheck) -> None:
    held = personal_data.held_on(resident=ResidentFactory())

    assert not any(held[told] for told in ("Ce que vous entretenez", "Ce que vous avez constaté"))
    assert held["Ce que vous avez photographié"] == []


def test_erased_how_it_stood_stays_and_their_words_photograph_and_name_go(answered: StewardshipCheck) -> None:
    assert answered.answered_by

    erasing.erase(resident=answered.answered_by, by=officer(), now=NOW)

    left = StewardshipCheck.objects.get()
    assert (left.state, left.answered_at) == (CheckState.NEEDS_WORK, NOW)
    assert (left.words, left.resident, left.answered_by, left.photo, left.is_photo_public) == (
        "",
        None,
        None,
        None,
        False,
    )
    assert not KeptFile.objects.exists()


@pytest.mark.parametrize("is_taker", [True, False])
def test_a_photograph_that_stands_beside_a_later_answer_goes_with_its_taker_alone(is_taker: bool) -> None:
    taker, other = ResidentFactory(), ResidentFactory()
    check = check_in(3)
    for mate in (taker, other):
        TeammateFactory(project=check.project, resident=mate)
    check = found(check, CheckState.NEEDS_WORK, by=by(taker), photo=photo())
    found(check, CheckState.GOOD, by=by(other), words="Réparé.", now=NOW + A_DAY)

    erasing.erase(resident=taker if is_taker else other, by=officer(), now=NOW + A_DAY)

    left = StewardshipCheck.objects.get()
    assert (left.photo is None, KeptFile.objects.exists()) == (is_taker, not is_taker)
    assert (left.words, left.answered_by) == (("Réparé.", other) if is_taker else ("", None))
