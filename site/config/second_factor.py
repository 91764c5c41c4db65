"""Did this person prove who they are twice? Where it is compulsory, no staff page opens before."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

GUARDED = ("/admin/", "/documents/", "/compte/")
ENROLMENT = "mfa_activate_totp"
CODE = "mfa_reauthenticate"


class SecondFactor:
    """Sends a signed-in person to enrol their telephone, or to type its code, before anything that is for staff."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.MFA_REQUIRED and request.path_info.startswith(GUARDED) and request.user.is_authenticated:
            return self.guarded(request)
        return self.get_response(request)

    def guarded(self, request: HttpRequest) -> HttpResponseBase:
        way_in = what_is_missing(request)
        if way_in is None or request.path_info in open_on_the_way(way_in):
            return self.get_response(request)
        return ask(request, way_in)


def what_is_missing(request: HttpRequest) -> str | None:
    """The page where this session proves itself, or None once it did: a telephone enrolled elsewhere proves nothing."""
    if any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
        return None
    return CODE if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]) else ENROLMENT


def open_on_the_way(way_in: str) -> set[str]:
    """Who has a telephone may not fall back on the password: it would show the recovery codes."""
    names = {way_in, "account_logout"} | ({"account_reauthenticate"} if way_in == ENROLMENT else set())
    return {reverse(name) for name in names}


def ask(request: HttpRequest, way_in: str) -> HttpResponse:
    return redirect(f"{reverse(way_in)}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")


@receiver(authenticator_added)
def remember_that_the_telephone_was_at_hand(
    request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Enrolling asks for a code, so the session that enrolled has proved itself."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
