"""It rains: two large buttons on a telephone, then whom to call."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from communities.models import Resident
from engagement.models import WorkDay
from engagement.volunteering.coordinating.guard import for_who_runs_it
from meetings import rsvp
from meetings.refusals import Refusal

from . import forms, rain
from .forms import MOVE, RainForm

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
WRONG, REFUSED = 422, 409


@require_http_methods(SHOW_AND_ACT)
@for_who_runs_it
def call_off(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """Cancel it or move it to its other day: one press, and the letters leave."""
    form = RainForm(request.POST or None, initial={"reason": forms.ready_reason()})
    if request.method != "POST":
        return page(request, work_day, form)
    if not form.is_valid():
        return page(request, work_day, form, status=WRONG)
    now = timezone.now()
    try:
        if form.cleaned_data["do"] == MOVE:
            rain.move(work_day=work_day, now=now)
        else:
            rain.cancel(work_day=work_day, reason=form.cleaned_data["reason"], now=now)
    except Refusal as refusal:
        if not form.is_done(WorkDay.objects.select_related("meeting").get(pk=work_day.pk)):
            form.add_error(None, refusal.sentence)
            return page(request, work_day, form, status=REFUSED)
    return redirect("engagement:run_rain_done", pk=work_day.pk)


def page(request: HttpRequest, work_day: WorkDay, form: RainForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    other = work_day.fallback_on
    context = {
        "work_day": work_day,
        "meeting": work_day.meeting,
        "form": form,
        "is_open": rsvp.is_open(meeting=work_day.meeting, now=now),
        "other": other if other and rain.may_move_to(other, work_day.meeting, now=now) else None,
    }
    return render(request, "pages/space/run_rain.html", context, status=status)


@require_safe
@for_who_runs_it
def done(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """What was said, whom to call, and words to paste elsewhere."""
    context = {"work_day": work_day, "meeting": work_day.meeting, "reached": rain.reached(work_day)}
    return render(request, "pages/space/run_rain_done.html", context)
