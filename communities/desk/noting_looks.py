"""Every page of the staff's desk that shows residents notes who opened it, whichever view answered."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from communities.looks import noting
from communities.looks.watched import Watched, watched
from communities.models import AccessKind

LISTS = (AccessKind.LIST, AccessKind.SEARCH)


class NoteLooks:
    """Middleware: after a watched page has answered, one row; nothing for any other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in watched and response.status_code == 200 and request.user.is_authenticated:
            note(request, response, name=name, page=watched[name])
        return response


def note(request: HttpRequest, response: HttpResponse, *, name: str, page: Watched) -> None:
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    noting.note(
        who=cast(User, request.user),
        kind=kind_of(request, page),
        what=name,
        resident_key=int(kwargs[page.names]) if page.names else None,
        words=request.GET.get("q", ""),
        count=count_of(response),
        now=timezone.now(),
    )


def kind_of(request: HttpRequest, page: Watched) -> AccessKind:
    """A list that leaves as a file is taken away; one that was asked for words is searched."""
    if request.GET.get("export"):
        return AccessKind.EXPORT
    return AccessKind.SEARCH if page.kind in LISTS and request.GET.get("q") else page.kind


def count_of(response: HttpResponse) -> int | None:
    """How many rows were shown or left, where the page knows it without asking again."""
    context: dict[str, Any] = getattr(response, "context_data", None) or {}
    paginator = context.get("paginator")
    return getattr(response, "rows_written", None) or (paginator.count if paginator else None)
