"""Who may see this page? The resident whose browser is in their space; anyone else is asked to come in first."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from communities import residents
from communities.models import SpaceSession

from . import sessions
from .forms import EnterForm

COOKIE = "mon-espace"
LONGEST_WAY = 255
NOT_IN = 403

View = Callable[..., HttpResponse]


def for_resident(view: View) -> View:
    """The view is called with the resident after the request. One query; a browser keeps no copy of the page.

    Without a session, who reads is sent to come in and then back here; who acts is told that nothing was done. Whoever
    acts is locked meanwhile: see `acting`.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        session, reads = session_of(request), request.method in ("GET", "HEAD")
        if session and reads:
            return view(request, session.resident, *args, **kwargs)
        if reads:
            return redirect(way_in(request.get_full_path()))
        done = acting(session, partial(view, request), *args, **kwargs) if session else None
        return done or ask_first(request, way_on=where_from(request))

    return guarded


@transaction.atomic
def acting(session: SpaceSession, view: View, *args: Any, **kwargs: Any) -> HttpResponse | None:
    """Two presses at once are one after the other, and nothing is written of somebody who was erased a moment ago: then
    None.
    """
    resident = residents.lock(session.resident_id)
    return view(resident, *args, **kwargs) if resident else None


def ask_first(request: HttpRequest, *, way_on: str) -> HttpResponse:
    """Whoever pressed a button too late: nothing was done, and here is the way in."""
    form = EnterForm(now=timezone.now(), initial={"way_on": way_on})
    return render(request, "pages/space/enter.html", {"form": form, "has_ended": True}, status=NOT_IN)


def session_of(request: HttpRequest) -> SpaceSession | None:
    """The session of this browser, if it is in."""
    return sessions.find(secret=secret_of(request), now=timezone.now())


def secret_of(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")


def way_in(way_on: str) -> str:
    """Where one comes in, to go on there."""
    return reverse("communities:space_enter", query={"next": way_on} if safe(way_on) else None)


def safe(way_on: str) -> str:
    """The same if it is a page of this site, else nothing: a link may not send people elsewhere through us."""
    is_ours = way_on.startswith("/") and url_has_allowed_host_and_scheme(way_on, allowed_hosts=None)
    return way_on if is_ours and way_on.isprintable() and len(way_on) <= LONGEST_WAY else ""


def where_from(request: HttpRequest) -> str:
    """The page of ours on which the button was pressed."""
    page = urlsplit(request.META.get("HTTP_REFERER", ""))
    return safe(page.path) if page.netloc == request.get_host() else ""


def keep(response: HttpResponse, *, secret: str) -> HttpResponse:
    """Give this browser its secret, in place of one it may have had."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=sessions.GOOD_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def let_go(response: HttpResponse) -> HttpResponse:
    """The browser forgets its secret."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
