"""What do checks hold on one resident, and what is left of them once they are erased?"""

import pytest

from communities import erasing, personal_data
from engagement.models import CheckState, KeptFile, StewardshipCheck
from tests.communities.factories import ResidentFactory
from tests.engagement.caring.standing import NOW, by, check_in, found, officer
from tests.engagement.factories import KeptFileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered() -> StewardshipCheck:
    """Of somebody who looked, wrote, and photographed."""
    resident = ResidentFactory()
    check = found(
        check_in(3, resident=resident), CheckState.NEEDS_WORK, by=by(resident), words="Vu avec ma fille Nora."
    )
    StewardshipCheck.objects.update(photo=KeptFileFactory(media_type="image/jpeg"), is_photo_public=True)
    return check


def test_they_are_given_what_they_look_after_and_what_they_found(answered: StewardshipCheck) -> None:
    assert answered.answered_by

    held = personal_data.held_on(resident=answered.answered_by)

    assert held["Ce que vous entretenez"][0]["projet"] == str(answered.project)
    assert "Vu avec ma fille Nora." in held["Ce que vous avez constaté"][0].values()


def test_somebody_else_is_given_nothing_of_it(answered: StewardshipCheck) -> None:
    held = personal_data.held_on(resident=ResidentFactory())

    assert (held["Ce que vous entretenez"], held["Ce que vous avez constaté"]) == ([], [])


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
