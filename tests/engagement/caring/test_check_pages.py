"""What the buttons of the letter open: the question, the thanks, or why there is nothing to answer any more."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from communities import erasing, own_links
from engagement.caring import asking, checking, planning, reconciling
from engagement.models import CheckState, KeptFile, StewardshipCheck
from tests.communities.factories import ResidentFactory
from tests.engagement.caring.standing import A_DAY, NOW, check_in, found, letters, officer
from tests.engagement.uploads import files

pytestmark = pytest.mark.django_db

GOOD, TROUBLE = CheckState.GOOD, CheckState.NEEDS_WORK


@pytest.fixture(autouse=True)
def march() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def check() -> StewardshipCheck:
    """Entrusted to Ada Terril, who has the letter."""
    check = check_in(3, resident=ResidentFactory(name="Ada Terril"))
    reconciling.tick(now=NOW)
    return check


def address(name: str = "check", asked: str = "") -> str:
    page = reverse(f"engagement:{name}", args=[asking.token_of(letters()[0])])
    return f"{page}?etat={asked}" if asked else page


def again() -> StewardshipCheck:
    return StewardshipCheck.objects.get()


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def press(client: Client, state: CheckState = GOOD, seen: str = "", **more: Any) -> Any:
    return client.post(address(), {"state": state.value, "words": "", "seen": seen} | more)


@pytest.mark.parametrize("state", [GOOD, TROUBLE])
def test_a_button_of_the_letter_opens_a_page_with_its_choice_made_and_does_nothing(
    client: Client, check: StewardshipCheck, state: CheckState
) -> None:
    opened = client.get(address(asked=state.value))

    page = words(opened)
    for said in ["Ada Terril, dans quel état est-ce", check.what, str(check.project), "jeudi 4 mars 2027"]:
        assert said in page
    assert opened.context["form"]["state"].value() == state
    assert page.count("<button") == 1
    assert "no-store" in opened["Cache-Control"]
    assert again().is_to_come


def test_what_was_sent_to_a_wrong_address_opens_nothing_once_that_was_put_right(
    client: Client, check: StewardshipCheck
) -> None:
    page = address()
    assert client.get(page).status_code == 200

    own_links.let_go_of("old@example.org", resident=check.resident)
    check.resident.save()

    assert client.get(page).status_code == 404
    assert client.post(page, {"state": GOOD.value, "words": "", "seen": ""}).status_code == 404
    assert again().is_to_come


def test_pressing_it_writes_down_what_was_found_and_says_thank_you(client: Client, check: StewardshipCheck) -> None:
    answer = press(client, words="Deux vis resserrées.")

    assert answer["Location"] == address("check_answered")
    thanks = words(client.get(answer["Location"]))
    assert "Merci, Ada Terril" in thanks
    assert "C’est fait, tout va bien." in thanks
    assert "Deux vis resserrées." in thanks
    assert (again().state, again().answered_by) == (GOOD, check.resident)


def test_a_trouble_comes_with_words_and_a_photograph(client: Client, check: StewardshipCheck) -> None:
    sent = SimpleUploadedFile("IMG_1.jpg", files.photo(), content_type="image/jpeg")

    press(client, TROUBLE, words="Une latte manque.", photo=sent)

    assert again().photo is not None
    page = words(client.get(address("check_answered")))
    assert "Il y a un souci. La mairie est prévenue." in page
    assert "Une photo a été reçue" in page


def test_answered_it_shows_what_was_said_and_lets_it_be_put_right(client: Client, check: StewardshipCheck) -> None:
    press(client, TROUBLE, words="Une latte manque.")

    form = client.get(address()).context["form"]
    assert (form["state"].value(), form["words"].value()) == (TROUBLE, "Une latte manque.")
    press(client, GOOD, words="Remise.", seen=form["seen"].value())

    assert (again().state, again().words) == (GOOD, "Remise.")


def test_answered_by_another_meanwhile_it_says_so_and_the_next_press_counts(
    client: Client, check: StewardshipCheck
) -> None:
    found(check, TROUBLE, words="Une latte manque.")

    answer = press(client, GOOD, words="Rien à signaler.")

    assert answer.status_code == 409
    assert "Une latte manque." in words(answer)
    assert answer.context["form"]["words"].value() == "Rien à signaler."
    press(client, GOOD, words="Rien à signaler.", seen=answer.context["form"]["seen"].value())
    assert again().words == "Rien à signaler."


def test_after_the_next_check_there_is_nothing_to_answer_any_more(client: Client, check: StewardshipCheck) -> None:
    press(client)
    found(check_in(30, project=check.project), now=NOW + A_DAY)

    page = client.get(address())

    assert "Il n’y a plus rien à répondre" in words(page)
    assert "<form" not in words(page).partition("<main")[2]
    assert press(client, TROUBLE, seen=again_of(check)).status_code == 409


def again_of(check: StewardshipCheck) -> str:
    answered_at = StewardshipCheck.objects.get(pk=check.pk).answered_at
    assert answered_at
    return answered_at.isoformat()


def test_called_off_it_says_so(client: Client, check: StewardshipCheck) -> None:
    planning.call_off(checks=[check], why="", by=officer())

    assert "Cette visite a été annulée." in words(client.get(address()))


def test_entrusted_to_somebody_else_it_says_so_and_shows_nobody_elses_answer(
    client: Client, check: StewardshipCheck
) -> None:
    planning.entrust(check=check, resident=ResidentFactory(), by=officer())
    found(StewardshipCheck.objects.get(), words="Un secret de voisin.")

    page = words(client.get(address()))

    assert "Cette visite ne vous est plus demandée" in page
    assert "secret" not in page
    assert press(client).status_code == 409


def test_the_thanks_of_somebody_elses_answer_are_not_shown_to_who_is_no_longer_asked(
    client: Client, check: StewardshipCheck
) -> None:
    planning.entrust(check=check, resident=ResidentFactory(), by=officer())
    found(StewardshipCheck.objects.get(), words="Un secret de voisin.")

    assert "secret" not in words(client.get(address("check_answered"), follow=True))


@pytest.mark.parametrize("name", ["check", "check_answered"])
def test_a_link_that_nobody_signed_leads_nowhere(client: Client, name: str) -> None:
    answer = client.get(reverse(f"engagement:{name}", args=["a" * 24]))

    assert answer.status_code == 404
    assert "Ce lien ne fonctionne plus" in words(answer)


def test_the_link_of_an_erased_person_leads_nowhere(client: Client, check: StewardshipCheck) -> None:
    assert check.resident
    erasing.erase(resident=check.resident, by=officer(), now=NOW)

    assert client.get(address()).status_code == 404
    assert press(client).status_code == 404


def test_thanks_before_any_answer_lead_nowhere(client: Client, check: StewardshipCheck) -> None:
    assert client.get(address("check_answered")).status_code == 404


def test_nothing_chosen_is_asked_again(client: Client, check: StewardshipCheck) -> None:
    answer = client.post(address(), {"words": "Tout va."})

    assert answer.status_code == 422
    assert "Tout va." in words(answer)
    assert again().is_to_come


def test_who_presses_a_hundred_times_is_asked_to_wait(client: Client, check: StewardshipCheck) -> None:
    answers = {press(client, seen=again_of(check) if again().answered_at else "").status_code for _each in range(31)}

    assert answers == {302, 429}


def test_a_strict_browser_without_cookies_can_answer(check: StewardshipCheck) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = press(strict)

    assert (answer.status_code, answer.cookies) == (302, {})


# --- Hostile photographs ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vide.jpg", b""),
        ("dessin.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("page.jpg", b"<html><script>alert(1)</script></html>"),
        ("lourd.jpg", b"\xff\xd8\xff" + b"0" * 15_000_001),
        ("tronque.jpg", files.photo()[:400]),
    ],
    ids=["empty", "drawing", "page", "too heavy", "truncated"],
)
def test_what_is_no_photograph_is_refused_with_a_reason_and_the_words_stay(
    client: Client, check: StewardshipCheck, name: str, content: bytes
) -> None:
    answer = press(client, TROUBLE, words="Une latte manque.", photo=SimpleUploadedFile(name, content))

    assert answer.status_code == 422
    assert answer.context["form"].errors["photo"]
    assert "Une latte manque." in words(answer)
    assert again().is_to_come
    assert not KeptFile.objects.exists()


def test_where_it_was_taken_is_not_kept(client: Client, check: StewardshipCheck) -> None:
    sent = SimpleUploadedFile("IMG_1.jpg", files.photo(exif=files.exif(place=True)))

    press(client, photo=sent)

    kept = again().photo
    assert kept is not None
    assert b"Exif" not in bytes(kept.content)


# --- The photograph, for everyone ------------------------------------------------------------------------------------


def test_a_photograph_is_given_only_while_staff_show_it(client: Client, check: StewardshipCheck) -> None:
    press(client, photo=SimpleUploadedFile("IMG_1.jpg", files.photo()))
    photo = reverse("engagement:check_photo", args=[check.pk])
    assert client.get(photo).status_code == 404

    checking.show_photo(check=check, is_shown=True, recognisable="nobody", by=officer())
    shown = client.get(photo)

    assert shown.status_code == 200
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    checking.show_photo(check=check, is_shown=False, by=officer())
    assert client.get(photo).status_code == 404


def test_the_moment_of_the_answer_survives_the_form(client: Client, check: StewardshipCheck, march: Any) -> None:
    march.move_to(NOW + dt.timedelta(microseconds=123456))
    press(client)

    form = client.get(address()).context["form"]

    assert press(client, TROUBLE, seen=form["seen"].value()).status_code == 302
