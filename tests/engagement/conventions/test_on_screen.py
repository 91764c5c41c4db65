"""How does someone sign on screen: by their own link and a code that counts once?"""

import datetime as dt

import pytest

from communities.models import Delivery, Mailing
from engagement.conventions import freezing, on_screen, reminding
from engagement.examining import teaming
from engagement.models import Convention, Project, Side, Signature, SignatureRequest, Stage, TeamRole
from engagement.refusals import MayNot
from tests.communities.factories import ResidentFactory
from tests.engagement.conventions.conventions import NOW, asked, hand, officer, proposed, sign, supported, with_code
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def test_a_resident_signs_with_the_code_of_the_letter():
    holder = ResidentFactory(email="ada@example.org")
    convention = proposed(project=supported(holder=holder))
    request = asked(convention, resident=holder)

    signature = hand(request, with_code(request))

    assert (signature.side, signature.means, signature.resident) == ("residents", "screen", holder)
    assert (signature.address, signature.proven_email, signature.sha256) == (
        "192.0.2.7",
        "ada@example.org",
        convention.sha256,
    )


def test_when_the_mayor_signs_last_on_screen_the_project_passes_too():
    by = officer()
    convention = proposed(by=by)
    sign(convention, Side.RESIDENTS, by=by)
    request = asked(convention, side=Side.COMMUNE, email="maire@example.org", by=by)

    hand(request, with_code(request), name="Basile Coron")

    assert Convention.objects.get(pk=convention.pk).is_signed
    assert Project.objects.get(pk=convention.project_id).stage == Stage.SIGNED


def test_when_a_resident_signs_last_the_project_passes_by_their_right():
    by, holder = officer(), ResidentFactory(email="ada@example.org")
    convention = proposed(by=by, project=supported(holder=holder))
    sign(convention, Side.COMMUNE, by=by)
    request = asked(convention, resident=holder, by=by)
    by.groups.clear()

    hand(request, with_code(request))

    passage = convention.project.passages.latest("pk")
    assert (passage.to_stage, passage.by_resident) == ("signed", holder)


@pytest.mark.parametrize("typed", ["{code}", "{code[0]}{code[1]}{code[2]} {code[3]}{code[4]}{code[5]}", " {code} "])
def test_a_code_is_read_however_it_is_spaced(typed):
    request = asked(proposed())

    assert hand(request, typed.format(code=with_code(request)))


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567", "0" * 200])
def test_a_wrong_code_signs_nothing(typed):
    request = asked(proposed())
    with_code(request)

    with pytest.raises(on_screen.WrongCode):
        hand(request, typed)
    assert not Signature.objects.exists()


def test_after_five_tries_even_the_right_code_is_over():
    request = asked(proposed())
    code = with_code(request)
    wrong = f"{(int(code) + 1) % 10**6:06}"

    for _try in range(on_screen.TRIES):
        with pytest.raises(on_screen.WrongCode):
            hand(request, wrong)

    with pytest.raises(on_screen.CodeIsOver):
        hand(request, code)


def test_a_code_is_over_after_ten_minutes():
    request = asked(proposed())
    code = with_code(request)

    with pytest.raises(on_screen.CodeIsOver):
        hand(request, code, now=NOW + on_screen.GOOD_FOR)


def test_a_code_counts_once_whatever_comes_after():
    by = officer()
    convention = proposed(by=by)
    request = asked(convention, by=by)
    code = with_code(request)
    hand(request, code)

    with pytest.raises(on_screen.CodeIsOver):
        hand(request, code)
    assert Signature.objects.count() == 1


def test_only_the_last_code_counts():
    request = asked(proposed())
    first = with_code(request)
    second = with_code(request, now=NOW + dt.timedelta(seconds=30))

    assert first != second
    with pytest.raises(on_screen.WrongCode):
        hand(request, first)
    assert hand(request, second)


def test_the_code_of_one_side_signs_for_no_other():
    by = officer()
    convention = proposed(by=by)
    residents, commune = asked(convention, by=by), asked(convention, side=Side.COMMUNE, email="m@example.org", by=by)
    code = with_code(residents)
    with_code(commune)

    with pytest.raises(on_screen.WrongCode):
        hand(commune, code)


def test_without_a_code_nobody_signs():
    with pytest.raises(on_screen.CodeIsOver):
        hand(asked(proposed()), "000000")


def test_no_code_is_kept_where_somebody_could_read_it():
    request = asked(proposed())
    code = with_code(request)

    kept = SignatureRequest.objects.filter(pk=request.pk).values().get()

    assert code not in str(kept)
    assert code not in str(Mailing.objects.values())


def test_whoever_read_a_text_that_was_taken_back_signs_nothing():
    by = officer()
    convention = proposed(by=by)
    request = asked(convention, by=by)
    code = with_code(request)
    freezing.take_back(convention=convention, by=by)
    freezing.propose(convention=convention, by=by, now=NOW)

    with pytest.raises(on_screen.CodeIsOver):
        hand(request, code)
    with pytest.raises(freezing.NotProposed):
        on_screen.put_hand(request=request, name="Ada", quality="", address=None, now=NOW)
    assert on_screen.find(token=on_screen.token_of(request)) is None


def test_asking_anew_makes_the_first_link_lead_nowhere():
    by = officer()
    convention = proposed(by=by)
    first = asked(convention, by=by)
    second = asked(convention, by=by)

    assert on_screen.find(token=on_screen.token_of(first)) is None
    assert on_screen.find(token=on_screen.token_of(second)) == second


def test_a_request_that_was_sent_to_a_wrong_address_leads_nowhere_once_that_was_put_right():
    by, holder = officer(), ResidentFactory(email="ada.teril@example.org")
    convention = proposed(by=by, project=supported(holder=holder))
    request = asked(convention, by=by, email=holder.email, resident=holder)
    token = on_screen.token_of(request)
    assert on_screen.find(token=token) == request

    holder.email = "ada.terril@example.org"
    holder.save()

    assert on_screen.find(token=token) is None
    assert reminding.waiting(NOW + reminding.WAITS) == []


@pytest.mark.parametrize("leaves", [True, False])
def test_whoever_no_longer_carries_the_project_signs_nothing_for_it(leaves):
    by, holder = officer(), ResidentFactory(email="ada@example.org")
    convention = proposed(by=by, project=supported(holder=holder))
    request = asked(convention, by=by, resident=holder)
    code = with_code(request)
    mate = convention.project.team.get()

    if leaves:
        teaming.let_go(mate=mate, by=by)
    else:
        teaming.change(mate=mate, role=TeamRole.HELPER, shown_as="", by=by)

    assert on_screen.find(token=on_screen.token_of(request)) is None
    with pytest.raises(on_screen.CodeIsOver):
        hand(request, code)


def test_a_request_needs_an_address_and_someone_who_may_ask():
    convention = proposed()

    with pytest.raises(on_screen.NoAddress):
        asked(convention, email=" ")
    with pytest.raises(MayNot):
        asked(convention, by=StaffFactory(communication=True))


def test_a_letter_to_a_resident_is_theirs_and_one_to_the_town_hall_goes_to_its_address():
    by, holder = officer(), ResidentFactory(email="ada@example.org")
    convention = proposed(by=by, project=supported(holder=holder))

    asked(convention, resident=holder, by=by)
    asked(convention, side=Side.COMMUNE, email="maire@example.org", by=by)

    letters = Delivery.objects.filter(mailing__kind="signature-request").order_by("pk")
    assert [(each.resident, each.test_address) for each in letters] == [(holder, ""), (None, "maire@example.org")]
