"""The page on which a coordinator invites the members: how many, the letter they get, and the one press that sends."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods as accept
from django.views.decorators.http import require_safe

from communities.desk import reach
from communities.models import Resident
from engagement.models import WorkDay
from engagement.refusals import Refusal
from engagement.volunteering.planning import inviting
from meetings import announcing

from . import done
from .forms import PressForm
from .guard import for_who_runs_it

REFUSED = 409


@accept(["GET", "HEAD", "POST"])
@for_who_runs_it
def invite(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """Changed figures are shown again; whoever presses twice learns that once was enough."""
    if request.method != "POST":
        return page(request, work_day)
    form = PressForm(request.POST)
    if not form.is_valid():
        return page(request, work_day)
    try:
        inviting.invite(work_day=work_day, expecting=form.cleaned_data["expecting"], by=resident, now=timezone.now())
    except announcing.NobodyToTell as refusal:
        if announcing.was_sent(meeting_id=work_day.meeting_id):
            return redirect("engagement:run_invite", work_day.pk)
        return page(request, work_day, refusal=refusal.sentence)
    except Refusal as refusal:
        return page(request, work_day, refusal=refusal.sentence)
    return done.to(work_day, "invited")


def page(request: HttpRequest, work_day: WorkDay, refusal: str = "") -> HttpResponse:
    now = timezone.now()
    concerned = announcing.to_tell(meeting=work_day.meeting)
    leaving = announcing.leaving(meeting=work_day.meeting, now=now)
    context = {
        "work_day": work_day,
        "meeting": work_day.meeting,
        "reach": reach.of(concerned),
        "obstacle": inviting.obstacle(work_day=work_day, concerned=concerned, now=now),
        "was_sent": announcing.was_sent(meeting_id=work_day.meeting_id),
        "leaving_later": leaving if leaving > now else None,
        "refusal": refusal,
    }
    return render(request, "pages/space/work_day_invite.html", context, status=REFUSED if refusal else 200)


@require_safe
@for_who_runs_it
def letter(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """As they would get it themselves; only of what is published."""
    if not work_day.meeting.live:
        raise Http404
    preview = inviting.preview(work_day=work_day, reader=resident, now=timezone.now())
    context = {"work_day": work_day, "meeting": work_day.meeting, "preview": preview}
    return render(request, "pages/space/work_day_letter.html", context)
