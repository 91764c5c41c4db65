"""The page of one's own idea, behind the link in its letters: where it stands, what was asked, and what one may do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from engagement import kept_files, passing
from engagement.models import Idea
from engagement.refusals import Refusal

from . import answering, carrying, standing
from .forms import AnswerForm, NameForm
from .refused import unknown

# As for drafts: the proof is the signed token in the address, no cookie is set.


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    idea = carrying.find(token=token)
    if idea is None:
        return unknown(request)
    if request.method != "POST":
        return page(request, token, idea)
    deed = {"answer": answer, "withdraw": withdraw, "name": show_name}.get(request.POST.get("do", ""))
    return deed(request, token, idea) if deed else redirect("engagement:my_idea", token=token)


def page(request: HttpRequest, token: str, idea: Idea, status: int = 200, **more: object) -> HttpResponse:
    context = {
        "idea": idea,
        "token": token,
        "standing": standing.words(idea, now=timezone.now()),
        "passages": idea.passages.public(),
        "question": answering.question(idea),
        "answers": idea.answers.all(),
        "pictures": idea.pictures.all(),
        "project_page": standing.page_of_project(idea),
        "may_withdraw": carrying.may_withdraw(idea),
        "answer_form": AnswerForm(),
        "name_form": NameForm(initial={"shown_as": idea.shown_as}),
        "done": request.GET.get("done", ""),
        **more,
    }
    return render(request, "pages/idea_mine.html", context, status=status)


def answer(request: HttpRequest, token: str, idea: Idea) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return page(request, token, idea, status=422, answer_form=form)
    try:
        by = passing.Actor(resident=idea.resident)
        answering.answer(idea=idea, words=form.cleaned_data["words"], by=by, now=timezone.now())
    except Refusal as refusal:
        return page(request, token, idea, status=409, refusal=refusal.sentence)
    return done(token, "answer")


def withdraw(request: HttpRequest, token: str, idea: Idea) -> HttpResponse:
    """Twice pressed, so that no slip of a thumb withdraws an idea."""
    if "sure" not in request.POST:
        return page(request, token, idea, is_leaving=True)
    try:
        carrying.withdraw(idea=idea, now=timezone.now())
    except Refusal as refusal:
        return page(request, token, idea, status=409, refusal=refusal.sentence)
    return done(token, "withdraw")


def show_name(request: HttpRequest, token: str, idea: Idea) -> HttpResponse:
    form = NameForm(request.POST)
    if not form.is_valid():
        return page(request, token, idea, status=422, name_form=form)
    carrying.show_name(idea=idea, name=form.cleaned_data["shown_as"])
    return done(token, "name")


def done(token: str, what: str) -> HttpResponse:
    return redirect(reverse("engagement:my_idea", args=[token], query={"done": what}))


@never_cache
@require_safe
def my_picture(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    idea = carrying.find(token=token)
    if idea is None:
        return unknown(request)
    picture = get_object_or_404(idea.pictures.select_related("file"), pk=pk)
    return kept_files.given(picture.file, to_everyone=False)
