"""The pages where a resident chooses what they are sent. Each letter leads here; no account, no cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods as accept
from django.views.decorators.http import require_POST, require_safe

from . import panels, scopes, unsubscribing
from . import preferences as rules
from .post import digest_times
from .preference_forms import PreferencesForm
from .views import link_not_valid

# As for every link of a letter: no session stands behind these forms, so a forged request could borrow nothing.


@csrf_exempt
@never_cache
@accept(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    resident, now = rules.find(token=token), timezone.now()
    if resident is None:
        return link_not_valid(request)
    form = PreferencesForm(request.POST if request.method == "POST" else None, resident=resident)
    if form.is_bound and form.is_valid():
        rules.choose(resident=resident, choices=form.choices(), now=now)
        return redirect("communities:preferences_saved", token)
    context = {
        "resident": resident,
        "form": form,
        "token": token,
        "is_paused": resident.is_paused(now),
        "pause_ends": now + rules.PAUSE,
        "stop_token": unsubscribing.token_of(resident),
        "panels": panels.of_preferences(request=request, resident=resident, now=now),
    }
    return render(request, "pages/preferences.html", context)


@never_cache
@require_safe
def saved(request: HttpRequest, token: str) -> HttpResponse:
    """What holds now, in words, and what comes next."""
    resident, now = rules.find(token=token), timezone.now()
    if resident is None:
        return link_not_valid(request)
    context = {
        "resident": resident,
        "token": token,
        "subjects": sorted(scopes.subjects_of(rules.scopes_held(resident=resident)).items()),
        "topics": rules.topics_wanted(resident=resident),
        "is_paused": resident.is_paused(now),
        "most": settings.MOST_UNASKED_LETTERS,
        "next_digest": digest_times.next_one(after=max(now, resident.paused_until or now)),
    }
    return render(request, "pages/preferences_saved.html", context)


@csrf_exempt
@never_cache
@require_POST
def pause(request: HttpRequest, token: str) -> HttpResponse:
    """A month without letters, or the end of it."""
    resident = rules.find(token=token)
    if resident is None:
        return link_not_valid(request)
    if request.POST.get("pause") == "end":
        rules.resume(resident=resident)
    else:
        rules.pause(resident=resident, now=timezone.now())
    return redirect("communities:preferences_saved", token)
