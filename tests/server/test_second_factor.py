"""Staff prove who they are twice before the admin opens."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from pytest_django import Settings

from tests.factories import StaffFactory
from tests.server import doors
from tests.server.telephone import Telephone

PASSWORD = "un terril et deux chevalets"
ENROLMENT = "/compte/2fa/totp/activate/"
CODE = "/compte/2fa/authenticate/"
CODE_AGAIN = "/compte/2fa/reauthenticate/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_server(settings: Settings) -> None:
    settings.MFA_REQUIRED = True


@pytest.fixture
def ada() -> User:
    return StaffFactory(username="ada", communication=True, password=PASSWORD)


def sign_in(client: Client, *, name: str = "ada", password: str = PASSWORD, then: str = "/admin/") -> str:
    """The address that a person arrives at after typing name and password."""
    response = client.post("/compte/login/", {"login": name, "password": password, "next": then}, follow=True)
    return response.redirect_chain[-1][0] if response.redirect_chain else response.request["PATH_INFO"]


def enrol(client: Client) -> Telephone:
    """What a telephone does with the code on the enrolment page."""
    form = client.get(ENROLMENT).context["form"]
    telephone = Telephone(form.secret)
    client.post(ENROLMENT, {"code": telephone.code()})
    return telephone


def telephone_of(user: User) -> Telephone:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return Telephone(secret)


def test_a_password_alone_leads_to_the_enrolment_of_a_telephone(client: Client, ada: User) -> None:
    arrived = sign_in(client)

    assert arrived.startswith(ENROLMENT)


def test_the_admin_sends_visitors_to_the_one_sign_in_page(client: Client) -> None:
    for door in ("/admin/", "/admin/pages/"):
        assert client.get(door)["Location"] == f"/compte/login/?next={door}"
    for door in ("/admin/login/", "/_util/login/"):
        assert client.get(f"{door}?next=/admin/")["Location"] == "/compte/login/?next=/admin/"


def test_wagtails_own_sign_in_takes_no_password(client: Client, ada: User) -> None:
    for door in ("/admin/login/", "/_util/login/"):
        client.post(door, {"username": "ada", "password": PASSWORD})

        assert "_auth_user_id" not in client.session


def test_no_address_of_the_admin_opens_with_a_password_alone(client: Client, ada: User) -> None:
    sign_in(client)
    addresses = [*doors.of_the_admin(), "/documents/1/plan.pdf"]
    assert len(addresses) > 150

    opened = [path for path in addresses if not client.get(path).headers.get("Location", "").startswith(ENROLMENT)]

    assert opened == []


def test_no_address_of_the_admin_takes_a_form_with_a_password_alone(client: Client, ada: User) -> None:
    sign_in(client)

    taken = [path for path in doors.of_the_admin() if client.post(path, {}).status_code != 302]

    assert taken == []


def test_no_address_of_the_admin_opens_without_signing_in(client: Client, db: None) -> None:
    opened = [path for path in doors.of_the_admin() if client.get(path).status_code == 200]

    assert opened == []


@pytest.mark.django_db(transaction=True)
def test_who_enrols_a_telephone_is_in_and_is_told_by_letter(client: Client, ada: User) -> None:
    sign_in(client)

    enrol(client)

    assert client.get("/admin/").status_code == 200
    assert [letter.to for letter in mail.outbox] == [[ada.email]]


@pytest.mark.django_db(transaction=True)
def test_a_dead_relay_does_not_stop_the_enrolment(client: Client, ada: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    sign_in(client)

    enrol(client)

    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_enrols_nothing(client: Client, ada: User) -> None:
    sign_in(client)
    client.get(ENROLMENT)

    client.post(ENROLMENT, {"code": "000000"})

    assert client.get("/admin/")["Location"].startswith(ENROLMENT)


def test_the_telephones_code_signs_in(client: Client, ada: User) -> None:
    telephone = telephone_of(ada)

    arrived = sign_in(client, then="/admin/pages/")
    assert arrived == CODE
    assert "_auth_user_id" not in client.session

    response = client.post(CODE, {"code": telephone.code()})

    assert response["Location"] == "/admin/pages/"
    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_does_not_sign_in(client: Client, ada: User) -> None:
    telephone_of(ada)
    sign_in(client)

    client.post(CODE, {"code": "000000"})

    assert "_auth_user_id" not in client.session


def test_a_code_serves_once(client: Client, ada: User) -> None:
    code = telephone_of(ada).code()
    sign_in(client)
    client.post(CODE, {"code": code})
    other = Client()
    sign_in(other)

    other.post(CODE, {"code": code})

    assert "_auth_user_id" not in other.session


def test_a_recovery_code_replaces_a_lost_telephone(client: Client, ada: User) -> None:
    telephone_of(ada)
    (recovery,) = ada.authenticator_set.filter(type="recovery_codes")
    sign_in(client)

    client.post(CODE, {"code": RecoveryCodes(recovery).get_unused_codes()[0]})

    assert client.get("/admin/").status_code == 200


def test_a_session_older_than_the_telephone_must_still_prove_itself(client: Client, ada: User) -> None:
    """Someone who knows the password signed in before the owner enrolled a telephone elsewhere."""
    sign_in(client)
    telephone = telephone_of(ada)

    for page in ("/admin/", "/compte/2fa/recovery-codes/", "/compte/2fa/totp/deactivate/", "/compte/reauthenticate/"):
        assert client.get(page)["Location"].startswith(CODE_AGAIN), page

    client.post(f"{CODE_AGAIN}?next=/admin/", {"code": telephone.code()})
    assert client.get("/admin/").status_code == 200


def test_someone_half_signed_in_can_leave(client: Client, ada: User) -> None:
    sign_in(client)

    client.post("/compte/logout/")

    assert "_auth_user_id" not in client.session


def test_the_demo_asks_for_no_telephone(client: Client, ada: User, settings: Settings) -> None:
    settings.MFA_REQUIRED = False

    assert sign_in(client) == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_residents_pages_do_not_look_at_the_session(client: Client, ada: User) -> None:
    """A page that does not depend on who asks may be kept by a cache."""
    sign_in(client)

    assert client.get("/healthz").status_code == 200
    assert "Cookie" not in client.get("/healthz").headers.get("Vary", "")
