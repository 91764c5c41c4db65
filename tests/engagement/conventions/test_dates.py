"""Until when does a convention run, and do both sides hear of its dates, once?"""

import datetime as dt

import pytest

from communities.models import Mailing, Town
from engagement import passing
from engagement.conventions import amending, ending, freezing, on_screen, reminding, terms
from engagement.models import ConventionNotice, Side, Stage
from tests.engagement.conventions.conventions import NOW, officer, proposed, renewal, sign, signed
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
FIRST_OF_MARCH = dt.date(2026, 3, 1)


def noon(day):
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def notices(kind="convention-notice"):
    return Mailing.objects.filter(kind=kind)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (dt.date(2026, 3, 1), 12, dt.date(2027, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 27)),
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 27)),
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 27)),
        (dt.date(2026, 12, 15), 36, dt.date(2029, 12, 14)),
    ],
)
def test_a_term_ends_the_day_before_the_same_day_comes_back(start, months, end):
    assert terms.Terms(start, months).last_day == end


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2027-12-15", 1, "2028-01-15"),
        ("2027-03-01", 24, "2029-03-01"),
        ("2027-03-01", 0, "2027-03-01"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one_of_a_short_month(day, months, then):
    assert terms.later(dt.date.fromisoformat(day), months=months) == dt.date.fromisoformat(then)


def test_a_convention_that_goes_on_by_itself_ends_after_its_last_renewal():
    term = terms.Terms(FIRST_OF_MARCH, 36, renewable_months=12, renewals=2)

    assert [end.year for end in term.ends()] == [2029, 2030, 2031]
    assert term.last_day == dt.date(2031, 2, 28)
    assert term.renews_after(dt.date(2029, 2, 28)) == dt.date(2029, 2, 28)
    assert term.renews_after(dt.date(2029, 3, 1)) == dt.date(2030, 2, 28)
    assert term.renews_after(dt.date(2030, 3, 1)) is None


def test_months_without_a_number_of_times_renew_nothing():
    assert not terms.Terms(FIRST_OF_MARCH, 12, renewable_months=12, renewals=0).is_renewable


def test_both_sides_look_at_it_before_its_end_and_not_on_it():
    days = terms.reviews(starts_on=FIRST_OF_MARCH, every=12, last_day=dt.date(2029, 2, 28))

    assert [day.isoformat() for day in days] == ["2027-03-01", "2028-03-01"]
    assert terms.reviews(starts_on=FIRST_OF_MARCH, every=0, last_day=dt.date(2029, 2, 28)) == []


@pytest.fixture
def town():
    town = Town.load()
    town.email = "mairie@example.org"
    town.save()


@pytest.mark.parametrize(
    ("before", "kinds"),
    [(91, []), (90, ["ends_soon"]), (31, ["ends_soon"]), (30, ["ends_now"]), (0, ["ends_now"]), (-1, [])],
)
def test_both_sides_hear_of_the_end_three_months_and_one_month_before(town, before, kinds):
    convention = signed(months=12, review_months=0)

    reminding.remind(now=noon(convention.ends_on - dt.timedelta(days=before)))

    assert [notice.kind for notice in convention.notices.all()] == kinds


def test_a_tick_that_comes_again_or_late_writes_no_second_letter(town):
    convention = signed(months=12, review_months=0)
    last = convention.ends_on

    for before in (90, 90, 89, 60, 30, 30, 5):
        reminding.remind(now=noon(last - dt.timedelta(days=before)))

    assert sorted(notice.kind for notice in convention.notices.all()) == ["ends_now", "ends_soon"]
    assert notices().count() == 4  # each to those who carry it, and to the town hall


def test_both_sides_hear_that_it_goes_on_by_itself_and_are_asked_to_look_at_it(town):
    convention = signed(months=12, renewable_months=12, renewals=1, review_months=6)

    reminding.remind(now=noon(dt.date(2026, 8, 20)))
    reminding.remind(now=noon(dt.date(2027, 1, 20)))

    found = list(convention.notices.order_by("about_on").values_list("kind", "about_on"))
    assert found == [("review", dt.date(2026, 9, 2)), ("renews", dt.date(2027, 3, 1))]


def test_what_ended_or_was_renewed_is_not_told_to_end(town):
    by = officer()
    renewed, ended = signed(by=by, months=12, review_months=0), signed(by=by, months=12, review_months=0)
    renewal(renewed, by=by, now=NOW)
    ending.end(convention=ended, on=NOW.date(), reason="x", by=by, now=NOW)

    reminding.remind(now=noon(dt.date(2027, 2, 10)))

    assert not ConventionNotice.objects.exists()


def test_a_convention_that_cannot_be_told_of_does_not_hold_up_the_others(town, monkeypatch, caplog):
    by = officer()
    broken, whole = signed(by=by, months=12, review_months=0), signed(by=by, months=12, review_months=0)
    told = reminding.tell

    def tell(*, convention, now):
        if convention == broken:
            raise RuntimeError
        told(convention=convention, now=now)

    monkeypatch.setattr(reminding, "tell", tell)

    reminding.remind(now=noon(whole.ends_on - dt.timedelta(days=10)))

    assert [notice.convention for notice in ConventionNotice.objects.all()] == [whole]
    assert f"No notice of convention {broken.pk}" in caplog.text


def test_whoever_has_not_signed_after_a_fortnight_is_reminded_once(town):
    by = officer()
    convention = proposed(by=by)
    ask = {"convention": convention, "name": "Ada", "by": by, "now": NOW}
    on_screen.ask(side=Side.RESIDENTS, email="a@example.org", **ask)
    on_screen.ask(side=Side.COMMUNE, email="m@example.org", **ask)
    sign(convention, Side.COMMUNE, by=by)
    before = notices("signature-request").count()

    for days in (13, 14, 15, 40):
        reminding.remind(now=NOW + dt.timedelta(days=days))

    assert notices("signature-request").count() == before + 1


def test_nobody_is_reminded_to_sign_what_can_no_longer_be_signed(town):
    by = officer()
    given_up, convention = proposed(by=by), signed(by=by)
    amendment = amending.begin(convention=convention, by=by, now=NOW)
    freezing.propose(convention=amendment, by=by, now=NOW)
    for each in (given_up, amendment):
        on_screen.ask(convention=each, side=Side.RESIDENTS, name="Ada", email="a@example.org", by=by, now=NOW)
    master = passing.Actor(user=StaffFactory(administration=True))
    passing.to(thing=given_up.project, stage=Stage.GIVEN_UP, by=master, words="Plus personne.", now=NOW)
    ending.end(convention=convention, on=NOW.date(), reason="Le mur est tombé.", by=by, now=NOW)

    assert reminding.waiting(NOW + reminding.WAITS) == []
