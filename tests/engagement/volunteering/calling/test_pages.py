"""The pages of calls, letters and rain: who opens them, what they say, and what a double press does."""

import re
import uuid
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Delivery
from engagement.models import CoordinatorLetter
from engagement.volunteering.calling import calls, panels, replies
from meetings.models import MeetingPage, MeetingStatus
from tests.communities.space.coming_in import signed_in
from tests.engagement.factories_of_work_days import ShiftFactory, VolunteerFactory, morning
from tests.engagement.volunteering.calling import a_work_day

pytestmark = pytest.mark.django_db

PAGES = ["run_call", "run_write", "run_letter", "run_rain", "run_rain_done"]
SECRET = {"email": "secret@example.net", "phone": "06 39 98 77 66", "street": "9 rue des Secrets"}


@pytest.fixture
def work_day():
    day = a_work_day.of(fallback_on=morning(in_days=17).date())
    return ShiftFactory(work_day=day, minimum=3).work_day


@pytest.fixture
def coordinator(work_day):
    return a_work_day.coordinator(work_day, name="Nora Chevalet")


@pytest.fixture
def inside(client, coordinator):
    return signed_in(client, coordinator, now=timezone.now())


def address(name, work_day, letter=None):
    more = [letter.pk if letter else 1] if name == "run_letter" else []
    return reverse(f"engagement:{name}", args=[work_day.pk, *more])


def typed(**more):
    return {"subject": "Il manque du monde", "words": "Venez.", "how_many": 5, "key": str(uuid.uuid4()), **more}


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("\u202f", " "))


# --- Calling ---------------------------------------------------------------------------------------------------------


def test_the_page_says_what_is_missing_and_its_words_are_ready(inside, work_day):
    a_work_day.member(work_day)

    shown = inside.get(address("run_call", work_day))

    assert "3 personnes" in text_of(shown)
    assert "il nous manque encore" in text_of(shown)
    assert "Une personne peut être sollicitée" in text_of(shown)


def test_a_call_is_seen_before_it_leaves_then_sent_once_however_often_it_is_pressed(inside, work_day):
    member = a_work_day.member(work_day)
    said = typed(how_many=1)

    preview = inside.post(address("run_call", work_day), {**said, "preview": ""})
    assert "Une personne sera sollicitée" in text_of(preview)
    assert not CoordinatorLetter.objects.exists()
    pages = [inside.post(address("run_call", work_day), {**said, "send": ""}) for _press in range(2)]

    letter = CoordinatorLetter.objects.get()
    assert a_work_day.asked(letter) == {member}
    assert {page["Location"] for page in pages} == {address("run_letter", work_day, letter)}


def test_changing_ones_mind_keeps_what_was_typed(inside, work_day):
    a_work_day.member(work_day)

    back = inside.post(address("run_call", work_day), typed(how_many=1, words="Mes mots à moi", edit=""))

    assert "Mes mots à moi" in text_of(back)
    assert 'name="preview"' in back.content.decode()


def test_a_second_call_is_refused_on_the_page_in_words(inside, work_day, coordinator):
    a_work_day.member(work_day)
    a_work_day.call(work_day, coordinator, now=timezone.now())

    assert "il y a moins de 48 heures" in text_of(inside.get(address("run_call", work_day)))
    pressed = inside.post(address("run_call", work_day), typed(how_many=1, send=""))
    assert pressed.status_code == 409
    assert "il y a moins de 48 heures" in text_of(pressed)


@pytest.mark.parametrize(
    "wrong",
    [
        *({"how_many": number} for number in (0, 99, "x")),
        *({"words": words} for words in ("", "a\0", "x" * 3001)),
        {"subject": "x" * 121},
        *({"key": key} for key in ("rien", "")),
    ],
)
def test_what_cannot_be_sent_stays_on_the_page(inside, work_day, wrong):
    a_work_day.member(work_day)

    response = inside.post(address("run_call", work_day), typed(how_many=1, send="") | wrong)

    assert response.status_code == 422
    assert not CoordinatorLetter.objects.exists()


def test_a_key_of_another_day_is_no_letter_of_this_one(inside, work_day, coordinator):
    said = typed(how_many=1, send="")
    for day in (work_day, a_work_day.of(a_work_day.community_of(work_day))):
        a_work_day.member(day)
        ShiftFactory(work_day=day)
        inside.post(address("run_call", day), said)

    assert CoordinatorLetter.objects.count() == 2


# --- Writing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["coming", "shift", "bringing", "waiting", "members"])
def test_each_group_is_counted_before_anything_leaves(inside, work_day, to):
    shift = work_day.shifts.get()
    VolunteerFactory(work_day=work_day, shifts=[shift])
    said = typed(to=f"shift-{shift.pk}" if to == "shift" else to)

    preview = inside.post(address("run_write", work_day), {**said, "preview": ""})

    number = {"coming": "Un message", "shift": "Un message"}.get(to, "0")
    assert preview.status_code == 200
    assert number in text_of(preview)
    assert ('name="send"' in preview.content.decode()) == (to in {"coming", "shift"})


def test_a_shift_of_another_day_is_no_choice(inside, work_day):
    other = ShiftFactory()

    assert inside.post(address("run_write", work_day), typed(to=f"shift-{other.pk}", send="")).status_code == 422


def test_a_letter_is_sent_once_and_its_page_counts(inside, work_day):
    VolunteerFactory.create_batch(2, work_day=work_day)
    said = typed(to="coming", send="")

    for _press in range(2):
        page = inside.post(address("run_write", work_day), said, follow=True)

    assert CoordinatorLetter.objects.count() == 1
    assert "2 à venir" in text_of(page)


def test_a_subject_of_two_lines_is_one(inside, work_day):
    VolunteerFactory(work_day=work_day)

    inside.post(address("run_write", work_day), typed(to="coming", subject="Un\r\nBcc: x@example.org", send=""))

    assert CoordinatorLetter.objects.get().subject == "Un Bcc: x@example.org"


# --- Rain ------------------------------------------------------------------------------------------------------------


def test_one_press_cancels_and_leads_to_whom_to_call(inside, work_day):
    VolunteerFactory(work_day=work_day, phone="06 39 98 00 01", given_name="Ada")

    shown = inside.get(address("run_rain", work_day))
    assert "On ne peut pas revenir en arrière" in text_of(shown)
    for _press in range(2):
        done = inside.post(address("run_rain", work_day), {"do": "cancel", "reason": "Il pleut."}, follow=True)

    assert "Le chantier est annulé" in text_of(done)
    assert 'href="tel:' in done.content.decode()
    assert MeetingPage.objects.get(pk=work_day.meeting.pk).status_reason == "Il pleut."


def test_where_nobody_left_a_number_nobody_is_told_to_call(inside, work_day):
    done = inside.post(address("run_rain", work_day), {"do": "cancel", "reason": "Il pleut."}, follow=True)

    assert "Personne n’a laissé de numéro" in text_of(done)
    assert "appelez-les" not in text_of(done)


def test_moving_is_offered_with_its_day_and_pressing_twice_moves_once(inside, work_day):
    other = work_day.fallback_on
    assert f'value="{other:%Y-%m-%d}"' in inside.get(address("run_rain", work_day)).content.decode()

    said = {"do": "move", "to": f"{other:%Y-%m-%d}", "reason": "Il pleut."}
    pages = [inside.post(address("run_rain", work_day), said) for _press in range(2)]

    assert {page.status_code for page in pages} == {302}
    assert MeetingPage.objects.get(pk=work_day.meeting.pk).starts_at == morning(in_days=17)


@pytest.mark.parametrize(
    "wrong", [{"do": "explode"}, {"do": "cancel", "reason": ""}, {"do": "cancel", "reason": "a\0"}, {}]
)
def test_what_the_page_did_not_offer_does_nothing(inside, work_day, wrong):
    assert inside.post(address("run_rain", work_day), {"reason": "Il pleut."} | wrong).status_code == 422
    assert MeetingPage.objects.get(pk=work_day.meeting.pk).status == MeetingStatus.CONFIRMED


def test_looking_never_cancels(inside, work_day):
    for method in (inside.get, inside.head):
        method(address("run_rain", work_day), {"do": "cancel", "reason": "Il pleut."})

    assert MeetingPage.objects.get(pk=work_day.meeting.pk).status == MeetingStatus.CONFIRMED


# --- On the page of the work day -------------------------------------------------------------------------------------


def test_the_section_leads_to_all_three_and_shows_what_left(rf, work_day, coordinator):
    VolunteerFactory(work_day=work_day)
    a_work_day.write(work_day, coordinator, now=timezone.now())

    section = panels.of(rf.get("/"), coordinator, work_day, timezone.now())

    assert section
    _template, context = section
    assert context["is_open"]
    assert [(each.coordinator_letter.subject, each.waiting) for each in context["mailings"]] == [
        ("Le repas de midi", 1)
    ]


def test_a_draft_has_nothing_to_reach_people_by(rf, work_day, coordinator):
    work_day.meeting.live = False

    assert panels.of(rf.get("/"), coordinator, work_day, timezone.now()) is None


# --- Cost ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_no_page_asks_more_than_its_share(inside, work_day, coordinator, name, django_assert_max_num_queries):
    for _each in range(4):
        VolunteerFactory(work_day=work_day, resident=a_work_day.member(work_day))
        a_work_day.member(work_day)
    letter = a_work_day.write(work_day, coordinator, now=timezone.now())
    open_page = partial(inside.get, address(name, work_day, letter))
    open_page()

    with django_assert_max_num_queries(30 if name == "run_call" else 15):
        open_page()


def test_every_letter_kind_of_this_package_can_be_answered(work_day, coordinator):
    member = a_work_day.member(work_day)
    VolunteerFactory(work_day=work_day)
    letter = a_work_day.call(work_day, coordinator, now=timezone.now())

    assert replies.find(token=replies.token_of(a_work_day.to(letter, member).pk)).to == coordinator
    assert Delivery.objects.filter(mailing__kind=calls.LETTER_KIND).count() == 1
