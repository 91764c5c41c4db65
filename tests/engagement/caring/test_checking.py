"""What was found is written down, by whoever looked or for them; and the town hall hears of a trouble."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection

from communities.models import Delivery, Mailing, Town
from engagement import passing
from engagement.caring import asking, checking, planning
from engagement.models import CheckState, KeptFile, Stage, StewardshipCheck
from engagement.refusals import MayNot, Refusal
from tests.communities.factories import ResidentFactory, SuppressionFactory
from tests.engagement.caring.standing import A_DAY, NOW, by, check_in, found, officer, photo, standing
from tests.factories import StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

GOOD, TROUBLE = CheckState.GOOD, CheckState.NEEDS_WORK
LATER = NOW + dt.timedelta(hours=1)


def again(check: StewardshipCheck) -> StewardshipCheck:
    return StewardshipCheck.objects.get(pk=check.pk)


def notices() -> list[str]:
    return list(Delivery.objects.filter(mailing__kind="check_trouble").values_list("test_address", flat=True))


def test_whoever_looked_says_how_it_stands() -> None:
    resident = ResidentFactory()
    check = check_in(3, resident=resident)

    found(check, GOOD, by=by(resident), words=" Deux vis resserrées. ")

    said = again(check)
    assert (said.state, said.words, said.answered_at) == (GOOD, "Deux vis resserrées.", NOW)
    assert (said.answered_by, said.noted_by) == (resident, None)


def test_each_who_carries_the_project_may_say_it_where_it_is_entrusted_to_nobody() -> None:
    check = check_in(3)

    found(check, by=by(check.project.team.get().resident))

    assert again(check).is_good


def test_a_neighbour_who_was_not_asked_says_nothing() -> None:
    check = check_in(3)

    with pytest.raises(checking.NotAskedOfYou):
        found(check, by=by(ResidentFactory()))
    with pytest.raises(MayNot):
        found(check, by=passing.Actor())
    with pytest.raises(MayNot):
        found(check, by=passing.Actor(user=StaffFactory(communication=True)))

    assert again(check).is_to_come


def test_staff_write_down_what_somebody_said_on_the_telephone() -> None:
    check, user, caller = check_in(3), officer(), ResidentFactory()

    found(check, by=passing.Actor(user=user, resident=caller))

    assert (again(check).noted_by, again(check).answered_by) == (user, caller)


def test_answering_again_puts_it_right_until_the_next_check_is_done() -> None:
    project = standing()
    first, second = check_in(3, project=project), check_in(180, project=project)
    first = found(first, TROUBLE)
    first = found(first, GOOD, now=LATER)
    assert again(first).is_good

    found(second, now=LATER + A_DAY)

    with pytest.raises(checking.NoLongerAsked):
        found(first, TROUBLE, now=LATER + 2 * A_DAY)


def test_who_had_not_read_the_answer_of_another_reads_it_first() -> None:
    check = check_in(3)
    found(check, TROUBLE, words="Une latte manque.")

    with pytest.raises(checking.AnsweredMeanwhile) as refused:
        found(check, GOOD, seen=None, now=LATER)

    assert refused.value.sentence
    assert again(check).words == "Une latte manque."


@pytest.mark.parametrize("stage", [Stage.TAKEN_BACK, Stage.CLOSED, Stage.UNDER_WAY])
def test_what_is_in_nobodys_hands_takes_no_answer(stage: Stage) -> None:
    check = check_in(3, project=standing(stage))

    with pytest.raises(checking.NoLongerAsked):
        found(check)


def test_what_was_called_off_takes_no_answer() -> None:
    check = check_in(3)
    planning.call_off(checks=[check], why="", by=officer())

    with pytest.raises(checking.NoLongerAsked):
        found(check)


# --- A trouble -------------------------------------------------------------------------------------------------------


@pytest.fixture
def mailbox() -> str:
    Town.load()
    Town.objects.update(email="mairie@example.org")
    return "mairie@example.org"


def test_a_trouble_is_told_to_the_town_hall_at_once(mailbox: str) -> None:
    found(check_in(3), TROUBLE)

    assert notices() == [mailbox]


def test_a_project_with_an_officer_tells_them(mailbox: str) -> None:
    user = officer()

    found(check_in(3, project=standing(officer=user)), TROUBLE)

    assert notices() == [user.email]


def test_an_officer_who_left_the_town_hall_is_not_written_to(mailbox: str) -> None:
    gone = StaffFactory(participation=True, is_active=False)

    found(check_in(3, project=standing(officer=gone)), TROUBLE)

    assert notices() == [mailbox]


def test_a_blocked_mailbox_is_not_written_to_and_the_trouble_still_stands(mailbox: str) -> None:
    SuppressionFactory(address=mailbox)
    check = check_in(3)

    found(check, TROUBLE)

    assert notices() == []
    assert list(StewardshipCheck.objects.troubles()) == [check]


def test_the_same_trouble_said_twice_is_told_once_and_more_words_are_told_again(mailbox: str) -> None:
    check = found(check_in(3), TROUBLE, words="Une latte manque.")
    check = found(check, TROUBLE, words="Une latte manque.", now=LATER)
    assert len(notices()) == 1

    found(check, TROUBLE, words="Deux lattes manquent.", now=LATER + A_DAY)

    assert len(notices()) == 2


def test_a_trouble_stands_until_somebody_finds_all_well() -> None:
    check = found(check_in(3), TROUBLE)
    found(check_in(4, project=check.project), TROUBLE, now=LATER)
    assert StewardshipCheck.objects.troubles().count() == 2

    righted = checking.put_right(check=check, words="Latte remplacée.", by=officer(), now=LATER + A_DAY)

    assert not StewardshipCheck.objects.troubles().exists()
    assert (again(check).state, righted.state, righted.words) == (TROUBLE, GOOD, "Latte remplacée.")
    with pytest.raises(checking.NoLongerAsked):
        checking.put_right(check=check, words="", by=officer(), now=LATER + 2 * A_DAY)


def test_a_trouble_of_one_project_is_not_over_because_another_fares_well() -> None:
    check = found(check_in(3), TROUBLE)
    found(check_in(4), GOOD, now=LATER)

    assert list(StewardshipCheck.objects.troubles()) == [check]


# --- The photograph --------------------------------------------------------------------------------------------------


def test_a_photograph_is_kept_and_nobody_else_sees_it() -> None:
    check = found(check_in(3), photo=photo())

    kept = again(check).photo
    assert kept is not None
    assert (kept.media_type, kept.width, len(kept.sha256)) == ("image/jpeg", 300, 64)
    assert checking.shown_photo(pk=check.pk) is None


def test_staff_show_it_and_hide_it_again() -> None:
    check, user = found(check_in(3), photo=photo()), officer()

    checking.show_photo(check=check, is_shown=True, recognisable="nobody", by=user)
    assert checking.shown_photo(pk=check.pk) == again(check).photo
    checking.show_photo(check=check, is_shown=False, by=user)

    assert checking.shown_photo(pk=check.pk) is None
    with pytest.raises(MayNot):
        checking.show_photo(check=check, is_shown=True, recognisable="nobody", by=StaffFactory(communication=True))


def test_there_is_nothing_to_show_without_one() -> None:
    check = found(check_in(3))

    checking.show_photo(check=check, is_shown=True, recognisable="nobody", by=officer())

    assert not again(check).is_photo_public


def test_a_new_photograph_takes_the_place_of_the_old_one_and_waits_to_be_shown() -> None:
    check = found(check_in(3), photo=photo())
    checking.show_photo(check=check, is_shown=True, recognisable="nobody", by=officer())

    found(again(check), photo=photo(), now=LATER)

    assert not again(check).is_photo_public
    assert KeptFile.objects.count() == 1


def test_an_answer_put_right_in_words_keeps_its_photograph() -> None:
    check = found(check_in(3), TROUBLE, photo=photo())

    found(check, GOOD, now=LATER)

    assert again(check).photo is not None


def test_a_photograph_shown_with_one_answer_is_not_shown_with_anothers() -> None:
    resident = ResidentFactory()
    check = found(check_in(3, resident=resident), TROUBLE, by=by(resident), photo=photo())
    checking.show_photo(check=check, is_shown=True, recognisable="nobody", by=officer())

    check = found(again(check), TROUBLE, by=by(resident), words="Une latte manque.", now=LATER)
    assert again(check).is_photo_public
    found(check, GOOD, now=LATER + A_DAY)

    assert (again(check).is_photo_public, again(check).photo_by) == (False, resident)


# --- Two at once -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_counts_and_the_other_reads_it_first() -> None:
    project = standing()
    check, user = check_in(3, project=project), officer()
    together, said = threading.Barrier(2), []

    def answer(state: CheckState) -> None:
        together.wait()
        try:
            found(check, state, by=passing.Actor(user=user), seen=None, words=state.value)
            said.append("counted")
        except Refusal as refusal:
            said.append(type(refusal).__name__)
        finally:
            connection.close()

    both: list[Any] = [threading.Thread(target=answer, args=[state]) for state in (GOOD, TROUBLE)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(said) == ["AnsweredMeanwhile", "counted"]
    assert again(check).words == again(check).state
    assert Mailing.objects.filter(kind="check_trouble").count() <= 1


def test_an_open_check_is_one_that_somebody_may_answer() -> None:
    assert asking.is_open(check_in(3))
    assert not asking.is_open(check_in(3, project=standing(Stage.TAKEN_BACK)))
