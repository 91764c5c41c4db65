"""Coming into one's space: ask by address, then the button of the letter or its six figures. GET shows, POST acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods as accept

from communities import throttling
from communities.models import SpaceEntry

from . import devices, entering, guard
from .entering import Standing
from .forms import CodeForm, EnterForm

QUARTER, AN_HOUR = 900, 3600
TOO_OFTEN, REFUSED, GONE = 429, 422, 410

# These forms set a cookie of their own (CSRF): nobody is to be led into the space of someone else.


@never_cache
@accept(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The one question: which address? Whoever is in already goes on."""
    now = timezone.now()
    if request.method != "POST":
        way_on = guard.safe(request.GET.get("next", ""))
        if guard.session_of(request):
            return redirect(way_on or "communities:space")
        return render(request, "pages/space/enter.html", {"form": EnterForm(now=now, initial={"way_on": way_on})})
    form = EnterForm(request.POST, now=now)
    if not form.is_valid():
        return render(request, "pages/space/enter.html", {"form": form}, status=REFUSED)
    return take(request, form)


def take(request: HttpRequest, form: EnterForm) -> HttpResponse:
    """One answer for everyone: known or not, blocked, erased, person or robot."""
    here, email = throttling.connection_of(request), form.cleaned_data["email"]
    counted = [
        throttling.too_often(what="space-entry", who=email, times=5, seconds=QUARTER),
        throttling.too_often(what="space-entry-from", who=here, times=30, seconds=AN_HOUR),
    ]
    if any(counted):
        return render(request, "pages/space/too_often.html", status=TOO_OFTEN)
    address = "" if form.is_trapped else email
    entry = entering.ask(email=address, way_on=guard.safe(form.cleaned_data["way_on"]), now=form.now)
    return redirect("communities:space_sent", entering.handle_of(entry))


@never_cache
@accept(["GET", "HEAD", "POST"])
def sent(request: HttpRequest, handle: str) -> HttpResponse:
    """A letter is under way, if the address is one of ours; its six figures may be typed here."""
    now, entry = timezone.now(), entering.find_asked(handle=handle)
    if guard.session_of(request):
        return redirect("communities:space")
    if entry is None:
        return no_longer(request, Standing.OVER)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return try_code(request, entry, form)
    return sent_page(
        request, entry, form, status=REFUSED if form.is_bound else 200, may_try=entering.may_try(entry, now=now)
    )


def sent_page(request: HttpRequest, entry: SpaceEntry, form: CodeForm, *, status: int, may_try: bool) -> HttpResponse:
    context = {"form": form, "may_try": may_try, "minutes": entering.GOOD_FOR.seconds // 60}
    return render(request, "pages/space/sent.html", context, status=status)


def try_code(request: HttpRequest, entry: SpaceEntry, form: CodeForm) -> HttpResponse:
    """The right figures lead on like the letter's button."""
    here = throttling.connection_of(request)
    if throttling.too_often(what="space-code-from", who=here, times=60, seconds=AN_HOUR):
        return render(request, "pages/space/too_often.html", status=TOO_OFTEN)
    now = timezone.now()
    if entering.try_code(entry=entry, code=form.cleaned_data["code"], now=now):
        found = entering.find(token=entering.token_of(entry))
        return let_in(request, found) if found and found.resident and found.resident.confirmed_at else to_letter(entry)
    form.add_error("code", entering.wrong_code())
    entry.refresh_from_db()
    return sent_page(request, entry, form, status=REFUSED, may_try=entering.may_try(entry, now=now))


def to_letter(entry: SpaceEntry) -> HttpResponse:
    """An address that nobody has confirmed: the page of the letter asks first whether it is them."""
    return redirect("communities:space_come_in", entering.token_of(entry))


@never_cache
@accept(["GET", "HEAD", "POST"])
def come_in(request: HttpRequest, token: str) -> HttpResponse:
    """The letter's link: a page with one button, which whatever opens links by itself does not press."""
    entry = entering.find(token=token)
    if entry is None or entry.resident is None:
        return no_longer(request, Standing.OVER)
    if request.method == "POST":
        return let_in(request, entry)
    standing = entering.standing(entry, now=timezone.now())
    if standing != Standing.GOOD:
        return redirect("communities:space") if guard.session_of(request) else no_longer(request, standing)
    return render(request, "pages/space/come_in.html", {"resident": entry.resident})


def let_in(request: HttpRequest, entry: SpaceEntry) -> HttpResponse:
    """This browser is in; pressed twice, it still is."""
    now = timezone.now()
    device = devices.named(request.META.get("HTTP_USER_AGENT", ""))
    begun = entering.come_in(entry=entry, device=device, now=now)
    if begun is None:
        if guard.session_of(request):
            return redirect(guard.safe(entry.way_on) or "communities:space")
        entry.refresh_from_db()
        return no_longer(request, entering.standing(entry, now=now))
    _session, secret = begun
    response = redirect(guard.safe(entry.way_on) or reverse("communities:space"))
    return guard.keep(response, secret=secret)


def no_longer(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Used, too old, followed by another, forged: kindly, and with the way to a new one."""
    return render(request, "pages/space/no_longer.html", {"standing": standing.value}, status=GONE)
