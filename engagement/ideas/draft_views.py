"""From a few words to an idea that is sent: the pages of a draft. Whatever is valid is kept by every press."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from communities import links, throttling
from communities.residents import tidy
from engagement import kept_files
from engagement.models import Idea, Scheme
from engagement.places import of_the_town

from . import drafting, standing, submitting
from .forms import DraftForm, PicturesForm, StartForm
from .refused import unknown

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
WRONG, REFUSED, TOO_OFTEN = 422, 409, 429
HOUR = 3600
SHOWS = "shows-"
KEY = re.compile(r"\d{1,18}", re.ASCII)

# No session stands behind these forms, so there is nothing a forged request could borrow: no cookie is set. The proof
# is the signed token in the address; that an address is theirs needs the button of a letter.


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def propose(request: HttpRequest) -> HttpResponse:
    """A few words and who brings them: enough for a draft, whose own page comes next."""
    scheme = Scheme.load(request_or_site=request)
    form = StartForm(request.POST or None, now=timezone.now())
    if request.method != "POST" or not scheme.takes_ideas:
        return start_page(request, form, scheme)
    if not form.is_valid():
        return start_page(request, form, scheme, status=WRONG)
    if form.is_trapped:
        return redirect("engagement:draft", token=links.sign(drafting.PURPOSE, 0))
    if throttling.too_often(what="idea", who=throttling.connection_of(request), times=20, seconds=HOUR):
        return render(request, "pages/too_often.html", status=TOO_OFTEN)
    idea = drafting.begin(
        email=form.cleaned_data["email"], name=form.cleaned_data["name"], facts=form.facts(), now=form.now
    )
    return to_draft(idea)


def start_page(request: HttpRequest, form: StartForm, scheme: Scheme, status: int = 200) -> HttpResponse:
    return render(request, "pages/idea_start.html", {"form": form, "scheme": scheme}, status=status)


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """All of it, to be written in as many visits as one likes; once sent, what to do while its letter is awaited."""
    idea = drafting.find(token=token)
    if idea is None:
        return unknown(request)
    if not idea.is_draft:
        return arrived(request, idea)
    if idea.sent_at:
        return awaited(request, idea)
    if request.method != "POST":
        return draft_page(request, idea, form_of(request, idea))
    if throttling.too_often(what="idea-draft", who=throttling.connection_of(request), times=200, seconds=HOUR):
        return render(request, "pages/too_often.html", status=TOO_OFTEN)
    try:
        return take_draft(request, idea)
    except drafting.AlreadySent:
        return to_draft(idea)


def form_of(request: HttpRequest, idea: Idea) -> DraftForm:
    plan = of_the_town.plan_of(Scheme.load(request_or_site=request))
    return DraftForm(request.POST if request.method == "POST" else None, idea=idea, plan=plan)


def draft_page(request: HttpRequest, idea: Idea, form: DraftForm, status: int = 200, **more: object) -> HttpResponse:
    context = {
        "idea": idea,
        "token": drafting.token_of(idea),
        "form": form,
        "pictures": idea.pictures.all(),
        "pictures_form": PicturesForm(room=drafting.room_for_pictures(idea)),
        "is_kept": "kept" in request.GET and request.method != "POST",
        "scheme": Scheme.load(request_or_site=request),
        "days": drafting.GOOD_FOR.days,
        **more,
    }
    return render(request, "pages/idea_draft.html", context, status=status)


def take_draft(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Keep what can be kept, then do what was asked, or show what is to be put right.

    A new address changes that of the page: only a press that leads on takes it, so that a page shown again is good for
    one more press.
    """
    form = form_of(request, idea)
    is_valid = form.is_valid()
    now, email = timezone.now(), form.cleaned_data.get("email", "")
    drafting.save(idea=idea, facts=form.facts(), now=now)
    refused = take_pictures(request, idea)
    wish = request.POST.get("do", "")
    if wish == "later" and email and not form.loses():
        return keep_for_later(request, idea, email)
    if not is_valid or refused:
        return draft_page(request, idea, form, status=WRONG, refused_pictures=refused)
    if wish == "send":
        return send(request, idea, form)
    drafting.put_address_right(idea=idea, email=email, now=now)
    return to_draft(idea, part=where_they_were(request))


def take_pictures(request: HttpRequest, idea: Idea) -> list[str]:
    """Those that came, the words under those that were there, the one to remove; a sentence for each refused."""
    form = PicturesForm(request.POST, request.FILES, room=drafting.room_for_pictures(idea))
    form.is_valid()
    received = form.cleaned_data.get("pictures")
    drafting.describe_pictures(idea=idea, words=words_of_pictures(request.POST))
    if KEY.fullmatch(gone := request.POST.get("remove", "")):
        drafting.remove_picture(idea=idea, pk=int(gone))
    if received:
        drafting.add_pictures(idea=idea, pictures=received.pictures, now=timezone.now())
    return received.refusals if received else []


def words_of_pictures(sent: QueryDict) -> dict[int, str]:
    """What was typed under each, by its key."""
    keys = [name.removeprefix(SHOWS) for name in sent if name.startswith(SHOWS)]
    return {int(key): tidy(sent.get(SHOWS + key, ""))[:255] for key in keys if KEY.fullmatch(key)}


def where_they_were(request: HttpRequest) -> str:
    """The part of the page to come back to: the plan that was pressed, the photographs."""
    if "remove" in request.POST or request.FILES or request.POST.get("do") == "pictures":
        return "#photos"
    return "#id_point" if any(name.startswith("point.") for name in request.POST) else ""


def keep_for_later(request: HttpRequest, idea: Idea, email: str) -> HttpResponse:
    if writes_too_often(email):
        return render(request, "pages/too_often.html", status=TOO_OFTEN)
    drafting.continue_later(idea=idea, email=email, now=timezone.now())
    return redirect(reverse("engagement:draft", args=[drafting.token_of(idea)], query={"kept": "1"}))


def send(request: HttpRequest, idea: Idea, form: DraftForm) -> HttpResponse:
    email = form.cleaned_data["email"]
    if writes_too_often(email):
        return render(request, "pages/too_often.html", status=TOO_OFTEN)
    try:
        submitting.send(idea=idea, email=email, now=timezone.now())
    except submitting.Unfinished as unfinished:
        form.put_right(unfinished.missing)
        return draft_page(request, idea, form, status=WRONG)
    except (submitting.Paused, submitting.SentTooOften) as refused:
        return draft_page(request, idea, form, status=REFUSED, refusal=refused.sentence)
    return to_draft(idea)


def awaited(request: HttpRequest, idea: Idea) -> HttpResponse:
    """It was sent: the letter is on its way, may be asked for again, or called back to change something."""
    wish = request.POST.get("do", "")
    if wish == "change":
        submitting.take_back(idea=idea)
        return to_draft(idea)
    if wish == "again" and not writes_too_often(idea.resident.email):
        submitting.send_again(idea=idea, now=timezone.now())
    return render(request, "pages/idea_sent.html", {"idea": idea, "again": wish == "again"})


def arrived(request: HttpRequest, idea: Idea) -> HttpResponse:
    """It was received, today or long ago."""
    told = {"idea": idea, "promised": standing.promised(idea, now=timezone.now())}
    return render(request, "pages/idea_arrived.html", told)


def writes_too_often(email: str) -> bool:
    return throttling.too_often(what="sign-up-letter", who=email, times=6, seconds=HOUR)


def to_draft(idea: Idea, part: str = "") -> HttpResponse:
    return redirect(reverse("engagement:draft", args=[drafting.token_of(idea)]) + part)


@never_cache
@require_safe
def draft_picture(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """A photograph of a draft, for whoever holds its link."""
    idea = drafting.find(token=token)
    if idea is None or not idea.is_draft:
        return unknown(request)
    picture = get_object_or_404(idea.pictures.select_related("file"), pk=pk)
    return kept_files.given(picture.file, to_everyone=False)


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The letter's button: GET shows the person and the idea, POST lets the town hall receive it."""
    idea = submitting.find(token=token)
    if idea is None:
        return unknown(request, sent_anew=True)
    if not idea.is_draft:
        return arrived(request, idea)
    if request.method == "POST":
        submitting.confirm(idea=idea, now=timezone.now())
        return redirect("engagement:confirm_idea", token=token)
    context: dict[str, Any] = {"idea": idea, "picture_count": idea.pictures.count()}
    return render(request, "pages/idea_confirm.html", context)
