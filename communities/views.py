"""The public pages of communities, and the pages that links in letters open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods as accept
from django.views.decorators.http import require_safe

from . import panels, preferences, scopes, signing_up, throttling, unsubscribing
from .forms import SignUpForm
from .models import Community, Resident

# No session stands behind these forms, so there is nothing a forged request could borrow: no cookie is set.


@require_safe
def community_list(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/community_list.html", {"communities": Community.objects.for_cards()})


@csrf_exempt
@accept(["GET", "HEAD", "POST"])
def community(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    shown = get_object_or_404(Community.objects.for_cards(), slug=slug)
    form = SignUpForm(request.POST or None, joining=shown, now=now)
    if form.is_bound and form.is_valid():
        return take(request, form)
    context = {
        "community": shown,
        "form": form,
        "panels": panels.of_community(request=request, community=shown, now=now),
    }
    return render(request, "pages/community.html", context)


@csrf_exempt
@accept(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Every box there is; a meeting's page leads here with the few that concern it, as `?about=community:3`."""
    offer = scopes.offer_of(request.GET.getlist("about"))
    form = SignUpForm(
        request.POST or None,
        communities=offer.communities,
        neighbourhoods=offer.neighbourhoods,
        now=timezone.now(),
    )
    if form.is_bound and form.is_valid():
        return take(request, form)
    return render(request, "pages/sign_up.html", {"form": form, "offer": offer})


def take(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    """One answer for everyone: known or not, person or robot."""
    if throttling.too_often(what="sign-up", who=throttling.connection_of(request), times=20, seconds=3600):
        return render(request, "pages/too_often.html", status=429)
    email = form.cleaned_data["email"]
    if not form.is_trapped and not throttling.too_often(what="sign-up-letter", who=email, times=3, seconds=3600):
        signing_up.ask(email=email, name=form.cleaned_data["name"], wish=form.wish(), now=form.now)
    return redirect("communities:sign_up_done")


@require_safe
def sign_up_done(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/sign_up_done.html", {"days": signing_up.GOOD_FOR.days})


@csrf_exempt
@never_cache
@accept(["GET", "HEAD", "POST"])
def confirm_sign_up(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    found = signing_up.find(token=token, now=now)
    if found is None:
        return link_not_valid(request)
    if request.method == "POST":
        signing_up.confirm(sign_up=found, now=now)
        return redirect("communities:confirm_sign_up", token=token)
    context = {
        "sign_up": found,
        "name": signing_up.called(found),
        "subjects": signing_up.subjects(found),
        "to_ask": signing_up.to_ask(found),
    }
    return render(request, "pages/confirm_sign_up.html", context)


@csrf_exempt
@never_cache
@accept(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A page to choose on; a mail program pressing its own button (RFC 8058) is answered on the spot."""
    resident = unsubscribing.find(token=token)
    if resident is None:
        return link_not_valid(request)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        unsubscribing.press(token=token, now=timezone.now())
        return HttpResponse(_("You will receive no more of these letters."), content_type="text/plain; charset=utf-8")
    if request.method == "POST":
        return stop(request, resident, token)
    topic = unsubscribing.topic_of(token=token)
    context = {
        "resident": resident,
        "topic": topic if topic in preferences.topics_wanted(resident=resident) else None,
        "is_told": unsubscribing.is_told(resident=resident),
        "subjects": unsubscribing.subjects(resident=resident),
        "stopped": unsubscribing.stopped(resident=resident, what=request.GET.get("stopped", "")),
        "preferences_token": preferences.token_of(resident)
        if unsubscribing.is_from_their_address(resident, token=token)
        else "",
    }
    return render(request, "pages/unsubscribe.html", context)


def stop(request: HttpRequest, resident: Resident, token: str) -> HttpResponse:
    """One list, one thing, or everything; then the same page, which names what was stopped."""
    now, what = timezone.now(), request.POST.get("what")
    if what:
        unsubscribing.stop(resident=resident, what=what, now=now)
    else:
        unsubscribing.stop_everything(resident=resident, now=now)
    return redirect(reverse("communities:unsubscribe", args=[token], query={"stopped": what} if what else None))


def link_not_valid(request: HttpRequest) -> HttpResponse:
    """Forged, truncated or too old: one page, which says where to go from here."""
    return render(request, "pages/link_not_valid.html", status=404)
