"""What happens to a signed convention: it is amended and it ends, and its first text stays."""

import datetime as dt

import pytest

from communities.models import Delivery
from engagement.conventions import (
    amending,
    documents,
    drafting,
    ending,
    freezing,
    on_screen,
    saying,
    versions,
)
from engagement.models import Commitment, Convention, Project, Side, Stage
from engagement.refusals import MayNot
from tests.communities.factories import ResidentFactory
from tests.engagement import printed
from tests.engagement.conventions.conventions import (
    A_YEAR_ON,
    NOW,
    PROMISES,
    officer,
    proposed,
    renewal,
    sign,
    signed,
    supported,
    write,
)
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


# --- Amendments -------------------------------------------------------------------------------------------------


def test_an_amendment_says_all_as_it_stands_and_only_the_commitments_it_adds():
    by = officer()
    convention = signed(by=by)

    amendment = amending.begin(convention=convention, by=by, now=A_YEAR_ON)

    assert (amendment.number, amendment.amends, amendment.is_draft) == (f"{convention.number}-A1", convention, True)
    assert amendment.months == convention.months
    assert not amendment.commitments.exists()
    assert Project.objects.get(pk=convention.project_id).stage == Stage.SIGNED


def test_an_amendment_says_how_long_its_convention_runs_with_placeholders_in_the_words_of_the_town():
    by = officer()
    amendment = amending.begin(convention=signed(by=by), by=by, now=A_YEAR_ON)

    told = {each["heading"]: each["text"] for each in versions.latest(amendment)["articles"]}
    freezing.propose(convention=amendment, by=by, now=A_YEAR_ON)

    assert told["Durée"] == "La convention court à partir du {début}, pour {durée}. {reconduction}"
    assert "La convention court à partir du 2\u00a0mars 2026, pour 3 ans. Elle n’est pas reconduite" in amendment.text


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
    assert versions.latest(amendment)["commitments"][0]["replaced"] == own.what


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
    with pytest.raises(MayNot):
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
    with pytest.raises(MayNot):
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


def test_the_sheet_that_is_signed_by_hand_says_of_which_kind_a_promise_is_and_what_it_replaces():
    by = officer()
    convention = signed(by=by)
    own = convention.commitments.get(side="commune")
    amendment = amending.begin(convention=convention, by=by, now=A_YEAR_ON)
    instead = drafting.promise(side="commune", kind="equipment", what="Une scie", replaces=own.pk)
    write(amendment, by=by, commitments=[instead])
    freezing.propose(convention=amendment, by=by, now=A_YEAR_ON)

    sheet = printed.said(documents.pdf(amendment))

    line = "Une scie – matériel prêté – à la place de « Le bois »"
    assert line in amendment.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert line in sheet
