"""How whoever got no letter signs up for a work day: one page, and the button of a letter."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from communities import throttling
from communities.signing_up import Wish as Following
from engagement.models import Volunteer, WorkDay
from meetings import rsvp
from meetings.models import Invitation
from meetings.refusals import Refusal

from . import asking, counting, own_views, signing_up
from .forms import PublicVolunteerForm, first_values

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
REFUSED = 409
HOUR = 3600
# People for whom one connection may hold places of one work day: a household and its friends, not a whole site.
MOST_HELD = 20

# No session stands behind these forms, so there is nothing a forged request could borrow: no cookie is set. The proof
# is the signed token in the address; signing up without a letter needs the button of one.


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def sign_up(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """For everyone: what is needed, a name and an address."""
    known = WorkDay.objects.open_to_all().select_related("meeting__venue")
    work_day = get_object_or_404(known, meeting__uid=uid)
    now = timezone.now()
    count = counting.of(work_day, now=now)
    initial = first_values(None, count=count, asked=request.GET.get("s", ""))
    form = PublicVolunteerForm(request.POST or None, count=count, now=now, initial=initial)
    if request.method != "POST":
        return sign_up_page(request, work_day, form)
    if not form.is_valid():
        return sign_up_page(request, work_day, form, status=422)
    if form.is_trapped:
        return sent_page(request, work_day, form)
    if asks_too_often(request, work_day, form):
        return render(request, "pages/too_often.html", status=429)
    return take_wish(request, work_day, form)


def sign_up_page(request: HttpRequest, work_day: WorkDay, form: PublicVolunteerForm, status: int = 200) -> HttpResponse:
    is_open = rsvp.is_open(meeting=work_day.meeting, now=form.now)
    context = {
        "work_day": work_day,
        "meeting": work_day.meeting,
        "count": form.count,
        "form": form if is_open else None,
        "is_over": work_day.meeting.is_over(form.now),
    }
    return render(request, "pages/work_day_sign_up.html", context, status=status)


def sent_page(request: HttpRequest, work_day: WorkDay, form: PublicVolunteerForm) -> HttpResponse:
    """The same whether the address is known or not."""
    hours = asking.HELD_FOR.total_seconds() // HOUR
    context = {"work_day": work_day, "meeting": work_day.meeting, "email": form.cleaned_data["email"], "hours": hours}
    return render(request, "pages/work_day_sent.html", context)


def asks_too_often(request: HttpRequest, work_day: WorkDay, form: PublicVolunteerForm) -> bool:
    here, people = throttling.connection_of(request), form.wish().people
    held_for = int(asking.HELD_FOR.total_seconds())
    counted = [
        throttling.too_often(what="work-day-from", who=here, times=20, seconds=HOUR),
        throttling.too_often(what="sign-up-letter", who=form.cleaned_data["email"], times=6, seconds=HOUR),
        throttling.too_often(what=f"work-day-{work_day.pk}", who=here, times=MOST_HELD, seconds=held_for, more=people),
    ]
    return any(counted)


def take_wish(request: HttpRequest, work_day: WorkDay, form: PublicVolunteerForm) -> HttpResponse:
    communities = list(work_day.meeting.communities.all()) if form.cleaned_data["keep_me_told"] else []
    try:
        asking.ask(
            work_day=work_day,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            wish=form.wish(),
            follow=Following(communities=communities) if communities else None,
            now=timezone.now(),
        )
    except Refusal as refusal:
        return sign_up_page(request, work_day, again(form, refusal, work_day), status=REFUSED)
    return sent_page(request, work_day, form)


def again(form: PublicVolunteerForm, refusal: Refusal, work_day: WorkDay) -> PublicVolunteerForm:
    """The same page, as things stand now, with why it was refused; what was typed stays."""
    form.count = counting.of(work_day, now=timezone.now())
    form.add_error(None, refusal.sentence)
    return form


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The letter's button: GET names the person and what is held, POST takes it."""
    held = asking.find(token=token)
    if held is None:
        return own_views.unknown(request)
    if request.method != "POST":
        return to_done(request, held) if held.confirmed_at else confirm_page(request, held)
    try:
        mine = asking.confirm(volunteer=held, or_wait="wait" in request.POST, now=timezone.now())
    except Refusal as refusal:
        may_wait = isinstance(refusal, signing_up.NoPlaceLeft | signing_up.NotNeededAnyMore)
        return confirm_page(request, held, refusal=refusal.sentence, may_wait=may_wait, status=REFUSED)
    return to_done(request, mine)


def confirm_page(request: HttpRequest, held: Volunteer, status: int = 200, **more: object) -> HttpResponse:
    context = {
        "volunteer": held,
        "work_day": held.work_day,
        "meeting": held.work_day.meeting,
        **own_views.said_by(held),
        **more,
    }
    return render(request, "pages/work_day_confirm.html", context, status=status)


def to_done(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Where their sign-up is seen, and changed while it can be."""
    theirs = Invitation.objects.filter(meeting=volunteer.work_day.meeting_id, resident=volunteer.resident_id)
    invitation = theirs.first()
    if invitation is None:
        return own_views.unknown(request)
    return redirect("engagement:work_day_done", rsvp.token_of(invitation))
