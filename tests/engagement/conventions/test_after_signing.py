"""What happens to a signed convention: it is amended, it goes on, it ends, and both sides hear of its dates."""

import datetime as dt

import pytest

from communities.models import Delivery, Mailing, Town
from engagement.conventions import amending, drafting, ending, freezing, on_screen, reminding, rights, saying, terms
from engagement.models import Commitment, Convention, ConventionNotice, Project, Side, Stage
from tests.communities.factories import ResidentFactory
from tests.engagement.conventions.conventions import NOW, PROMISES, officer, proposed, sign, signed, supported, write
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
A_YEAR_ON = NOW + dt.timedelta(days=366)
FIRST_OF_MARCH = dt.date(2026, 3, 1)


def noon(day):
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def renewal(convention, *, by, now=A_YEAR_ON, **changed):
    """Signed by both sides."""
    amendment = amending.begin(convention=convention, by=by, renews=True, now=now)
    if changed:
        write(amendment, by=by, now=now, **changed)
    freezing.propose(convention=amendment, by=by, now=now)
    sign(amendment, *Side, by=by, now=now)
    return amendment


def notices(kind="convention-notice"):
    return Mailing.objects.filter(kind=kind)


# --- Its time ---------------------------------------------------------------------------------------------------


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


# --- Amendments -------------------------------------------------------------------------------------------------


def test_an_amendment_says_all_as_it_stands_and_only_the_commitments_it_adds():
    by = officer()
    convention = signed(by=by)

    amendment = amending.begin(convention=convention, by=by, now=A_YEAR_ON)

    assert (amendment.number, amendment.amends, amendment.is_draft) == (f"{convention.number}-A1", convention, True)
    assert amendment.months == convention.months
    assert not amendment.commitments.exists()
    assert Project.objects.get(pk=convention.project_id).stage == Stage.SIGNED


def test_a_signed_amendment_makes_another_last_day_and_leaves_the_first_text_alone():
    by = officer()
    convention = signed(by=by, months=12)
    before = Convention.objects.filter(pk=convention.pk).values().get()

    amendment = renewal(convention, by=by)

    assert amendment.starts_on == convention.ends_on + dt.timedelta(days=1)
    assert Convention.objects.filter(pk=convention.pk).values().get() == before
    found = Convention.objects.with_last_day().get(pk=convention.pk)
    assert found.until == amendment.ends_on == dt.date(2028, 3, 1)
    assert convention in Convention.objects.in_force(dt.date(2027, 6, 1))


def test_a_commitment_takes_the_place_of_one_of_its_own_convention_only():
    by = officer()
    convention, other = signed(by=by), signed(by=by)
    amendment = amending.begin(convention=convention, by=by, now=A_YEAR_ON)
    own, foreign = convention.commitments.first(), other.commitments.first()

    with pytest.raises(drafting.NotTheirCommitment):
        write(
            amendment,
            by=by,
            commitments=[drafting.promise(side="commune", kind="money", what="x", replaces=foreign.pk)],
        )
    write(amendment, by=by, commitments=[drafting.promise(side="commune", kind="money", what="x", replaces=own.pk)])

    assert amendment.commitments.get().replaces == own
    assert drafting.written_now(amendment)["commitments"][0]["replaced"] == own.what


def test_what_an_amendment_replaced_is_replaced_through_the_amendment():
    by = officer()
    convention = signed(by=by)
    own = convention.commitments.get(side="commune")
    renewal(convention, by=by, commitments=[drafting.promise(side="commune", kind="money", what="x", replaces=own.pk)])

    again = amending.begin(convention=convention, by=by, now=A_YEAR_ON)

    assert {each.what for each in drafting.to_replace(again)} == {"x", "Construire"}


def test_one_amendment_is_written_at_a_time_and_only_to_what_is_in_force():
    by = officer()
    convention = signed(by=by)
    amendment = amending.begin(convention=convention, by=by, now=A_YEAR_ON)

    with pytest.raises(amending.BeingAmended):
        amending.begin(convention=convention, by=by, now=A_YEAR_ON)
    with pytest.raises(amending.NothingToAmend):
        amending.begin(convention=amendment, by=by, now=A_YEAR_ON)
    with pytest.raises(amending.NothingToAmend):
        amending.begin(convention=proposed(by=by), by=by, now=NOW)
    with pytest.raises(rights.NotAllowed):
        amending.begin(convention=convention, by=StaffFactory(), now=NOW)


def test_those_who_carry_it_are_told_of_a_signed_amendment():
    by, holder = officer(), ResidentFactory()
    convention = signed(by=by, project=supported(holder=holder))

    amendment = renewal(convention, by=by)

    told = Delivery.objects.filter(resident=holder, mailing__kind="convention-signed")
    assert [each.mailing.key for each in told] == [str(amendment.pk)]


# --- The end ----------------------------------------------------------------------------------------------------


def test_a_convention_ends_with_its_amendments_on_a_day_and_for_a_reason():
    by, holder = officer(), ResidentFactory()
    convention = signed(by=by, project=supported(holder=holder))
    amendment = renewal(convention, by=by)

    ending.end(convention=convention, on=A_YEAR_ON.date(), reason="Le banc est repris.", by=by, now=A_YEAR_ON)

    states = Convention.objects.filter(pk__in=[convention.pk, amendment.pk]).values_list("state", "end_reason")
    assert set(states) == {("ended", "Le banc est repris.")}
    assert Delivery.objects.filter(resident=holder, mailing__kind="convention-ended").count() == 1


@pytest.mark.parametrize(
    ("on", "reason", "refusal"),
    [
        (A_YEAR_ON.date() + dt.timedelta(days=1), "x", ending.NotThatDay),
        (NOW.date() - dt.timedelta(days=1), "x", ending.NotThatDay),
        (A_YEAR_ON.date(), "  ", ending.NeedsAReason),
    ],
)
def test_it_ends_neither_tomorrow_nor_before_it_began_nor_without_a_reason(on, reason, refusal):
    by = officer()
    convention = signed(by=by)

    with pytest.raises(refusal):
        ending.end(convention=convention, on=on, reason=reason, by=by, now=A_YEAR_ON)


def test_only_what_is_signed_ends_and_once():
    by = officer()
    convention = signed(by=by)
    said = {"on": NOW.date(), "reason": "x", "by": by, "now": NOW}
    with pytest.raises(rights.NotAllowed):
        ending.end(convention=convention, **said | {"by": StaffFactory(communication=True)})
    with pytest.raises(ending.NotInForce):
        ending.end(convention=proposed(by=by), **said)

    ending.end(convention=convention, **said)

    with pytest.raises(ending.NotInForce):
        ending.end(convention=convention, **said)


@pytest.mark.parametrize("signed_before", [[], [Side.RESIDENTS]])
def test_nobody_signs_an_amendment_to_what_has_ended_meanwhile(signed_before):
    by = officer()
    convention = signed(by=by)
    amendment = amending.begin(convention=convention, by=by, now=A_YEAR_ON)
    freezing.propose(convention=amendment, by=by, now=A_YEAR_ON)
    for side in signed_before:
        sign(amendment, side, by=by, now=A_YEAR_ON)

    ending.end(convention=convention, on=A_YEAR_ON.date(), reason="Le mur est tombé.", by=by, now=A_YEAR_ON)

    with pytest.raises(amending.NothingToAmend):
        sign(amendment, Side.COMMUNE, by=by, now=A_YEAR_ON)
    with pytest.raises(amending.NothingToAmend):
        on_screen.ask(
            convention=amendment, side=Side.COMMUNE, name="Ada", email="maire@example.org", by=by, now=A_YEAR_ON
        )
    assert Convention.objects.get(pk=amendment.pk).is_proposed


def test_an_amendment_ends_with_its_convention():
    by = officer()
    amendment = renewal(signed(by=by), by=by)

    with pytest.raises(ending.IsAnAmendment):
        ending.end(convention=amendment, on=A_YEAR_ON.date(), reason="x", by=by, now=A_YEAR_ON)


# --- Its dates --------------------------------------------------------------------------------------------------


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


def test_an_amendment_that_waits_says_what_it_replaces():
    by = officer()
    convention = signed(by=by)
    own = convention.commitments.get(side="commune")
    amendment = amending.begin(convention=convention, by=by, now=A_YEAR_ON)
    write(amendment, by=by, commitments=[drafting.promise(side="commune", kind="money", what="x", replaces=own.pk)])

    freezing.propose(convention=amendment, by=by, now=A_YEAR_ON)

    assert own.what in amendment.text
    assert convention.number in amendment.text
    assert Commitment.objects.filter(convention=convention).count() == len(PROMISES)
    assert saying.terms_of_convention(amendment).last_day == convention.ends_on
