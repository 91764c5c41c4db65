"""My data: read it, put it right, take it along, have it erased. GET shows, POST acts."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods as accept
from django.views.decorators.http import require_safe

from communities import erasing, personal_data, throttling
from communities.models import Resident, Town

from . import addressing, correcting, guard, telling
from .data_forms import CorrectForm, EraseForm, NewAddressForm
from .guard import for_resident

REFUSED, TOO_OFTEN = 422, 429
AN_HOUR = 3600


def held_on(resident: Resident) -> dict[str, Any]:
    """In their language."""
    with translation.override(resident.language):
        return personal_data.held_on(resident=resident)


@require_safe
@for_resident
def data(request: HttpRequest, resident: Resident) -> HttpResponse:
    return render(request, "pages/space/data.html", {"resident": resident, "told": telling.tree(held_on(resident))})


@require_safe
@for_resident
def take_along(request: HttpRequest, resident: Resident, kind: str) -> HttpResponse:
    """The same twice: for a program (JSON), and for a reader (HTML)."""
    held = held_on(resident)
    if kind == "json":
        return download(
            json.dumps(held, ensure_ascii=False, indent=2), name="mes-donnees.json", kind="application/json"
        )
    with translation.override(resident.language):
        context = {
            "told": telling.tree(held),
            "town": Town.load(),
            "now": timezone.now(),
            "language": resident.language,
        }
        return download(
            render_to_string("pages/space/data_file.html", context), name="mes-donnees.html", kind="text/html"
        )


def download(words: str, *, name: str, kind: str) -> HttpResponse:
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(words, content_type=f"{kind}; charset=utf-8", headers=named)


@accept(["GET", "HEAD", "POST"])
@for_resident
def correct(request: HttpRequest, resident: Resident) -> HttpResponse:
    form = CorrectForm(request.POST if request.method == "POST" else None, instance=resident)
    if form.is_bound and form.is_valid():
        correcting.correct(resident=resident, facts=form.cleaned_data)
        return redirect("communities:space_data")
    return render(request, "pages/space/correct.html", {"form": form}, status=REFUSED if form.is_bound else 200)


@accept(["GET", "HEAD", "POST"])
@for_resident
def change_address(request: HttpRequest, resident: Resident) -> HttpResponse:
    """Ask for another address; the same answer whether somebody has it or not."""
    form = NewAddressForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "resident": resident}
    if not (form.is_bound and form.is_valid()):
        return render(request, "pages/space/change_address.html", context, status=REFUSED if form.is_bound else 200)
    email = form.cleaned_data["email"]
    counted = [
        throttling.too_often(what="new-address-by", who=str(resident.pk), times=5, seconds=AN_HOUR),
        throttling.too_often(what="new-address", who=email, times=3, seconds=AN_HOUR),
    ]
    if any(counted):
        return render(request, "pages/space/too_often.html", status=TOO_OFTEN)
    addressing.ask(resident=resident, email=email, now=timezone.now())
    return render(request, "pages/space/change_address.html", context | {"sent_to": email})


@accept(["GET", "HEAD", "POST"])
@for_resident
def erase(request: HttpRequest, resident: Resident) -> HttpResponse:
    """What goes, what stays and why; then for good."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        erasing.erase(resident=resident, by=None, now=timezone.now())
        return guard.let_go(render(request, "pages/space/erased.html"))
    context = {"form": form, "resident": resident, "kept": personal_data.kept(resident=resident)}
    return render(request, "pages/space/erase.html", context, status=REFUSED if form.is_bound else 200)
