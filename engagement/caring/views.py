"""The page behind a letter that asks how it stands. GET shows, POST acts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from communities import throttling
from engagement import passing
from engagement.letters.check_letters import ASKED
from engagement.models import CheckState
from engagement.refusals import Refusal

from . import asking, checking, photos
from .forms import CheckForm, first_values, moment

REFUSED = 409

# No session stands behind this form, so there is nothing a forged request could borrow: no cookie is set. The proof is
# the signed token in the address.


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    """The person, the project, what was found; one large button."""
    asked = asking.find(token=token)
    if asked is None:
        return render(request, "pages/link_not_valid.html", status=404)
    if request.method != "POST":
        form = CheckForm(initial=first_values(asked.check, asked=request.GET.get(ASKED, "")))
        return check_page(request, asked, form)
    if throttling.too_often(what="check", who=token, times=30, seconds=3600):
        return render(request, "pages/too_often.html", status=429)
    return take_answer(request, token, asked)


def take_answer(request: HttpRequest, token: str, asked: asking.Asked) -> HttpResponse:
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return check_page(request, asked, form, status=422)
    found = form.cleaned_data
    try:
        checking.answer(
            check=asked.check,
            state=CheckState(found["state"]),
            words=found["words"],
            photo=found["photo"],
            by=passing.Actor(resident=asked.resident),
            seen=found["seen"],
            now=timezone.now(),
        )
    except Refusal as refusal:
        return refused(request, token, form, refusal)
    return redirect("engagement:check_answered", token)


def refused(request: HttpRequest, token: str, form: CheckForm, refusal: Refusal) -> HttpResponse:
    """With what was said meanwhile; pressing once more then counts."""
    asked = asking.find(token=token)
    if asked is None:
        return render(request, "pages/link_not_valid.html", status=404)
    form.add_error(None, refusal.sentence)
    said = request.POST.copy()
    said["seen"] = moment(asked.check)
    form.data = said
    return check_page(request, asked, form, status=REFUSED)


def check_page(request: HttpRequest, asked: asking.Asked, form: CheckForm, status: int = 200) -> HttpResponse:
    template = "pages/check_ask.html" if asked.is_open else "pages/check_closed.html"
    return render(request, template, context_of(asked) | {"form": form}, status=status)


@never_cache
@require_safe
def check_answered(request: HttpRequest, token: str) -> HttpResponse:
    """What was written down, and how to change it."""
    asked = asking.find(token=token)
    if asked is None or not asked.check.is_done:
        return render(request, "pages/link_not_valid.html", status=404)
    if not asked.is_theirs:
        return redirect("engagement:check", token)
    return render(request, "pages/check_done.html", context_of(asked) | {"token": token})


def context_of(asked: asking.Asked) -> dict[str, object]:
    page = getattr(asked.check.project, "page", None)
    return {
        "asked": asked,
        "check": asked.check,
        "project": asked.check.project,
        "story": page if page is not None and page.live else None,
    }


@require_safe
@cache_control(public=True, max_age=300)
def check_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A photograph that staff show."""
    photo = checking.shown_photo(pk=pk)
    if photo is None:
        raise Http404
    return photos.given(photo)
