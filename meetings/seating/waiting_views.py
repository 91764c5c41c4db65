"""The page of someone who waits for a seat: their number in line, the offer, another party, the way off the list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from meetings import rsvp, views
from meetings.forms import AnswerForm, PartyForm
from meetings.models import Answer, AnswerChannel, Choice, Invitation, WaitingPlace

from . import waiting


@csrf_exempt
@never_cache
@require_http_methods(views.SHOW_AND_ACT)
def place(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows where one stands; POST takes a seat or a place in line, or gives it up. The token is the proof."""
    invitation = rsvp.find(token=token)
    if invitation is None:
        return views.unknown(request)
    if not rsvp.is_open(meeting=invitation.meeting, now=timezone.now()):
        return views.to_answer(invitation)
    if request.method != "POST":
        return shown(request, invitation)
    if request.POST.get("do") == "leave":
        waiting.leave(invitation=invitation, now=timezone.now())
        return redirect(reverse("meetings:waiting", args=[token]))
    return come(request, token, invitation)


def come(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """A seat if there is one for the whole party, else a place in line."""
    form = PartyForm(request.POST)
    if not form.is_valid():
        return refused(request, invitation, form, status=422)
    try:
        recorded = waiting.answer_or_wait(
            invitation=invitation,
            choice=Choice.YES,
            guests=form.cleaned_data["guests"],
            channel=AnswerChannel.MAIL,
            now=timezone.now(),
        )
    except rsvp.CannotAnswer as refusal:
        form.add_error(None, refusal.sentence)
        return refused(request, invitation, form, status=views.REFUSED)
    is_seated = isinstance(recorded, Answer)
    return redirect(reverse("meetings:answer_recorded" if is_seated else "meetings:waiting", args=[token]))


def shown(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Who stands in line sees their place; who no longer does sees why; whoever never did, the question."""
    last = waiting.last(invitation)
    if last is None or last.is_seated:
        return views.to_answer(invitation)
    if last.is_standing:
        return in_line(request, last, PartyForm(initial={"guests": last.guests}))
    context = {"invitation": invitation, "meeting": invitation.meeting, "place": last}
    context["change_url"] = reverse("meetings:answer", args=[rsvp.token_of(invitation)])
    return render(request, "pages/waiting_over.html", context)


def in_line(request: HttpRequest, place: WaitingPlace, form: PartyForm, status: int = 200) -> HttpResponse:
    context = {
        "invitation": place.invitation,
        "meeting": place.invitation.meeting,
        "place": place,
        "is_held": place.holds(timezone.now()),
        "number": waiting.number_in_line(place),
        "outlook": waiting.outlook(invitation=place.invitation, now=timezone.now()),
        "form": form,
    }
    return render(request, "pages/waiting.html", context, status=status)


def refused(request: HttpRequest, invitation: Invitation, form: PartyForm, status: int) -> HttpResponse:
    """The page they came from, with what to put right."""
    standing = waiting.standing(invitation)
    if standing:
        return in_line(request, standing, form, status)
    question = AnswerForm({"choice": Choice.YES, "guests": request.POST.get("guests", "")})
    if question.is_valid():
        for sentence in form.non_field_errors():
            question.add_error(None, sentence)
    return views.answer_page(request, invitation, question, status)
