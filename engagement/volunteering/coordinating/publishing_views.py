"""The pages on which a coordinator publishes or proposes a draft, takes a proposal back, or drops what nobody saw."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods as accept
from django.views.decorators.http import require_POST

from communities.models import Resident
from engagement.models import WorkDay
from engagement.refusals import Refusal
from engagement.volunteering import counting
from engagement.volunteering.planning import pages, proposing, repeating, rights

from . import done
from .guard import for_who_runs_it

REFUSED = 409


@accept(["GET", "HEAD", "POST"])
@for_who_runs_it
def publish(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """What everyone will read, then one button; for a series, the drafts that follow in the same press if wanted."""
    asks = rights.needs_a_yes(work_day)
    if request.method != "POST":
        return publish_page(request, work_day, asks=asks)
    rule = proposing.propose if asks else proposing.publish
    try:
        rule(work_day=work_day, by=resident, now=timezone.now())
    except Refusal as refusal:
        return publish_page(request, work_day, asks=asks, refusal=refusal.sentence)
    if "series" in request.POST:
        return redirect(series_too(work_day, resident))
    return done.to(work_day, "proposed" if asks else "published")


def series_too(work_day: WorkDay, resident: Resident) -> str:
    """Each by itself: one that is refused keeps no other back, and its page says why when it is pressed."""
    kept = []
    passed = 1
    for other in drafts_after(work_day):
        rule = proposing.propose if rights.needs_a_yes(other) else proposing.publish
        try:
            rule(work_day=other, by=resident, now=timezone.now())
            passed += 1
        except Refusal:
            kept.append(other.pk)
    return reverse("engagement:run_series", args=[work_day.pk], query={"passed": passed, "kept": kept})


def drafts_after(work_day: WorkDay) -> list[WorkDay]:
    drafts = repeating.later_ones(work_day).filter(meeting__live=False)
    return [each for each in drafts if not each.awaits_approval]


def publish_page(request: HttpRequest, work_day: WorkDay, *, asks: bool, refusal: str = "") -> HttpResponse:
    work_day.meeting = pages.newest(work_day.meeting)
    context = {
        "work_day": work_day,
        "meeting": work_day.meeting,
        "count": counting.of(work_day, now=timezone.now()),
        "asks": asks,
        "number": len(drafts_after(work_day)),
        "refusal": refusal,
    }
    return render(request, "pages/space/work_day_publish.html", context, status=REFUSED if refusal else 200)


@require_POST
@for_who_runs_it
def take_back(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """A proposal that was decided meanwhile is shown as it stands."""
    try:
        proposing.take_back(work_day=work_day, by=resident)
    except Refusal:
        return redirect("engagement:run_work_day", work_day.pk)
    return done.to(work_day, "taken-back")


@accept(["GET", "HEAD", "POST"])
@for_who_runs_it
def drop(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """One button; then the list."""
    refusal = ""
    if request.method == "POST":
        try:
            proposing.drop(work_day=work_day, by=resident)
            return redirect(reverse("engagement:run_work_days", query={"done": "dropped"}))
        except Refusal as refused:
            refusal = refused.sentence
    context = {"work_day": work_day, "meeting": work_day.meeting, "refusal": refusal}
    return render(request, "pages/space/work_day_drop.html", context, status=REFUSED if refusal else 200)
