"""The pages behind a letter's links: answer, register, confirm. GET shows, POST acts."""

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from communities import throttling
from communities.models import Resident

from . import elsewhere, helping, registering, rsvp
from .calendars import own_calendar
from .forms import AnswerForm, PartyForm, RegistrationForm
from .inbound import inbox
from .models import AnswerChannel, Choice, Invitation, MeetingPage
from .seating import door, waiting

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
REFUSED = 409
# People for whom one connection may hold seats of one meeting: a household and its friends, not a whole room.
MOST_HELD = 20

# No session stands behind these forms, so there is nothing a forged request could borrow: no cookie is set. The proof
# is the signed token in the address; coming uninvited needs the button of a letter.


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one invitation: the person, the meeting, the choice already made in the letter."""
    invitation = rsvp.find(token=token)
    if invitation is None:
        return unknown(request)
    if request.method == "POST":
        return take_answer(request, token, invitation)
    if request.GET.get("a", Choice.YES) == Choice.YES and (other := elsewhere.of(invitation.meeting)):
        return redirect(reverse(other.page, args=[token], query=request.GET))
    if waiting.standing(invitation) and rsvp.is_open(meeting=invitation.meeting, now=timezone.now()):
        return redirect(reverse("meetings:waiting", args=[token]))
    return answer_page(request, invitation, AnswerForm(initial=first_guess(request, invitation)))


def first_guess(request: HttpRequest, invitation: Invitation) -> dict[str, object]:
    """What the link in the letter says, else what they last said."""
    current = invitation.answers.filter(is_current=True).first()
    asked = request.GET.get("a", "")
    said: dict[str, object] = {"choice": current.choice, "guests": current.guests} if current else {}
    said["help_asked"] = helping.asked_for(invitation)
    return said | ({"choice": asked} if asked in Choice.values else {})


def take_answer(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return answer_page(request, invitation, form, status=422)
    try:
        helping.answer(
            invitation=invitation,
            choice=Choice(form.cleaned_data["choice"]),
            guests=form.cleaned_data["guests"],
            help_asked=form.cleaned_data["help_asked"],
            channel=AnswerChannel.MAIL,
            now=timezone.now(),
        )
    except rsvp.CannotAnswer as refusal:
        form.add_error(None, refusal.sentence)
        return answer_page(request, invitation, form, status=REFUSED)
    return redirect(reverse("meetings:answer_recorded", args=[token]))


def to_answer(invitation: Invitation) -> HttpResponse:
    """Where the person's answer is seen, and changed while it can be."""
    return redirect(reverse("meetings:answer", args=[rsvp.token_of(invitation)]))


def answer_page(request: HttpRequest, invitation: Invitation, form: AnswerForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    is_open = rsvp.is_open(meeting=invitation.meeting, now=now)
    current = invitation.answers.filter(is_current=True).first()
    context = {
        "invitation": invitation,
        "meeting": invitation.meeting,
        "current": current,
        "earlier": invitation.answers.for_an_earlier_date().first(),
        "form": form,
        "is_over": invitation.meeting.is_over(now),
    }
    if is_open:
        said_at = current.answered_at if current else None
        context["is_being_checked"] = inbox.is_being_checked(invitation=invitation, since=said_at)
        context |= ways_to_wait(request, invitation, form, now)
    template = "pages/answer_ask.html" if is_open else "pages/answer_closed.html"
    return render(request, template, context, status=status)


def ways_to_wait(request: HttpRequest, invitation: Invitation, form: AnswerForm, now: dt.datetime) -> dict[str, object]:
    """For whoever finds no seat, or not enough: the waiting list, with the party they asked for."""
    outlook = waiting.outlook(invitation=invitation, now=now)
    guests = form.cleaned_data.get("guests", 0) if form.is_bound else 0
    too_many = outlook.left is not None and guests + 1 > outlook.left
    return {
        "outlook": outlook,
        "wants_to_come": form["choice"].value() == Choice.YES,
        "party": PartyForm(initial={"guests": guests}, auto_id="wait_%s") if too_many and outlook.may_wait else None,
        "waiting_url": reverse("meetings:waiting", args=[rsvp.token_of(invitation)]),
    }


@never_cache
@require_http_methods(["GET", "HEAD"])
def answer_recorded(request: HttpRequest, token: str) -> HttpResponse:
    """What was recorded, and how to change it."""
    invitation = rsvp.find(token=token)
    current = invitation and invitation.answers.filter(is_current=True).first()
    if invitation is None or current is None:
        return unknown(request)
    if not rsvp.is_open(meeting=invitation.meeting, now=timezone.now()):
        return to_answer(invitation)
    context = {
        "invitation": invitation,
        "meeting": invitation.meeting,
        "current": current,
        "change_url": reverse("meetings:answer", args=[token]),
        "calendar_url": to_own_calendar(invitation.resident),
    }
    return render(request, "pages/answer_done.html", context)


def to_own_calendar(resident: Resident) -> str:
    """The page of their calendar; none for whoever had another e-mail address, where this link may have been sent.

    They find it on the page of their choices, to which every letter leads.
    """
    if resident.addresses_before:
        return ""
    return reverse("meetings:my_calendar", args=[own_calendar.token_of(resident)])


def unknown(request: HttpRequest) -> HttpResponse:
    """A link that leads nowhere any more: say so kindly, and show the way to the meetings."""
    return render(request, "pages/answer_unknown.html", status=404)


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def register(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The form to come without having been invited; on its own page when something must be put right."""
    meeting = get_object_or_404(MeetingPage.objects.open_to_all().select_related("venue"), uid=uid)
    now = timezone.now()
    form = RegistrationForm(request.POST or None, meeting=meeting, now=now)
    if request.method != "POST":
        return register_page(request, meeting, form)
    if not form.is_valid():
        return register_page(request, meeting, form, status=422)
    if form.is_trapped:
        return sent_page(request, meeting, form)
    if asks_too_often(request, meeting, form):
        return render(request, "pages/too_often.html", status=429)
    return take_registration(request, meeting, form)


def register_page(
    request: HttpRequest,
    meeting: MeetingPage,
    form: RegistrationForm,
    status: int = 200,
) -> HttpResponse:
    """The form; with the way to the waiting list for whoever finds no seat, or not enough."""
    found = door.of(meeting=meeting, now=timezone.now())
    context = {"meeting": meeting, "form": form, "door": found, "is_refused": status == REFUSED}
    return render(request, "pages/register.html", context, status=status)


def sent_page(
    request: HttpRequest, meeting: MeetingPage, form: RegistrationForm, *, waits: bool = False
) -> HttpResponse:
    """The same whether the address is known or not."""
    return render(
        request,
        "pages/registration_sent.html",
        {
            "meeting": meeting,
            "email": form.cleaned_data["email"],
            "hours": registering.HELD_FOR // dt.timedelta(hours=1),
            "waits": waits,
        },
    )


def asks_too_often(request: HttpRequest, meeting: MeetingPage, form: RegistrationForm) -> bool:
    """More letters to one address, or from one place, than a household could want; or more seats of one meeting."""
    here, people = throttling.connection_of(request), form.cleaned_data["guests"] + 1
    held_for = int(registering.HELD_FOR.total_seconds())
    counted = [
        throttling.too_often(what="registration-from", who=here, times=20, seconds=3600),
        throttling.too_often(what="sign-up-letter", who=form.cleaned_data["email"], times=6, seconds=3600),
        throttling.too_often(what=f"seats-{meeting.pk}", who=here, times=MOST_HELD, seconds=held_for, more=people),
    ]
    return any(counted)


def take_registration(request: HttpRequest, meeting: MeetingPage, form: RegistrationForm) -> HttpResponse:
    try:
        registration = registering.ask(
            meeting=meeting,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            guests=form.cleaned_data["guests"],
            follow=form.follows(),
            or_wait="wait" in request.POST,
            now=timezone.now(),
        )
    except rsvp.CannotAnswer as refusal:
        form.add_error(None, refusal.sentence)
        return register_page(request, meeting, form, status=REFUSED)
    return sent_page(request, meeting, form, waits=registration.waits)


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def confirm_registration(request: HttpRequest, token: str) -> HttpResponse:
    """The letter's button: GET names the person and the meeting, POST takes the seat.

    Once pressed, the link leads to the person's answer, which may have changed since.
    """
    registration = registering.find(token=token)
    if registration is None:
        return unknown(request)
    context: dict[str, object] = {
        "registration": registration,
        "meeting": registration.meeting,
        "subjects": registering.subjects(registration),
        "has_moved": registering.has_moved(registration=registration),
    }
    if request.method != "POST":
        pressed = registering.confirmed(registration=registration)
        return to_answer(pressed) if pressed else render(request, "pages/registration_confirm.html", context)
    try:
        invitation = registering.confirm(registration=registration, or_wait="wait" in request.POST, now=timezone.now())
    except rsvp.CannotAnswer as refusal:
        context["refusal"] = refusal.sentence
        context["may_wait"] = isinstance(refusal, rsvp.Full) and not registration.waits
        return render(request, "pages/registration_confirm.html", context, status=REFUSED)
    if waiting.standing(invitation):
        return redirect(reverse("meetings:waiting", args=[rsvp.token_of(invitation)]))
    return redirect(reverse("meetings:answer_recorded", args=[rsvp.token_of(invitation)]))
