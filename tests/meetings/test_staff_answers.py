"""Who comes, and what the town hall types in for those who telephone or write."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from meetings.models import Answer, CalendarReply, Invitation, InvitationOrigin, MeetingPage, ReplyEffect
from tests.communities.factories import ResidentFactory
from tests.factories import StaffFactory
from tests.meetings.conftest import at, words
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def names(desk: Client, meeting: MeetingPage, **asked: object) -> list[str]:
    return [row.resident.name for row in desk.get(at("answers", meeting), asked).context["object_list"]]


@pytest.fixture
def meeting(db: None) -> MeetingPage:
    """Ada comes with two others, Basile does not, Nora may, Inès has not answered."""
    meeting = MeetingPageFactory(capacity=10)
    AnswerFactory(invitation__meeting=meeting, invitation__resident__name="Ada Terril", guests=2)
    AnswerFactory(invitation__meeting=meeting, invitation__resident__name="Basile Coron", no=True, by_phone=True)
    AnswerFactory(invitation__meeting=meeting, invitation__resident__name="Nora Chevalet", maybe=True)
    InvitationFactory(meeting=meeting, resident__name="Inès Briquette")
    return meeting


def test_the_page_counts_answers_people_and_seats(desk: Client, meeting: MeetingPage):
    RegistrationFactory(meeting=meeting, guests=1)

    shown = words(desk.get(at("answers", meeting)))

    assert "3 people come, for 10 seats" in shown
    for figure in ("1</strong> yes", "1</strong> maybe", "1</strong> no", "1</strong> no answer"):
        assert figure in shown
    assert "2 seats are held for people who have not confirmed yet." in shown


@pytest.mark.parametrize("capacity", [None, 10])
def test_that_nobody_comes_yet_is_said_in_words(desk: Client, capacity: int | None):
    meeting = AnswerFactory(invitation__meeting=MeetingPageFactory(capacity=capacity), no=True).invitation.meeting

    shown = words(desk.get(at("answers", meeting)))

    assert "Nobody comes yet" in shown
    assert "0 people come" not in shown


def test_a_page_without_an_answer_says_when_they_come_and_where_to_write_one_down(desk: Client):
    meeting = MeetingPageFactory()

    shown = words(desk.get(at("answers", meeting)))

    assert "Nobody has answered yet." in shown
    assert f'<a href="{at("write_down", meeting)}">Write down that they come</a>' in shown


def test_a_filter_that_leaves_nobody_keeps_wagtails_words(desk: Client, meeting: MeetingPage):
    shown = words(desk.get(at("answers_results", meeting), {"means": "paper"}))

    assert "Nobody has answered yet." not in shown
    assert "There are no results." in shown


def test_only_the_last_word_counts(desk: Client, meeting: MeetingPage):
    basile = Invitation.objects.get(resident__name="Basile Coron")
    AnswerFactory(invitation=basile, replaced=True, guests=5)

    assert "3 people come" in words(desk.get(at("answers", meeting)))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"choice": "yes"}, {"Ada Terril"}),
        ({"choice": ["no", "maybe"]}, {"Basile Coron", "Nora Chevalet"}),
        ({"choice": "none"}, {"Inès Briquette"}),
        ({"choice": ["none", "yes"]}, {"Ada Terril", "Inès Briquette"}),
        ({"means": "phone"}, {"Basile Coron"}),
        ({"origin": "registration"}, {"Félix Gaillette"}),
        ({"q": "ines"}, {"Inès Briquette"}),
    ],
)
def test_the_names_are_narrowed_by_answer_means_origin_and_search(
    desk: Client, meeting: MeetingPage, asked: dict[str, Any], found: set[str]
):
    InvitationFactory(meeting=meeting, registered=True, resident__name="Félix Gaillette")
    expected = found | ({"Félix Gaillette"} if "none" in asked.get("choice", "") else set())

    assert set(names(desk, meeting, **asked)) == expected


def test_the_answers_of_another_meeting_stay_there(desk: Client, meeting: MeetingPage):
    AnswerFactory(invitation__resident__name="Félix Gaillette")

    assert "Félix Gaillette" not in names(desk, meeting)


def test_the_list_asks_as_many_questions_for_many_answers_as_for_few(
    desk: Client, meeting: MeetingPage, queries_of: Callable[[str], int]
):
    for_few = queries_of(at("answers", meeting))
    AnswerFactory.create_batch(20, invitation__meeting=meeting)

    assert queries_of(at("answers", meeting)) == for_few


def test_an_answer_heard_on_the_telephone_is_the_same_answer(desk: Client, meeting: MeetingPage):
    ines = Invitation.objects.get(resident__name="Inès Briquette")

    response = desk.post(
        at("type_in", meeting, ines.pk), {"choice": "yes", "guests": "1", "channel": "phone"}, follow=True
    )

    answer = Answer.objects.current().get(invitation=ines)
    assert (answer.choice, answer.guests, answer.channel) == ("yes", 1, "phone")
    assert "The answer of Inès Briquette is recorded: yes." in words(response)


def test_in_french_the_name_stands_apart_whatever_its_first_letter(client: Client, meeting: MeetingPage):
    client.force_login(StaffFactory(communication=True, reads="fr"))
    ines = Invitation.objects.get(resident__name="Inès Briquette")

    response = client.post(
        at("type_in", meeting, ines.pk), {"choice": "no", "guests": "", "channel": "phone"}, follow=True
    )

    assert "Réponse enregistrée : Inès Briquette, non." in words(response)


def test_the_form_shows_what_was_said_before_and_keeps_it(desk: Client, meeting: MeetingPage):
    ada = Invitation.objects.get(resident__name="Ada Terril")

    shown = words(desk.get(at("type_in", meeting, ada.pk)))
    desk.post(at("type_in", meeting, ada.pk), {"choice": "no", "guests": "", "channel": "paper"})

    assert "yes (+2)" in shown
    assert list(ada.answers.values_list("choice", "is_current")) == [("no", True), ("yes", False)]


def test_an_invitation_to_another_meeting_is_not_found_here(desk: Client, meeting: MeetingPage):
    elsewhere = InvitationFactory()

    assert desk.get(at("type_in", meeting, elsewhere.pk)).status_code == 404


def test_more_people_than_seats_are_refused_with_the_number_left(desk: Client, meeting: MeetingPage):
    MeetingPage.objects.filter(pk=meeting.pk).update(capacity=5)
    ines = Invitation.objects.get(resident__name="Inès Briquette")

    response = desk.post(at("type_in", meeting, ines.pk), {"choice": "yes", "guests": "4", "channel": "phone"})

    assert response.status_code == 409
    assert "There are only 2 seats left." in words(response)
    assert not ines.answers.exists()


def test_a_full_meeting_says_so_on_the_page_and_in_the_form(desk: Client, meeting: MeetingPage):
    MeetingPage.objects.filter(pk=meeting.pk).update(capacity=3)
    ines = Invitation.objects.get(resident__name="Inès Briquette")

    page = desk.get(at("answers", meeting))
    form = desk.post(at("type_in", meeting, ines.pk), {"choice": "yes", "guests": "", "channel": "phone"})

    assert "Every seat is taken." in words(page)
    assert "Every seat is taken." in words(form)


@pytest.mark.parametrize("facts", [{"past": True}, {"cancelled": True}, {"postponed": True}])
def test_a_meeting_that_takes_no_more_answers_says_so(desk: Client, facts: dict[str, bool]):
    invitation = InvitationFactory(meeting=MeetingPageFactory(**facts))

    response = desk.post(
        at("type_in", invitation.meeting, invitation.pk), {"choice": "no", "guests": "", "channel": "phone"}
    )

    assert response.status_code == 409
    assert "This meeting takes no more answers" in words(response)


def test_an_answer_without_a_choice_is_asked_for_again(desk: Client, meeting: MeetingPage):
    ines = Invitation.objects.get(resident__name="Inès Briquette")

    response = desk.post(at("type_in", meeting, ines.pk), {"guests": "1", "channel": "phone"})

    assert response.status_code == 422
    assert not ines.answers.exists()


def test_someone_who_calls_without_having_been_invited_is_written_down(desk: Client, meeting: MeetingPage):
    someone = {"name": "Félix Gaillette", "phone": "01 99 00 12 34", "email": "", "guests": "1", "channel": "phone"}

    response = desk.post(at("write_down", meeting), someone, follow=True)

    written = Invitation.objects.get(resident__name="Félix Gaillette")
    assert written.origin == InvitationOrigin.STAFF
    assert written.answers.get().guests == 1
    assert "Félix Gaillette comes: it is recorded." in words(response)


def test_someone_already_known_is_not_written_down_twice(desk: Client, meeting: MeetingPage):
    known = ResidentFactory(name="Félix Gaillette", email="felix@example.org")
    someone = {"name": "F. Gaillette", "phone": "", "email": "FELIX@example.org", "guests": "", "channel": "paper"}

    desk.post(at("write_down", meeting), someone)

    assert Invitation.objects.get(meeting=meeting, resident=known).origin == InvitationOrigin.STAFF
    known.refresh_from_db()
    assert known.name == "Félix Gaillette"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"phone": "", "email": ""}, "Give a telephone number or an e-mail address"),
        ({"name": ""}, "This field is required."),
        ({"email": "felix"}, "Enter a valid email address."),
        ({"guests": "10"}, "less than or equal to 9"),
        ({"guests": "-1"}, "greater than or equal to 0"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(
    desk: Client, meeting: MeetingPage, change: dict[str, str], sentence: str
):
    someone = {"name": "Félix", "phone": "0199001234", "email": "", "guests": "0", "channel": "phone"}

    response = desk.post(at("write_down", meeting), someone | change)

    assert response.status_code == 422
    assert sentence in words(response)
    assert not Invitation.objects.filter(meeting=meeting, origin=InvitationOrigin.STAFF).exists()


def test_nobody_is_written_down_for_a_full_meeting(desk: Client, meeting: MeetingPage):
    MeetingPage.objects.filter(pk=meeting.pk).update(capacity=3)
    someone = {"name": "Félix Gaillette", "phone": "0199001234", "email": "", "guests": "0", "channel": "phone"}

    response = desk.post(at("write_down", meeting), someone)

    assert "Every seat is taken." in words(response)
    assert not Invitation.objects.filter(resident__name="Félix Gaillette").exists()


def test_what_a_calendar_said_besides_stands_beside_the_answer(desk: Client, meeting: MeetingPage) -> None:
    invitation = meeting.invitations.get(resident__name="Ada Terril")
    CalendarReply.objects.create(
        invitation=invitation,
        method="COUNTER",
        sequence=0,
        partstat="TENTATIVE",
        comment="Plutôt en fauteuil <b>",
        proposed_start=meeting.starts_at,
        effect=ReplyEffect.NOTED,
        received_at=meeting.starts_at,
    )

    for page in (at("answers", meeting), at("type_in", meeting, invitation.pk)):
        said = words(desk.get(page))
        assert "Plutôt en fauteuil &lt;b&gt;" in said
        assert "proposes" in said
