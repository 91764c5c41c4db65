"""The page where a resident gets a calendar of their own, another address for it, or none. GET shows, POST acts."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from communities.models import Resident
from meetings.models import CalendarKey

from . import own_calendar

# No session stands behind these forms, so there is nothing a forged request could borrow: no cookie is set.


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """/mon-calendrier/<token>/"""
    resident = own_calendar.find(token=token)
    if resident is None:
        return render(request, "pages/link_not_valid.html", status=404)
    if request.method == "POST":
        act(request.POST.get("do", ""), resident=resident, now=timezone.now())
        return redirect("meetings:my_calendar", token=token)
    key = own_calendar.of(resident)
    return render(request, "pages/my_calendar.html", {"resident": resident, "key": key, **addresses(key)})


def act(deed: str, *, resident: Resident, now: dt.datetime) -> None:
    """What the pressed button is called; anything else does nothing."""
    match deed:
        case "open":
            own_calendar.open_(resident=resident, now=now)
        case "renew":
            own_calendar.renew(resident=resident, now=now)
        case "stop":
            own_calendar.stop(resident=resident)
        case "hide" | "show":
            own_calendar.hide_cancelled(resident=resident, hide=deed == "hide")


def addresses(key: CalendarKey | None) -> dict[str, str]:
    """The address to copy, and the one that telephones open by themselves."""
    if key is None:
        return {}
    address = own_calendar.address_of(key)
    return {"calendar_address": address, "opens_by_itself": f"webcal://{address.partition('://')[2]}"}
