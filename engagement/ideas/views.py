"""What everyone reads of the ideas that staff made public, and how they say that one is good."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from communities import throttling
from engagement import kept_files
from engagement.models import Idea, IdeaPicture, IdeaSupport, Scheme
from engagement.places import of_the_town
from engagement.places.plan import Mark
from engagement.refusals import Refusal

from . import browsing, standing, supporting
from .forms import SupportForm
from .refused import unknown

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
HOUR = 3600


@require_safe
def idea_list(request: HttpRequest) -> HttpResponse:
    now, filters = timezone.now(), browsing.IdeaFilter(request.GET)
    ideas = Paginator(filters.ideas(), browsing.IDEAS_PER_PAGE).get_page(request.GET.get("page"))
    shown = list(ideas)
    for idea in shown:
        idea.standing = standing.words(idea, now=now)  # type: ignore[attr-defined]  # for the card
    scheme = Scheme.load(request_or_site=request)
    marks = of_the_town.marks_of((idea, idea.title, idea.get_absolute_url()) for idea in shown)
    context = {
        "ideas": ideas,
        "shown": shown,
        "filters": filters,
        "counts": browsing.counts(),
        "marks": marks,
        "plan": of_the_town.plan_of(scheme) if marks else None,
        "scheme": scheme,
    }
    return render(request, "pages/idea_list.html", context)


@csrf_exempt
@require_http_methods(SHOW_AND_ACT)
def idea(request: HttpRequest, pk: int) -> HttpResponse:
    """One idea, where it truly stands, and the one thing to do: support it, or join in."""
    known = Idea.objects.public().with_support()
    shown = get_object_or_404(known.select_related("neighbourhood", "merged_into", "project__page"), pk=pk)
    form = SupportForm(request.POST or None, now=timezone.now())
    if request.method != "POST" or not supporting.is_open(shown):
        return idea_page(request, shown, form, status=200 if request.method != "POST" else 409)
    if not form.is_valid():
        return idea_page(request, shown, form, status=422)
    return take_support(request, shown, form)


def idea_page(request: HttpRequest, shown: Idea, form: SupportForm, status: int = 200) -> HttpResponse:
    point = of_the_town.point_of(shown)
    scheme = Scheme.load(request_or_site=request)
    target = shown.merged_into
    context = {
        "idea": shown,
        "form": form if supporting.is_open(shown) else None,
        "standing": standing.words(shown, now=timezone.now()),
        "passages": shown.passages.public(),
        "pictures": shown.pictures.filter(is_public=True).select_related("file").defer("file__content"),
        "plan": of_the_town.plan_of(scheme) if point else None,
        "marks": [Mark(point=point, number=0, name=shown.place or shown.title)] if point else [],
        "project_page": standing.page_of_project(shown),
        "target": target if target and target.is_public else None,
    }
    return render(request, "pages/idea.html", context, status=status)


def take_support(request: HttpRequest, shown: Idea, form: SupportForm) -> HttpResponse:
    """One answer for everyone: known or not, person or robot."""
    email = form.cleaned_data["email"]
    if throttling.too_often(what="idea-support", who=throttling.connection_of(request), times=20, seconds=HOUR):
        return render(request, "pages/too_often.html", status=429)
    if not form.is_trapped and not throttling.too_often(what="sign-up-letter", who=email, times=6, seconds=HOUR):
        supporting.ask(
            idea=shown,
            name=form.cleaned_data["name"],
            email=email,
            joins=request.POST.get("do") == "join",
            wants_news=form.cleaned_data["wants_news"],
            now=form.now,
        )
    return render(request, "pages/idea_support_sent.html", {"idea": shown, "email": email})


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def support(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a supporter's letter: what they asked, which a button makes true, changes or takes back."""
    found = supporting.find(token=token)
    if found is None:
        return unknown(request)
    if request.method == "POST":
        return act_on_support(request, found)
    return support_page(request, found)


def act_on_support(request: HttpRequest, found: IdeaSupport) -> HttpResponse:
    wish = request.POST.get("do", "")
    if wish == "withdraw":
        supporting.withdraw(support=found)
        return render(request, "pages/idea_support_gone.html", {"idea": found.idea})
    try:
        supporting.confirm(
            support=found, joins=wish == "join", wants_news="wants_news" in request.POST, now=timezone.now()
        )
    except supporting.Gone as gone:
        told = {"idea": found.idea, "refusal": gone.sentence}
        return render(request, "pages/idea_support_gone.html", told, status=409)
    except Refusal as refusal:
        return support_page(request, found, refusal=refusal.sentence, status=409)
    return support_page(request, found, is_done=True)


def support_page(request: HttpRequest, found: IdeaSupport, status: int = 200, **more: object) -> HttpResponse:
    context = {"support": found, "idea": found.idea, "is_open": supporting.is_open(found.idea), **more}
    return render(request, "pages/idea_support.html", context, status=status)


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A photograph that staff made public, of an idea that they made public."""
    found = IdeaPicture.objects.filter(is_public=True, idea__in=Idea.objects.public()).select_related("file")
    shown = found.filter(pk=pk).first()
    if shown is None:
        raise Http404
    return kept_files.given(shown.file, to_everyone=True)
