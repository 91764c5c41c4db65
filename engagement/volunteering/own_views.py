"""The pages behind a letter about a work day: the person is known, two presses are enough."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from communities import throttling
from engagement.models import Volunteer, WorkDay
from meetings import rsvp
from meetings.models import AnswerChannel, Invitation
from meetings.refusals import Refusal

from . import calendar_files, clashes, counting, lifts, signing_up, wishes
from .forms import VolunteerForm, first_values

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
REFUSED, TOO_OFTEN = 409, 429
DIGITS = 19
DAY = 86400
# Each change writes to somebody else too: who leads, who drives. Nobody changes their mind so often.
MOST_CHANGES, MOST_CARS = 40, 6

# No session stands behind these forms, so there is nothing a forged request could borrow: no cookie is set. The proof
# is the signed token in the address.


def found(token: str) -> tuple[Invitation, WorkDay] | None:
    """Whose letter it is, and the work day it invites to."""
    invitation = rsvp.find(token=token)
    if invitation is None:
        return None
    work_day = WorkDay.objects.select_related("leader").filter(meeting=invitation.meeting_id).first()
    if work_day is None:
        return None
    work_day.meeting = invitation.meeting
    return invitation, work_day


def volunteer_of(invitation: Invitation, work_day: WorkDay) -> Volunteer | None:
    """What they said by now."""
    mine = Volunteer.objects.filter(work_day=work_day, resident=invitation.resident_id, confirmed_at__isnull=False)
    volunteer = mine.prefetch_related("signups", "pledges").first()
    if volunteer:
        volunteer.work_day, volunteer.resident = work_day, invitation.resident
    return volunteer


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """From a letter: the person is known, two presses are enough."""
    mine = found(token)
    if mine is None:
        return unknown(request)
    invitation, work_day = mine
    now = timezone.now()
    volunteer = volunteer_of(invitation, work_day)
    count = counting.of(work_day, now=now, besides=volunteer)
    if request.method != "POST":
        wish = wishes.of(volunteer) if volunteer and volunteer.is_coming else None
        initial = first_values(wish, count=count, asked=request.GET.get("s", ""))
        return choose_page(request, invitation, work_day, VolunteerForm(count=count, initial=initial), volunteer)
    form = VolunteerForm(request.POST, count=count)
    if not form.is_valid():
        return choose_page(request, invitation, work_day, form, volunteer, status=422)
    if changes_too_often(invitation):
        return render(request, "pages/too_often.html", status=TOO_OFTEN)
    try:
        signing_up.sign_up(
            work_day=work_day,
            resident=invitation.resident,
            wish=form.wish(),
            channel=AnswerChannel.MAIL,
            now=now,
        )
    except Refusal as refusal:
        form.count = counting.of(work_day, now=now, besides=volunteer)
        form.add_error(None, refusal.sentence)
        return choose_page(request, invitation, work_day, form, volunteer, status=REFUSED)
    return redirect("engagement:work_day_done", token)


def choose_page(
    request: HttpRequest,
    invitation: Invitation,
    work_day: WorkDay,
    form: VolunteerForm,
    volunteer: Volunteer | None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    context = {
        "invitation": invitation,
        "work_day": work_day,
        "meeting": work_day.meeting,
        "count": form.count,
        "form": form if rsvp.is_open(meeting=work_day.meeting, now=now) else None,
        "volunteer": volunteer if volunteer and volunteer.is_coming else None,
        "is_over": work_day.meeting.is_over(now),
        "token": rsvp.token_of(invitation),
    }
    return render(request, "pages/work_day_choose.html", context, status=status)


@never_cache
@require_safe
def done(request: HttpRequest, token: str) -> HttpResponse:
    """What was written down, what clashes with it, and how to change it."""
    mine = found(token)
    volunteer = volunteer_of(*mine) if mine else None
    if mine is None or volunteer is None:
        return unknown(request)
    context = {
        "invitation": mine[0],
        "work_day": mine[1],
        "meeting": mine[1].meeting,
        "volunteer": volunteer,
        "clashes": clashes.of(volunteer),
        "is_open": rsvp.is_open(meeting=mine[1].meeting, now=timezone.now()),
        "token": token,
        **said_by(volunteer),
    }
    return render(request, "pages/work_day_done.html", context)


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """One large button; then the page that says what is free again."""
    mine = found(token)
    volunteer = volunteer_of(*mine) if mine else None
    if mine is None or volunteer is None:
        return unknown(request)
    context = {"work_day": mine[1], "meeting": mine[1].meeting, "volunteer": volunteer, "token": token}
    if request.method != "POST" or not volunteer.is_coming:
        return render(request, "pages/work_day_withdraw.html", context | said_by(volunteer))
    if changes_too_often(mine[0]):
        return render(request, "pages/too_often.html", status=TOO_OFTEN)
    try:
        signing_up.withdraw(volunteer=volunteer, channel=AnswerChannel.MAIL, now=timezone.now())
    except Refusal as refusal:
        return render(request, "pages/work_day_withdraw.html", context | {"refusal": refusal.sentence}, status=REFUSED)
    return redirect("engagement:work_day_withdraw", token)


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def car(request: HttpRequest, token: str) -> HttpResponse:
    """Whose car has room, for whoever looks for a lift; a button for each."""
    mine = found(token)
    volunteer = volunteer_of(*mine) if mine else None
    if mine is None or volunteer is None or not volunteer.is_coming:
        return unknown(request)
    context = {"work_day": mine[1], "meeting": mine[1].meeting, "volunteer": volunteer, "token": token}
    status = 200
    if request.method == "POST":
        if throttling.too_often(what="work-day-car", who=str(mine[0].pk), times=MOST_CARS, seconds=DAY):
            return render(request, "pages/too_often.html", status=TOO_OFTEN)
        try:
            lifts.ride(volunteer=volunteer, driver_pk=driver_in(request), now=timezone.now())
        except Refusal as refusal:
            context["refusal"], status = refusal.sentence, REFUSED
        else:
            return redirect("engagement:work_day_car", token)
    context |= {"offers": lifts.offers(mine[1], besides=volunteer), "driver": driver_of(volunteer)}
    return render(request, "pages/work_day_car.html", context, status=status)


def driver_in(request: HttpRequest) -> int:
    said = request.POST.get("driver", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < DIGITS else 0


def driver_of(volunteer: Volunteer) -> lifts.Offer | None:
    """Who drives them, by first name."""
    driver = volunteer.rides_with
    return lifts.Offer(driver, 0) if driver else None


@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Their shifts, for their calendar."""
    mine = found(token)
    volunteer = volunteer_of(*mine) if mine else None
    if volunteer is None:
        return unknown(request)
    content = calendar_files.of(volunteer, stamp=volunteer.changed_at)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="chantier.ics"'
    return response


def changes_too_often(invitation: Invitation) -> bool:
    return throttling.too_often(what="work-day-changes", who=str(invitation.pk), times=MOST_CHANGES, seconds=DAY)


def said_by(volunteer: Volunteer) -> dict[str, object]:
    """Their shifts and what they bring."""
    return {
        "signups": volunteer.signups.select_related("shift__work_day__meeting"),
        "pledges": volunteer.pledges.select_related("need"),
    }


def unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/answer_unknown.html", status=404)
