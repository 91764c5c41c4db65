"""How staff sign in, get back in, and are kept from guessing."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from pytest_django import Settings
from pytest_django.asserts import assertTemplateUsed

from communities.models import Town
from tests.factories import StaffFactory

PASSWORD = "un terril et deux chevalets"
NOWHERE = "redis://127.0.0.1:9/0"

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return StaffFactory(username="ada", email="ada.terril@example.org", communication=True, password=PASSWORD)


def sign_in(client: Client, *, name: str = "ada", password: str = PASSWORD) -> bool:
    client.post("/compte/login/", {"login": name, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("name", ["ada", "ada.terril@example.org", "Ada.Terril@example.org"])
def test_staff_sign_in_with_their_name_or_their_address(client: Client, ada: User, name: str) -> None:
    assert sign_in(client, name=name)


def test_nobody_signs_up(client: Client) -> None:
    response = client.post(
        "/compte/signup/", {"email": "basile.coron@example.org", "username": "basile", "password1": PASSWORD}
    )

    assert response.status_code == 200
    assert not User.objects.exists()


def test_guessing_a_password_ends_after_a_few_attempts(client: Client, ada: User) -> None:
    for _attempt in range(10):
        assert not sign_in(client, password="faux")

    assert not sign_in(client)


def test_hurrying_too_much_is_answered_in_the_look_of_the_site(client: Client) -> None:
    pages = [client.post("/compte/login/", {"login": "personne", "password": "faux"}) for _attempt in range(31)]

    assert pages[-1].status_code == 429
    assertTemplateUsed(pages[-1], "429.html")


def test_a_form_from_nowhere_is_refused_in_the_look_of_the_site() -> None:
    page = Client(enforce_csrf_checks=True).post("/compte/login/", {"login": "ada", "password": PASSWORD})

    assert page.status_code == 403
    assertTemplateUsed(page, "403_csrf.html")


def test_one_guesser_does_not_lock_out_everybody(client: Client, ada: User) -> None:
    StaffFactory(username="basile", password=PASSWORD)
    for _attempt in range(10):
        sign_in(client, password="faux")

    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), name="basile")


def test_staff_sign_in_while_redis_is_down(client: Client, ada: User, settings: Settings) -> None:
    with override_settings(CACHES={"default": {**settings.CACHES["default"], "LOCATION": NOWHERE}}):
        assert sign_in(client)


def test_a_forgotten_password_is_replaced_by_a_link_in_a_letter_from_the_town_hall(client: Client, ada: User) -> None:
    town = Town.load()
    town.email = "mairie@example.org"
    town.save()

    client.post("/compte/password/reset/", {"email": "ada.terril@example.org"})

    (letter,) = mail.outbox
    assert letter.to == ["ada.terril@example.org"]
    assert letter.from_email == "mairie@example.org"
    link = next(word for word in letter.body.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True)
    client.post(
        form.request["PATH_INFO"],
        {"password1": "deux chevalets et un coron", "password2": "deux chevalets et un coron"},
    )
    assert sign_in(Client(), password="deux chevalets et un coron")


def test_asking_for_an_unknown_address_says_and_sends_the_same(client: Client, ada: User) -> None:
    known = client.post("/compte/password/reset/", {"email": "ada.terril@example.org"})
    unknown = client.post("/compte/password/reset/", {"email": "personne@example.org"})

    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]
    assert len(mail.outbox) == 1


def test_wagtails_second_way_to_a_new_password_is_closed(client: Client) -> None:
    assert client.get("/admin/password_reset/").status_code == 404


def test_a_lost_telephone_is_forgotten_by_whoever_runs_the_server(ada: User) -> None:
    TOTP.activate(ada, generate_totp_secret())

    call_command("forget_telephone", "Ada.Terril@example.org", stdout=StringIO())

    assert not Authenticator.objects.exists()


def test_forgetting_the_telephone_of_nobody_is_refused(ada: User) -> None:
    with pytest.raises(CommandError):
        call_command("forget_telephone", "personne")
