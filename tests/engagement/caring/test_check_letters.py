"""What the letters that ask say, on screen and on paper, and when they must not leave any more."""

import html
from typing import Any

import pytest
from django.utils.translation import override

from communities.models import Delivery, Mailing, Resident, Town
from communities.post import by_hand
from communities.post.kinds import letter_kinds
from engagement import passing
from engagement.caring import asking, planning, reconciling, reviewing, troubles
from engagement.models import CheckKind, CheckState, Project, Stage, StewardshipCheck
from tests.communities.factories import ResidentFactory
from tests.engagement.caring.standing import A_DAY, NOW, TODAY, check_in, found, letters, officer, standing
from tests.engagement.factories import KeptFileFactory, ProjectPageFactory
from tests.engagement.factories_of_what_was_done import DutyFactory

pytestmark = pytest.mark.django_db


def read(letter: Delivery) -> Any:
    """As its resident reads it."""
    kind, mailing = letter_kinds[letter.mailing.kind], letter.mailing
    with override("fr"):
        personal = kind.personal(mailing=mailing, deliveries=[letter])[letter.pk]
        return kind.compose(mailing=mailing, language="fr").filled({"after_hello": " Ada Terril", **personal})


def asked(check: StewardshipCheck, *, days: int = 0) -> Delivery:
    reconciling.tick(now=NOW + days * A_DAY)
    return next(letter for letter in reversed(letters()) if letter.mailing.key == str(check.pk))


def plain(words: str) -> str:
    return " ".join(html.unescape(words).replace("\u00a0", " ").replace("\u202f", " ").split())


def test_it_names_the_project_what_to_look_at_where_and_by_when_with_two_buttons() -> None:
    check = check_in(3, project=standing(title="Les bancs du coron", place="Rue du Terril"))
    DutyFactory(project=check.project)
    letter = asked(check)

    said = read(letter)

    token = asking.token_of(letter)
    assert plain(said.subject) == "Dans quel état est-ce ? Les bancs du coron"
    for body in (said.text, said.html):
        for fact in ["Bonjour Ada Terril", check.what, "jeudi 4 mars 2027", "Rue du Terril", "Arroser les bacs"]:
            assert fact in plain(body)
        assert f"/entretien/{token}/?etat=good" in body
        assert f"/entretien/{token}/?etat=needs_work" in body


def test_the_page_of_the_project_is_shown_when_it_is_public() -> None:
    page = ProjectPageFactory(stage=Stage.STEWARDSHIP)
    check = check_in(3, project=page.project, resident=ResidentFactory())

    assert page.full_url in read(asked(check)).text


def test_the_reminder_says_that_nobody_was_heard() -> None:
    check = check_in(3)
    asked(check)

    said = read(asked(check, days=10))

    assert "Nous sommes sans nouvelles" in plain(said.subject)
    assert "Nous ne savons pas encore dans quel état" in plain(said.text)


def test_a_review_says_that_it_is_one_and_is_asked_of_those_who_carry_the_project() -> None:
    check = check_in(3, kind=CheckKind.REVIEW, resident=ResidentFactory())
    letter = asked(check)

    assert "relisez ensemble" in plain(read(letter).text)
    assert letter.resident == check.project.team.get().resident


def test_on_paper_no_link_is_printed_and_the_telephone_is() -> None:
    Town.load()
    Town.objects.update(phone="0199000001")
    check = check_in(3, project=standing(holder=ResidentFactory(by_post=True), place="Rue du Terril"))
    letter = asked(check)

    with override("fr"):
        sheet = letter_kinds["check"].on_paper(mailing=letter.mailing, deliveries=[letter])[letter.pk]

    printed = plain(" ".join([*sheet.before, *(f"{name} {value}" for name, value in sheet.facts), *sheet.after]))
    assert "Rue du Terril" in printed
    assert "01 99 00 00 01" in printed
    assert "http" not in printed


def test_without_a_telephone_the_paper_says_to_come() -> None:
    letter = asked(check_in(3, project=standing(holder=ResidentFactory(by_post=True))))

    with override("fr"):
        sheet = letter_kinds["check"].on_paper(mailing=letter.mailing, deliveries=[letter])[letter.pk]

    assert "Venez nous le dire" in plain(" ".join(sheet.after))


# --- When they must not leave ----------------------------------------------------------------------------------------


def kept_back(letter: Delivery) -> str:
    kind = letter_kinds[letter.mailing.kind]
    return kind.still_true(mailing=letter.mailing, deliveries=[letter], now=NOW).get(letter.pk, "")


def answered(check: StewardshipCheck) -> None:
    found(check)


def called_off(check: StewardshipCheck) -> None:
    planning.call_off(checks=[check], why="", by=officer())


def moved(check: StewardshipCheck) -> None:
    planning.move(check=check, due_on=TODAY + 60 * A_DAY, by=officer(), now=NOW)


def taken_back(check: StewardshipCheck) -> None:
    reviewing.take_back(project=check.project, reason="x", by=passing.Actor(user=officer()), now=NOW)


def left(check: StewardshipCheck) -> None:
    check.project.team.all().delete()


@pytest.mark.parametrize("happened", [answered, called_off, moved, taken_back, left])
def test_what_happened_since_keeps_it_from_leaving(happened: Any) -> None:
    check = check_in(3)
    letter = asked(check)
    assert kept_back(letter) == ""

    happened(check)

    assert kept_back(letter)


def test_a_letter_of_who_left_stays_behind_and_the_others_leave() -> None:
    project = standing()
    check = check_in(3, project=project)
    letter = asked(check)
    newcomer: Resident = ResidentFactory()

    planning.entrust(check=check, resident=newcomer, by=officer())
    again = asked(check)

    assert kept_back(letter)
    assert (again.resident, kept_back(again)) == (newcomer, "")


def test_paper_of_a_check_that_was_answered_is_not_printed() -> None:
    check = check_in(3, project=standing(holder=ResidentFactory(by_post=True)))
    letter = asked(check)
    found(check)

    standing_now = by_hand.standing(deliveries=Delivery.objects.filter(pk=letter.pk), now=NOW)

    assert set(standing_now.over) == {letter.pk}


# --- To the town hall ------------------------------------------------------------------------------------------------


@pytest.fixture
def notice() -> Delivery:
    Town.load()
    Town.objects.update(email="mairie@example.org")
    check = check_in(3, project=standing(title="Les bancs du coron"))
    found(check, CheckState.NEEDS_WORK, words="Une latte manque.")
    StewardshipCheck.objects.update(photo=KeptFileFactory(media_type="image/jpeg"))
    letter: Delivery = Delivery.objects.get(mailing__kind=troubles.LETTER_KIND)
    return letter


def test_the_town_hall_reads_what_was_found_and_where_to_see_it(notice: Delivery) -> None:
    said = read(notice)

    assert plain(said.subject) == "Travaux à faire : Les bancs du coron"
    for body in (said.text, said.html):
        assert "Une latte manque." in body
        assert "/admin/stewardship/" in body
        assert "Une photo est jointe" in body


def test_a_trouble_that_was_taken_back_is_not_told(notice: Delivery) -> None:
    assert kept_back(notice) == ""

    found(StewardshipCheck.objects.get(), CheckState.GOOD)

    assert kept_back(notice)


# --- When a project passes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (Stage.UNDER_WAY, Stage.DELIVERED, "Merci à tous ceux qui l’ont réalisé."),
        (Stage.DELIVERED, Stage.STEWARDSHIP, "Avant chaque visite, un message vous demande"),
        (Stage.STEWARDSHIP, Stage.TAKEN_BACK, "La commune l’entretient désormais"),
        (Stage.STEWARDSHIP, Stage.CLOSED, "Plus rien ne vous sera demandé"),
    ],
)
def test_the_letter_of_a_passage_says_what_comes_next(before: Stage, after: Stage, said: str) -> None:
    project: Project = standing(before)
    check_in(20, project=project)
    passing.to(thing=project, stage=after, by=passing.Actor(user=officer()), words="Parce que.", now=NOW)

    letter = read(Delivery.objects.select_related("mailing").get(mailing__kind="passage"))

    assert said in plain(letter.text)
    assert said in plain(letter.html)


def test_the_letter_of_stewardship_names_the_first_check() -> None:
    check = check_in(20, project=standing(Stage.DELIVERED))

    planning.begin(project=check.project, by=passing.Actor(user=officer()), now=NOW)

    letter = read(Delivery.objects.select_related("mailing").get(mailing__kind="passage"))
    assert "La première visite : dimanche 21 mars 2027." in plain(letter.text)
    assert Mailing.objects.filter(kind="check").count() == 0
