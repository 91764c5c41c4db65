"""The page behind a letter of somebody who runs a work day: a few words that reach them, and no address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from communities import throttling
from engagement.volunteering.own_views import unknown
from meetings.refusals import Refusal

from . import forms, own_words, replies
from .forms import ReplyForm
from .replies import Answered

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
WRONG, REFUSED, TOO_OFTEN = 422, 409, 429
HOUR = 3600

# No session stands behind this form, so there is nothing a forged request could borrow: no cookie is set. The proof is
# the signed token in the address.


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Answer who wrote; GET shows the form, POST passes the words on."""
    answered, now = replies.find(token=token), timezone.now()
    if answered is None:
        return unknown(request)
    form = ReplyForm(request.POST or None, initial=forms.new_key())
    if request.method != "POST" or not answered.is_open(now):
        return page(request, answered, form)
    if not form.is_valid():
        return page(request, answered, form, status=WRONG)
    if throttling.too_often(what="work-day-reply", who=token, times=20, seconds=HOUR):
        return render(request, "pages/too_often.html", status=TOO_OFTEN)
    words = own_words.masked(form.cleaned_data["words"], writer=answered.writer)
    try:
        replies.reply(answered=answered, words=words, key=form.key_for(answered.work_day), now=now)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return page(request, answered, form, status=REFUSED)
    return redirect("engagement:work_day_replied", token)


def page(request: HttpRequest, answered: Answered, form: ReplyForm, status: int = 200) -> HttpResponse:
    is_open = answered.is_open(timezone.now())
    context = {"answered": answered, "meeting": answered.work_day.meeting, "form": form if is_open else None}
    return render(request, "pages/work_day_reply.html", context, status=status)


@never_cache
@require_safe
def replied(request: HttpRequest, token: str) -> HttpResponse:
    answered = replies.find(token=token)
    if answered is None:
        return unknown(request)
    context = {"answered": answered, "meeting": answered.work_day.meeting}
    return render(request, "pages/work_day_replied.html", context)
