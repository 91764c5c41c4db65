"""The button in the letter to a new address. GET shows, POST acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods as accept

from . import addressing, devices, guard, sessions

GONE, TAKEN = 410, 409


@never_cache
@accept(["GET", "HEAD", "POST"])
def new_address(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever reads there says that it is theirs; a browser that was in their space stays in, no other does."""
    now = timezone.now()
    change, session = addressing.find(token=token, now=now), guard.session_of(request)
    if change is None:
        return render(request, "pages/space/no_such_change.html", status=GONE)
    if request.method != "POST":
        return render(request, "pages/space/new_address.html", {"change": change})
    try:
        resident = addressing.confirm(change=change, now=now)
    except addressing.AlreadyTaken as taken:
        return render(request, "pages/space/no_such_change.html", {"why": taken.MESSAGE}, status=TAKEN)
    if resident is None or session is None or session.resident != resident:
        return render(request, "pages/space/address_changed.html")
    device = devices.named(request.META.get("HTTP_USER_AGENT", ""))
    _session, secret = sessions.begin(resident=resident, device=device, now=now)
    return guard.keep(redirect("communities:space_data"), secret=secret)
