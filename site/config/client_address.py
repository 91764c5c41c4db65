"""From which address does a visitor come, when proxies of ours stand in between?"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ClientAddress:
    """Believes as many entries of X-Forwarded-For as there are proxies of ours, counted from the nearest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        addresses = request.headers.get("X-Forwarded-For", "").split(",")
        if 0 < settings.TRUSTED_PROXIES <= len(addresses) and addresses[-settings.TRUSTED_PROXIES].strip():
            request.META["REMOTE_ADDR"] = addresses[-settings.TRUSTED_PROXIES].strip()
        return self.get_response(request)
