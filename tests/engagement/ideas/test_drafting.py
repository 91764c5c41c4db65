"""A draft loses nothing, belongs to nobody but its link, and is forgotten when nobody comes back."""

import datetime as dt
from functools import partial

import pytest
from django.utils import timezone

from communities.models import Mailing, Resident
from communities.post.kinds import letter_kinds
from engagement.ideas import drafting
from engagement.models import Idea, IdeaPicture, KeptFile
from engagement.uploads import cleaning
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import IdeaFactory
from tests.engagement.ideas.writing import begun
from tests.engagement.uploads import files

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def a_photo() -> cleaning.CleanPicture:
    return cleaning.picture(file=files.sent(files.photo()))


def with_pictures(number: int) -> Idea:
    idea = begun()
    drafting.add_pictures(idea=idea, pictures=[a_photo()] * number, now=NOW)
    return idea


def test_a_draft_is_found_by_its_link_alone():
    idea = begun()

    assert drafting.find(token=drafting.token_of(idea)) == idea
    assert not Idea.objects.public().exists()


def test_a_stranger_who_types_a_known_address_changes_nothing_of_its_owner():
    known = ResidentFactory(name="Nora Chevalet", email="nora@example.org")

    idea = begun(email="Nora@Example.org")

    known.refresh_from_db()
    assert (idea.resident, idea.given_name, known.name) == (known, "Ada Terril", "Nora Chevalet")


def test_an_address_that_was_put_right_is_the_one_written_to():
    idea = begun(email="ada@exemple.org")

    drafting.put_address_right(idea=idea, email="ada@example.org", now=NOW)

    assert Idea.objects.get().resident.email == "ada@example.org"
    assert idea.resident.email == "ada@example.org"


def test_an_address_typed_in_capitals_is_the_same():
    idea = begun()

    token = drafting.token_of(idea)

    drafting.put_address_right(idea=idea, email="ADA@example.org", now=NOW)

    assert Resident.objects.count() == 1
    assert drafting.find(token=token) == idea


def test_whoever_got_its_link_at_a_wrong_address_opens_the_draft_no_more_once_it_is_put_right():
    idea = begun(email="ada@exemple.org")
    theirs = drafting.token_of(idea)

    drafting.put_address_right(idea=idea, email="ada@example.org", now=NOW)

    assert drafting.find(token=theirs) is None
    assert drafting.find(token=drafting.token_of(idea)) == idea


def test_two_addresses_typed_in_two_windows_never_share_a_link():
    first, second = begun(email="ada@exemple.org"), Idea.objects.select_related("resident").get()

    drafting.put_address_right(idea=first, email="ida@example.org", now=NOW)
    theirs = drafting.token_of(first)
    drafting.put_address_right(idea=second, email="ada@example.org", now=NOW)

    assert drafting.find(token=theirs) is None


def test_what_was_sent_keeps_its_address():
    idea = begun(email="ada@exemple.org")
    Idea.objects.update(sent_at=NOW)

    with pytest.raises(drafting.AlreadySent):
        drafting.put_address_right(idea=idea, email="ada@example.org", now=NOW)

    assert Idea.objects.get().resident.email == "ada@exemple.org"


def test_photographs_are_kept_up_to_as_many_as_an_idea_may_have():
    idea = with_pictures(drafting.MOST_PICTURES + 2)

    assert idea.pictures.count() == drafting.MOST_PICTURES
    assert drafting.room_for_pictures(idea) == 0


def test_no_photograph_is_public_before_staff_say_so():
    with_pictures(1)

    assert not IdeaPicture.objects.filter(is_public=True).exists()


def test_a_photograph_that_is_removed_leaves_no_file_behind():
    idea = with_pictures(2)

    drafting.remove_picture(idea=idea, pk=idea.pictures.earliest("pk").pk)

    assert (IdeaPicture.objects.count(), KeptFile.objects.count()) == (1, 1)


def test_nobody_removes_or_describes_the_photographs_of_another_idea():
    theirs, mine = with_pictures(1), begun(email="nora@example.org")
    picture = theirs.pictures.get()

    drafting.remove_picture(idea=mine, pk=picture.pk)
    drafting.describe_pictures(idea=mine, words={picture.pk: "Autre chose"})

    picture.refresh_from_db()
    assert picture.alternative_text == ""


def test_each_photograph_says_what_it_shows():
    idea = with_pictures(1)
    picture = idea.pictures.get()

    drafting.describe_pictures(idea=idea, words={picture.pk: "La friche en mai"})

    picture.refresh_from_db()
    assert picture.alternative_text == "La friche en mai"


def test_the_link_to_continue_later_comes_once_in_ten_minutes():
    idea = begun()

    for minutes in (0, 5, 12):
        drafting.continue_later(idea=idea, now=NOW + dt.timedelta(minutes=minutes))

    assert Mailing.objects.filter(kind=drafting.LETTER_KIND).count() == 2


def test_back_at_an_earlier_address_the_new_link_comes_at_once():
    idea = begun(email="ada@example.org")

    for minutes, email in enumerate(["ada@example.org", "ada@exemple.org", "ada@example.org"]):
        drafting.continue_later(idea=idea, email=email, now=NOW + dt.timedelta(minutes=minutes))

    assert Mailing.objects.filter(kind=drafting.LETTER_KIND).count() == 3


def test_the_link_leaves_no_more_for_an_address_that_was_put_right_meanwhile():
    idea = begun(email="ada@exemple.org")
    drafting.continue_later(idea=idea, now=NOW)
    mailing = Mailing.objects.get(kind=drafting.LETTER_KIND)
    delivery = mailing.deliveries.get()
    still_true = partial(letter_kinds[mailing.kind].still_true, mailing=mailing, deliveries=[delivery], now=NOW)
    assert still_true() == {}

    drafting.put_address_right(idea=idea, email="ada@example.org", now=NOW)

    assert list(still_true()) == [delivery.pk]


def test_a_received_idea_is_no_draft_any_more():
    idea = IdeaFactory()

    with pytest.raises(drafting.AlreadySent):
        drafting.save(idea=idea, facts={"title": "Autre chose"}, now=NOW)

    assert Idea.objects.get().title != "Autre chose"
