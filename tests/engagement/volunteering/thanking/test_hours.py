"""One's own hours: in one's space, on a certificate, by a letter each January for whoever wants it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Delivery
from communities.personal_data import erase, held_on
from engagement.letters.day_letters import YearlyHoursLetter
from engagement.models import CertificateRequest, DayAccount, ThanksChoice, ThanksMatter
from engagement.story import certifying, documents
from engagement.volunteering.thanking import choices, hours, yearly
from tests.communities.factories import ResidentFactory
from tests.communities.space.coming_in import signed_in
from tests.engagement.volunteering.presence.days import a_day, came, closed, project_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return ResidentFactory(name="Ada Terril")


def january(year):
    return timezone.make_aware(dt.datetime.combine(dt.date(year, 1, 1), dt.time(9)))


def in_space(resident):
    return signed_in(Client(), resident, now=timezone.now() - dt.timedelta(minutes=1))


def helped(resident, *, people=1, **facts):
    work_day = a_day(**facts)
    came(work_day, resident=resident, people=people)
    return closed(work_day)


def wants(resident, *, granted=True):
    choices.say(resident=resident, matter=ThanksMatter.YEARLY, granted=granted, now=timezone.now())


def letters():
    return Delivery.objects.filter(mailing__kind=yearly.LETTER_KIND)


def test_ones_hours_are_ones_own_and_not_the_companions(ada):
    helped(ada, people=3)

    assert [(each.hours, each.days) for each in hours.of(ada)] == [(3, 1)]


def test_hours_of_a_list_that_nobody_confirmed_do_not_count_yet(ada):
    came(a_day(), resident=ada)

    assert hours.of(ada) == []


def test_my_hours_are_on_the_first_page_of_my_space(ada):
    helped(ada)

    assert "Vous avez donné" in in_space(ada).get(reverse("communities:space")).content.decode()


def test_a_tick_is_kept_with_its_wording_and_another_takes_it_back(ada):
    client, address = in_space(ada), reverse("engagement:my_hours")

    client.post(address, {"in_public": "on", "shown_as": "Ada", "yearly": "on"})
    client.post(address, {"shown_as": "Ada", "yearly": "on"})

    said = ThanksChoice.objects.values_list("matter", "granted", "shown_as", "wording")
    assert list(said) == [
        ("public", True, "Ada", choices.WORDING),
        ("yearly", True, "", choices.WORDING),
        ("public", False, "", choices.WORDING),
    ]


def test_nothing_is_ticked_in_advance(ada):
    page = in_space(ada).get(reverse("engagement:my_hours")).content.decode()

    assert "checked" not in page
    assert 'value="Ada"' in page


@pytest.mark.parametrize("name", ["", "\x00", "www.exemple.fr", "a" * 10_000])
def test_a_name_that_is_none_is_said(ada, name):
    answer = in_space(ada).post(reverse("engagement:my_hours"), {"in_public": "on", "shown_as": name})

    assert answer.status_code == 422
    assert not ThanksChoice.objects.exists()


def test_whoever_gave_hours_takes_their_certificate_at_once(ada):
    project = project_of(helped(ada))

    answer = in_space(ada).post(reverse("engagement:my_certificate", args=[project.pk]))

    certificate = CertificateRequest.objects.get()
    facts = documents.certificate_facts(certificate=certificate, language="fr", now=timezone.now())
    assert answer.status_code == 302
    assert facts.part == "avec 3 heures données sur ses chantiers"
    assert certifying.took_part(project=project, resident=ada)


def test_whoever_gave_none_finds_no_certificate(ada):
    project = project_of(a_day())

    assert in_space(ada).post(reverse("engagement:my_certificate", args=[project.pk])).status_code == 404


def test_a_letter_each_january_for_whoever_wants_it_once(ada):
    year = timezone.localdate().year
    wants(ada)
    helped(ada)
    helped(ResidentFactory())
    wants(ResidentFactory())

    sent = [yearly.send(now=january(year + 1)) for _number in range(2)]

    assert sent == [1, 0]
    assert [letter.resident for letter in letters()] == [ada]


def test_no_letter_leaves_in_another_month(ada):
    wants(ada)
    helped(ada)

    assert yearly.send(now=january(timezone.localdate().year + 1) + dt.timedelta(days=40)) == 0


def test_whoever_changed_their_mind_is_left_alone(ada):
    wants(ada)
    helped(ada)
    yearly.send(now=january(timezone.localdate().year + 1))
    wants(ada, granted=False)
    letter = letters().get()

    kept = YearlyHoursLetter().still_true(mailing=letter.mailing, deliveries=[letter], now=timezone.now())

    assert letter.pk in kept


def test_the_letter_says_what_for_and_how_long(ada):
    wants(ada)
    project_of(helped(ada), title="Les bacs de la cité")
    yearly.send(now=january(timezone.localdate().year + 1))
    letter = letters().get()

    told = YearlyHoursLetter().personal(mailing=letter.mailing, deliveries=[letter])[letter.pk]

    assert (told["hours"], told["total"]) == ("Les bacs de la cité – 3\u202fh", "3")


def test_an_erased_person_leaves_no_choice_and_no_name_in_what_was_told(ada):
    work_day = helped(ada)
    choices.say(resident=ada, matter=ThanksMatter.IN_PUBLIC, granted=True, shown_as="Ada", now=timezone.now())
    DayAccount.objects.create(work_day=work_day, words="Merci à Ada Terril.", written_by=ada, written_at=timezone.now())
    before = str(held_on(resident=ada))

    erase(resident=ada, now=timezone.now())

    account = DayAccount.objects.get()
    assert "Merci à Ada Terril." in before
    assert "Terril" not in account.words
    assert account.written_by is None
    assert not ThanksChoice.objects.exists()
