"""The first page of my space, the browsers that are in it, and the way out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods as accept
from django.views.decorators.http import require_POST, require_safe

from communities import panels
from communities.models import Resident

from . import guard, sessions
from .forms import DeviceForm
from .guard import for_resident


@require_safe
@for_resident
def home(request: HttpRequest, resident: Resident) -> HttpResponse:
    shown = panels.of_space(request=request, resident=resident, now=timezone.now())
    return render(request, "pages/space/home.html", {"resident": resident, "panels": shown})


@accept(["GET", "HEAD", "POST"])
@for_resident
def devices(request: HttpRequest, resident: Resident) -> HttpResponse:
    """Where one is signed in; a button for each, and one for all."""
    form = DeviceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        sessions.end_one(resident=resident, pk=form.cleaned_data["device"])
        return redirect("communities:space_devices")
    context = {
        "devices": sessions.of(resident=resident, now=timezone.now()),
        "this_one": sessions.hash_of(guard.secret_of(request)),
    }
    return render(request, "pages/space/devices.html", context)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Out of this browser; whoever was out already reads the same."""
    sessions.end(secret=guard.secret_of(request))
    return guard.let_go(render(request, "pages/space/left.html"))


@require_POST
@for_resident
def leave_all(request: HttpRequest, resident: Resident) -> HttpResponse:
    """Out of every browser, this one too."""
    sessions.end_all(resident=resident)
    return guard.let_go(render(request, "pages/space/left.html", {"everywhere": True}))
