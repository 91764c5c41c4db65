"""Someone of whom nothing was heard: asked once, kept at a word, erased only after time to answer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from communities import erasing
from communities.models import Channel, Delivery, DeliveryState, KeepingQuestion, Origin, Resident
from communities.post.kinds import letter_kinds
from communities.retention import activity, contacts, foreseeing
from communities.retention.lengths import months
from communities.retention.rules import Reach
from engagement.models import Stage
from tests.communities.factories import (
    ConsentEventFactory,
    InboundMessageFactory,
    MembershipFactory,
    ResidentFactory,
    SuppressionFactory,
)
from tests.engagement.factories import IdeaFactory, ProjectFactory, TeammateFactory
from tests.meetings.factories import AnswerFactory

NOW = datetime(2030, 3, 1, 2, 30, tzinfo=UTC)
LONG_AGO = months(30).before(NOW)
RECENTLY = months(5).before(NOW)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


def someone(**facts: Any) -> Resident:
    """Known for two years and a half, and silent since, unless a test says otherwise."""
    made: Resident = ResidentFactory(**{"created_at": LONG_AGO, "confirmed_at": LONG_AGO} | facts)
    return made


def asking(now: datetime = NOW) -> Reach:
    return Reach(before=months(24).before(now), now=now)


def erasing_at(now: datetime) -> Reach:
    return Reach(before=months(36).before(now), now=now)


def ask(*people: Resident, now: datetime = NOW) -> int:
    return contacts.ask([person.pk for person in people], asking(now))


def sent(now: datetime = NOW) -> None:
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=now)


def is_due(person: Resident, now: datetime) -> bool:
    return contacts.to_erase(erasing_at(now)).filter(pk=person.pk).exists()


def test_who_is_silent_for_two_years_gets_one_letter_and_only_one() -> None:
    person = someone()

    assert ask(person) == 1
    assert ask(person, now=NOW + DAY) == 0

    letter = Delivery.objects.get()
    assert (letter.resident, letter.channel, letter.mailing.kind) == (person, Channel.EMAIL, contacts.LETTER_KIND)


@pytest.mark.parametrize(
    "stir",
    [
        lambda person: AnswerFactory(invitation__resident=person, answered_at=RECENTLY),
        lambda person: ConsentEventFactory(resident=person, occurred_at=RECENTLY),
        lambda person: IdeaFactory(resident=person, received_at=RECENTLY),
        lambda person: InboundMessageFactory(resident=person, received_at=RECENTLY),
        lambda person: Resident.objects.filter(pk=person.pk).update(heard_at=RECENTLY),
        lambda person: KeepingQuestion.objects.create(resident=person, asked_at=LONG_AGO, kept_at=RECENTLY),
    ],
    ids=["an answer", "a consent", "an idea", "a letter", "a day that was kept", "a yes to the question"],
)
def test_whoever_gave_a_sign_is_left_alone(stir: Callable[[Resident], Any]) -> None:
    person = someone()
    stir(person)

    assert ask(person) == 0


def test_a_file_that_brings_them_again_is_no_sign_of_theirs() -> None:
    person = someone()
    ConsentEventFactory(resident=person, occurred_at=RECENTLY, origin=Origin.IMPORT)

    assert ask(person) == 1


@pytest.mark.parametrize(
    "give",
    [
        lambda person: MembershipFactory(resident=person, coordinator=True, joined_at=LONG_AGO, consenting=False),
        lambda person: TeammateFactory(
            resident=person, joined_at=LONG_AGO, project=ProjectFactory(stage=Stage.UNDER_WAY)
        ),
    ],
    ids=["coordinator", "teammate"],
)
def test_who_carries_something_that_runs_is_named_to_staff_and_neither_asked_nor_erased(
    give: Callable[[Resident], Any],
) -> None:
    person = someone(name="Nora Chevalet")
    give(person)

    assert ask(person) == 0
    assert foreseeing.still_carrying(name="communities.contacts_asked", now=NOW) == ["Nora Chevalet"]


def test_each_is_asked_by_the_way_that_reaches_them() -> None:
    blocked = someone(email="nora@example.org", street="1 rue du Coron")
    SuppressionFactory(address="Nora@example.org")
    people = [someone(), someone(by_post=True), someone(without_email=True), blocked]

    ask(*people)

    channels = dict(Delivery.objects.values_list("resident", "channel"))
    assert [channels[person.pk] for person in people] == ["email", "letter", "phone", "letter"]


def test_nobody_is_erased_before_three_years_nor_before_three_months_to_answer() -> None:
    person = someone()
    ask(person)
    sent()
    three_years = months(-36 + 30).before(NOW)

    assert not is_due(person, three_years - DAY)
    assert is_due(person, three_years + DAY)


def test_who_was_silent_for_very_long_when_it_began_still_gets_three_months() -> None:
    person = someone(created_at=months(60).before(NOW), confirmed_at=None)
    ask(person)
    sent()

    assert not is_due(person, NOW + 89 * DAY)
    assert is_due(person, NOW + 91 * DAY)


def test_nobody_is_erased_who_was_not_asked_or_whose_letter_waits_on_the_pile() -> None:
    unasked, on_the_pile = someone(), someone(by_post=True)
    ask(on_the_pile)

    for person in (unasked, on_the_pile):
        assert not is_due(person, NOW + 900 * DAY)


def test_who_says_keep_me_stays_and_is_asked_again_two_years_later() -> None:
    person = someone()
    ask(person)
    sent()

    contacts.keep(person=person, now=NOW + DAY)
    contacts.keep(person=person, now=NOW + 2 * DAY)

    assert KeepingQuestion.objects.get().kept_at == NOW + DAY
    assert not is_due(person, NOW + 400 * DAY)
    later = months(-25).before(NOW)
    assert ask(person, now=later) == 1
    assert KeepingQuestion.objects.get().kept_at is None


def test_erasing_the_silent_asks_again_who_answered_meanwhile() -> None:
    gone, stirred = someone(), someone()
    ask(gone, stirred)
    sent()
    later = months(-7).before(NOW)
    AnswerFactory(invitation__resident=stirred, answered_at=later)

    assert contacts.erase_silent([gone.pk, stirred.pk], erasing_at(later)) == 1

    gone.refresh_from_db()
    stirred.refresh_from_db()
    assert (gone.erased_at, gone.name) == (later, "")
    assert stirred.erased_at is None


def test_a_letter_does_not_leave_once_they_were_heard_of() -> None:
    person = someone()
    ask(person)
    letter = Delivery.objects.select_related("mailing", "resident").get()
    kind = letter_kinds[contacts.LETTER_KIND]
    assert not kind.still_true(mailing=letter.mailing, deliveries=[letter], now=NOW)

    AnswerFactory(invitation__resident=person, answered_at=NOW + DAY)

    assert letter.pk in kind.still_true(mailing=letter.mailing, deliveries=[letter], now=NOW + DAY)


def test_the_letter_says_from_which_day_on_they_may_be_erased() -> None:
    person = someone()
    ask(person)
    letter = Delivery.objects.select_related("mailing", "resident").get()

    values = letter_kinds[contacts.LETTER_KIND].personal(mailing=letter.mailing, deliveries=[letter])[letter.pk]

    assert "septembre 2030" in values["until"]
    assert values["erase_url"] == f"{values['keep_url']}?choix=effacer"


def test_on_paper_it_names_the_town_hall_and_no_button() -> None:
    ask(someone(by_post=True))
    letter = Delivery.objects.select_related("mailing", "resident").get()

    sheet = letter_kinds[contacts.LETTER_KIND].on_paper(mailing=letter.mailing, deliveries=[letter])[letter.pk]

    assert "appelez la mairie" in " ".join(sheet.before)
    assert "http" not in " ".join(sheet.before)


def test_the_last_day_of_someone_is_the_latest_of_all_signs() -> None:
    person, silent = someone(), someone(confirmed_at=None)
    AnswerFactory(invitation__resident=person, answered_at=RECENTLY)

    assert activity.last_active([person.pk, silent.pk]) == {person.pk: RECENTLY}


def test_what_is_about_to_go_leaves_the_day_of_its_last_sign_and_never_an_earlier_one() -> None:
    person = someone()
    for moment in (LONG_AGO, RECENTLY):
        InboundMessageFactory(resident=person, received_at=moment)
    messages = person.inbound_messages.all()

    activity.remember(messages, person="resident", at="received_at")
    activity.remember(messages.filter(received_at=LONG_AGO), person="resident", at="received_at")

    person.refresh_from_db()
    assert person.heard_at == RECENTLY
    erasing.erase(resident=person, by=None, now=NOW)
    person.refresh_from_db()
    assert person.heard_at is None


@pytest.mark.parametrize("size", [1, 20])
def test_asking_costs_the_same_queries_however_many(size: int, django_assert_max_num_queries: Any) -> None:
    people = [someone() for _each in range(size)]

    with django_assert_max_num_queries(20):
        ask(*people)

    assert KeepingQuestion.objects.count() == size
