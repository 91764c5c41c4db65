"""The public register of conventions, what everyone may check, and what both sides read."""

import csv
import io

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from communities import throttling
from communities.spreadsheets import BYTE_ORDER_MARK, harmless
from engagement.models import Convention, Scheme
from engagement.places import of_the_town

from . import documents, freezing, reading, register, verifying
from .forms import VerifyForm

A_PAGE = 24
AN_HOUR = 3600


@require_safe
def conventions(request: HttpRequest) -> HttpResponse:
    """The register: those both sides signed, as asked, each with what everyone may know."""
    today = timezone.localdate()
    asked = register.RegisterFilter(request.GET)
    items = Paginator(asked.conventions(today), A_PAGE).get_page(request.GET.get("page"))
    lines = [(each, *register.state_of(each, today)) for each in items]
    context = {"filter": asked, "items": items, "lines": lines, **on_the_plan(list(items))}
    return render(request, "pages/conventions.html", context)


def on_the_plan(shown: list[Convention]) -> dict[str, object]:
    """The town's picture with those of this page that have a place; nothing without a picture."""
    marks = of_the_town.marks_of((each.project, each.title, each.get_absolute_url()) for each in shown)
    plan = of_the_town.plan_of(Scheme.load()) if marks else None
    return {"plan": plan, "marks": marks} if plan else {}


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The register as a spreadsheet, with the same filters: a line for each convention."""
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=register.HEADINGS, delimiter=";")
    writer.writeheader()
    for row in found(request):
        writer.writerow({name: harmless(value) for name, value in register.flat(row).items()})
    response = HttpResponse((BYTE_ORDER_MARK + written.getvalue()).encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="conventions.csv"'
    return response


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """The same as open data, with the commitments of both sides."""
    return JsonResponse({"conventions": found(request)}, json_dumps_params={"ensure_ascii": False})


def found(request: HttpRequest) -> list[dict[str, object]]:
    today = timezone.localdate()
    asked = register.RegisterFilter(request.GET)
    return register.columns(register.with_commitments(asked.conventions(today)), today)


@require_safe
def convention(request: HttpRequest, number: str) -> HttpResponse:
    """One of them: its summary, both sides' commitments, its dates, how to check it; an amendment leads to it."""
    amendment = Convention.objects.held().filter(number=number, amends__isnull=False).select_related("amends").first()
    if amendment and amendment.amends:
        return redirect(amendment.amends)
    shown = get_object_or_404(register.with_commitments(register.everyones()), number=number)
    state, words = register.state_of(shown, timezone.localdate())
    commitments = register.commitments_of(shown)
    context = {
        "convention": shown,
        "state": state,
        "state_words": words,
        "sides": documents.sides_of(commitments),
        "code": freezing.spaced(shown.code or ""),
        **on_the_plan([shown]),
    }
    return render(request, "pages/convention.html", context)


@require_safe
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """By its code: whether such a text was signed, when, and its fingerprint."""
    form = VerifyForm(request.GET if "code" in request.GET else None)
    context: dict[str, object] = {"form": form}
    if form.is_bound:
        here = throttling.connection_of(request)
        if throttling.too_often(what="verify-convention", who=here, times=60, seconds=AN_HOUR):
            return render(request, "pages/ask_later.html", status=429)
        said = form.said()
        verdict = verifying.verify(code=said["code"], fingerprint=said["fingerprint"]) if said else None
        context |= {"verdict": verdict, "is_unknown": bool(said) and verdict is None}
    return render(request, "pages/verify_convention.html", context)


@require_safe
@never_cache
def read(request: HttpRequest, token: str) -> HttpResponse:
    """The whole text with names and signatures, for one of its readers."""
    shown = reading.find(token=token)
    if shown is None:
        return render(request, "pages/link_not_valid.html", status=404)
    context = {"convention": shown, "shown": documents.shown(shown), "token": token}
    return render(request, "pages/read_convention.html", context)


@require_safe
@never_cache
def read_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The same to print and to keep."""
    shown = reading.find(token=token)
    if shown is None:
        return render(request, "pages/link_not_valid.html", status=404)
    here = throttling.connection_of(request)
    if throttling.too_often(what="convention-pdf", who=here, times=30, seconds=AN_HOUR):
        return render(request, "pages/ask_later.html", status=429)
    return pdf(shown)


def pdf(shown: Convention) -> HttpResponse:
    response = HttpResponse(documents.pdf(shown), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{documents.pdf_name(shown)}"'
    return response


@require_safe
@never_cache
def read_text(request: HttpRequest, token: str) -> HttpResponse:
    """The very bytes of which the fingerprint is."""
    shown = reading.find(token=token)
    if shown is None:
        return render(request, "pages/link_not_valid.html", status=404)
    response = HttpResponse(shown.text.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="convention-{shown.number}.txt"'
    return response
