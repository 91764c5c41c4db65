"""How does a picture stand, and until when may each medium show it?"""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.images.models import Image
from wagtail.models import ModelLogEntry

from communities.models import Medium, PictureAuthorisation, PictureRights, PictureState, Recognisable
from communities.models.picture_rights import NO_END
from communities.picture_rights import saying, showing
from tests.communities.picture_rights.pictures import (
    NOW,
    TODAY,
    drawn,
    picture,
    put_in,
    rights_to,
    signed,
    with_minors,
)
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_a_picture_of_nobody_may_be_shown_everywhere_without_an_end():
    rights = rights_to(drawn(picture()))

    assert rights.state_on(TODAY) == PictureState.IN_ORDER
    assert {rights.site_until, rights.letters_until, rights.print_until, rights.social_until} == {NO_END}


@pytest.mark.parametrize("state", list(PictureState))
def test_the_state_is_the_same_in_python_and_in_the_database(state: PictureState):
    image = put_in(picture(), state)
    PictureRights.objects.get_or_create(image=image)

    assert rights_to(image).state_on(TODAY) == state
    assert PictureRights.objects.standing(TODAY).get(image=image).state_today == state


def test_every_recognised_minor_needs_a_paper():
    image = with_minors(picture(), minors=2)

    signed(image, minor="Nora C.")
    assert rights_to(image).state_on(TODAY) == PictureState.MISSING
    signed(image, minor="Félix G.")

    assert rights_to(image).state_on(TODAY) == PictureState.IN_ORDER


def test_two_papers_for_one_minor_do_not_stand_for_another():
    image = with_minors(picture(), minors=2)

    signed(image, minor="Nora C.")
    signed(image, minor=" nora c. ")

    assert rights_to(image).state_on(TODAY) == PictureState.MISSING


def test_each_medium_is_allowed_on_its_own_and_ends_with_the_first_paper_that_ends():
    image = with_minors(picture(), minors=2)

    signed(image, minor="Nora C.", media=[Medium.SITE, Medium.PRINT], until=TODAY + 90 * DAY)
    signed(image, minor="Félix G.", media=[Medium.SITE], until=TODAY + 200 * DAY)

    rights = rights_to(image)
    assert rights.site_until == TODAY + 90 * DAY
    assert (rights.print_until, rights.letters_until, rights.social_until) == (None, None, None)
    assert rights.allows(Medium.SITE, TODAY)
    assert not rights.allows(Medium.PRINT, TODAY)


def test_the_last_day_counts_and_the_next_does_not():
    image = with_minors(picture())
    signed(image, until=TODAY)

    assert rights_to(image).allows(Medium.SITE, TODAY)
    assert not rights_to(image).allows(Medium.SITE, TODAY + DAY)
    assert rights_to(image).state_on(TODAY + DAY) == PictureState.EXPIRED


def test_what_ends_within_sixty_days_is_said_to_end_soon():
    image = with_minors(picture())
    signed(image, until=TODAY + 60 * DAY)

    assert rights_to(image).state_on(TODAY) == PictureState.SOON
    assert rights_to(image).state_on(TODAY - DAY) == PictureState.IN_ORDER


def test_a_picture_signed_anew_goes_on():
    image = put_in(picture(), PictureState.EXPIRED)

    signed(image, until=TODAY + 365 * DAY)

    assert rights_to(image).state_on(TODAY) == PictureState.IN_ORDER


def test_withdrawing_twice_keeps_the_first_day():
    image, by = put_in(picture(), PictureState.IN_ORDER), StaffFactory()

    saying.withdraw(rights=rights_to(image), by=by, now=NOW, today=TODAY)
    saying.withdraw(rights=rights_to(image), by=by, now=NOW + DAY, today=TODAY + DAY)

    assert rights_to(image).withdrawn_at == NOW
    assert ModelLogEntry.objects.filter(action=saying.WITHDREW).count() == 1


def test_a_new_paper_does_not_undo_a_withdrawal():
    image = put_in(picture(), PictureState.WITHDRAWN)

    signed(image, minor="Félix G.")

    assert rights_to(image).state_on(TODAY) == PictureState.WITHDRAWN


def test_a_paper_written_down_by_whoever_saw_it_before_the_withdrawal_brings_nothing_back():
    image = put_in(picture(), PictureState.IN_ORDER)
    seen_before = rights_to(image)
    saying.withdraw(rights=rights_to(image), by=StaffFactory(), now=NOW, today=TODAY)

    saying.settle(rights=seen_before, today=TODAY)

    assert not image.file.storage.exists(image.file.name)


def test_a_picture_is_shown_again_only_with_a_paper_that_was_not_taken_back():
    image = with_minors(picture())
    paper, by = signed(image), StaffFactory()
    saying.withdraw(rights=rights_to(image), authorisation=paper, by=by, now=NOW, today=TODAY)

    saying.show_again(rights=rights_to(image), by=by, today=TODAY)
    assert rights_to(image).state_on(TODAY) == PictureState.MISSING
    signed(image)

    assert rights_to(image).state_on(TODAY) == PictureState.IN_ORDER


def test_an_adult_may_have_a_picture_withdrawn_too():
    image = picture()
    rights = saying.say(image=image, recognisable=Recognisable.ADULTS, by=None, today=TODAY)

    saying.withdraw(rights=rights, by=StaffFactory(), now=NOW, today=TODAY)

    assert not showing.may_be_shown(image, medium=Medium.SITE, today=TODAY)


def test_minors_without_a_number_are_refused_by_the_rule_and_by_the_database():
    with pytest.raises(saying.MinorsAreCounted):
        saying.say(image=picture(), recognisable=Recognisable.MINORS, by=None, today=TODAY)
    with pytest.raises(IntegrityError, match="recognised_minors_are_counted"), transaction.atomic():
        PictureRights.objects.create(image=picture(), recognisable=Recognisable.MINORS)


def test_one_guardian_alone_says_why_or_the_database_refuses():
    image = with_minors(picture())
    paper = signed(image)

    with pytest.raises(IntegrityError, match="both_guardians_sign"), transaction.atomic():
        PictureAuthorisation.objects.filter(pk=paper.pk).update(second_guardian="")
    PictureAuthorisation.objects.filter(pk=paper.pk).update(second_guardian="", why_alone="Veuve")


def test_another_file_is_another_picture():
    image = put_in(picture(), PictureState.IN_ORDER)

    saying.say(image=image, recognisable=Recognisable.UNKNOWN, by=None, today=TODAY, is_another_file=True)

    assert rights_to(image).state_on(TODAY) == PictureState.TO_SAY
    assert not rights_to(image).allows(Medium.SITE, TODAY)
    assert not PictureAuthorisation.objects.exists()


def test_a_picture_that_was_there_before_goes_on_until_somebody_says_who_is_on_it():
    image = picture()
    PictureRights.objects.create(image=image, was_there_before=True)

    assert all(rights_to(image).allows(medium, TODAY) for medium in Medium)
    with_minors(image)

    assert not any(rights_to(image).allows(medium, TODAY) for medium in Medium)


@pytest.mark.parametrize(
    ("signed_on", "end"),
    [
        (dt.date(2026, 11, 27), dt.date(2028, 8, 31)),
        (dt.date(2027, 2, 1), dt.date(2028, 8, 31)),
        (dt.date(2027, 8, 31), dt.date(2028, 8, 31)),
        (dt.date(2027, 9, 1), dt.date(2029, 8, 31)),
    ],
)
def test_a_paper_ends_a_year_after_the_school_year_in_which_it_was_signed(signed_on: dt.date, end: dt.date):
    assert saying.usual_end(signed_on) == end


@pytest.fixture
def photograph() -> Image:
    """Drawn once for all that is tried with it."""
    return picture()


@pytest.mark.hypothesis
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    papers=st.lists(st.tuples(st.sampled_from(["A.", "B.", "C."]), st.integers(-30, 300), st.booleans()), max_size=7),
    minors=st.integers(1, 3),
)
def test_on_any_day_as_many_minors_are_covered_as_are_recognised(
    photograph: Image, papers: list[tuple[str, int, bool]], minors: int
):
    with transaction.atomic():
        image = with_minors(photograph, minors=minors)
        for who, days, on_site in papers:
            signed(image, minor=who, until=TODAY + days * DAY, media=[Medium.SITE] if on_site else [])
        rights = rights_to(image)

        for days in (-30, 0, 1, 100, 301):
            day = TODAY + days * DAY
            covered = {who for who, until, on_site in papers if on_site and TODAY + until * DAY >= day}
            assert rights.allows(Medium.SITE, day) is (len(covered) >= minors)
        transaction.set_rollback(True)
