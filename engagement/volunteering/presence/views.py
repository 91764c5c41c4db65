"""The list of the day, on the telephone of whoever runs it: ticked, confirmed, taken back; and the sheet to print.

A POST answers with the page itself: sent again by an impatient thumb, or by going back, it writes nothing more.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods as accept
from django.views.decorators.http import require_POST, require_safe

from communities.models import Resident
from engagement.models import WorkDay
from engagement.refusals import Refusal
from engagement.volunteering.coordinating.guard import for_who_runs_it

from . import closing, crediting, sheet_facts, sheet_printing, ticking
from .filling import Filling

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
REFUSED, WRONG = 409, 422


@accept(SHOW_AND_ACT)
@for_who_runs_it
def presence(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    if request.method != "POST":
        return presence_page(request, work_day, Filling(work_day))
    now = timezone.now()
    typed = Filling(work_day, request.POST)
    wrong = typed.wrong
    try:
        overwritten = ticking.tick(work_day=work_day, words=typed.words(), things=typed.brought(), now=now)
    except Refusal as refusal:
        work_day.refresh_from_db(fields=["closed_at"])
        return presence_page(request, work_day, typed, refusal=refusal.sentence, status=REFUSED)
    shown = Filling(work_day).keep(wrong)
    status = WRONG if wrong else 200
    return presence_page(request, work_day, shown, saved_at=now, overwritten=overwritten, wrong=wrong, status=status)


def presence_page(
    request: HttpRequest, work_day: WorkDay, filling: Filling, status: int = 200, **more: object
) -> HttpResponse:
    now = timezone.now()
    context = {
        "work_day": work_day,
        "meeting": work_day.meeting,
        "filling": filling,
        "state": crediting.state_of(work_day),
        "is_open": ticking.is_open(work_day, now=now),
        "is_early": ticking.is_early(work_day, now=now),
        **more,
    }
    return render(request, "pages/space/presence.html", context, status=status)


@accept(SHOW_AND_ACT)
@for_who_runs_it
def confirm(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """What the list comes to, and one large button: it is right."""
    refused = ""
    if request.method == "POST":
        try:
            closing.confirm(work_day=work_day, now=timezone.now())
        except Refusal as refusal:
            refused = refusal.sentence
        else:
            return redirect("engagement:run_presence", work_day.pk)
    context = {
        "work_day": work_day,
        "meeting": work_day.meeting,
        "state": crediting.state_of(work_day),
        "undecided": Filling(work_day).list.undecided,
        "refusal": refused,
    }
    return render(request, "pages/space/presence_confirm.html", context, status=REFUSED if refused else 200)


@require_POST
@for_who_runs_it
def reopen(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    try:
        closing.reopen(work_day=work_day)
    except Refusal as refusal:
        return presence_page(request, work_day, Filling(work_day), refusal=refusal.sentence, status=REFUSED)
    return redirect("engagement:run_presence", work_day.pk)


@require_safe
@for_who_runs_it
def sheet(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    return sheet_of(work_day)


def sheet_of(work_day: WorkDay) -> HttpResponse:
    """The day's sheet, to print: it holds names, and is kept by no browser."""
    facts = sheet_facts.of(work_day, now=timezone.now())
    answer = HttpResponse(sheet_printing.sheet(facts=facts), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="feuille-{work_day.pk}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
