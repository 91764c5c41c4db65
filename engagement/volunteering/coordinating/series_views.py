"""The pages on which a work day is held again: once more, or every second Saturday until June."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods as accept

from communities.models import Resident
from engagement.models import WorkDay
from engagement.refusals import Refusal
from engagement.volunteering.planning import dates, repeating
from engagement.volunteering.planning.repeating import Occasion

from . import done
from .forms import DaysForm, SeriesForm
from .guard import for_who_runs_it

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
REFUSED = 409
LONGEST = dt.timedelta(days=3 * 366)


@accept(SHOW_AND_ACT)
@for_who_runs_it
def once_more(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """The next free day of the same name, in one press; the form carries the day, so that pressing twice makes one."""
    now = timezone.now()
    occasion = repeating.next_day(work_day=work_day, now=now)
    if request.method == "POST":
        asked = day_of(request)
        try:
            made = repeating.once_more(work_day=work_day, day=asked, by=resident, now=now)
        except Refusal as refusal:
            return once_more_page(request, work_day, occasion, refusal=refusal.sentence)
        return done.to(made, "again")
    return once_more_page(request, work_day, occasion)


def day_of(request: HttpRequest) -> dt.date | None:
    """The day that the button named; None when it named none."""
    try:
        return dt.date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return None


def once_more_page(
    request: HttpRequest, work_day: WorkDay, occasion: Occasion | None, refusal: str = ""
) -> HttpResponse:
    context = {"work_day": work_day, "meeting": work_day.meeting, "occasion": occasion, "refusal": refusal}
    return render(request, "pages/space/work_day_again.html", context, status=REFUSED if refusal else 200)


@accept(SHOW_AND_ACT)
@for_who_runs_it
def series(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """The days there are; how often and until when; then the days that this makes, each with a tick."""
    asked = SeriesForm(request.GET if "until" in request.GET else None, initial={"rhythm": dates.Rhythm.FORTNIGHTLY})
    if work_day.day is None:
        return series_page(request, work_day, asked=asked, refusal=repeating.NoDate().sentence)
    occasions = foreseen(asked, work_day)
    if request.method != "POST":
        return series_page(request, work_day, asked=asked, occasions=occasions)
    form = DaysForm(request.POST, offered=[each.day for each in occasions])
    if not form.is_valid():
        return series_page(request, work_day, asked=asked, occasions=occasions, refusal=repeating.NoDay().sentence)
    try:
        repeating.repeat(work_day=work_day, days=form.cleaned_data["day"], by=resident, now=timezone.now())
    except repeating.NoDay:
        return redirect("engagement:run_series", work_day.pk)  # pressed twice: they are there
    except Refusal as refusal:
        return series_page(request, work_day, asked=asked, occasions=occasions, refusal=refusal.sentence)
    return redirect(reverse("engagement:run_series", args=[work_day.pk], query={"done": "repeated"}))


def foreseen(asked: SeriesForm, work_day: WorkDay) -> list[Occasion]:
    """Nothing before it was asked how often."""
    if not asked.is_bound or not asked.is_valid():
        return []
    until = min(asked.cleaned_data["until"], (work_day.day or dt.date.min) + LONGEST)
    return repeating.foresee(work_day=work_day, rhythm=asked.cleaned_data["rhythm"], until=until, now=timezone.now())


def series_page(
    request: HttpRequest,
    work_day: WorkDay,
    *,
    asked: SeriesForm,
    occasions: list[Occasion] | None = None,
    refusal: str = "",
) -> HttpResponse:
    days, kept = repeating.series_of(work_day), set(request.GET.getlist("kept"))
    context = {
        "work_day": work_day,
        "meeting": work_day.meeting,
        "days": days,
        "kept": {each.pk for each in days if str(each.pk) in kept},
        "changed": number_in(request, "changed"),
        "passed": number_in(request, "passed"),
        "form": asked,
        "occasions": occasions,
        "most": dates.MOST,
        "refusal": refusal,
        "done": done.said_in(request),
    }
    return render(request, "pages/space/work_day_series.html", context, status=REFUSED if refusal else 200)


def number_in(request: HttpRequest, name: str) -> int:
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
