"""The page behind a neighbour's letter, where one says never again. No session, no cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods as accept

from . import inviting


@csrf_exempt
@never_cache
@accept(["GET", "HEAD", "POST"])
def never_invite(request: HttpRequest, token: str) -> HttpResponse:
    """One large button; once pressed, the same page says that it is done."""
    invitation = inviting.find(token=token)
    if invitation is None:
        return render(request, "pages/link_not_valid.html", status=404)
    if request.method == "POST":
        inviting.never_again(invitation=invitation, now=timezone.now())
        return redirect("communities:never_invite", token)
    context = {"invitation": invitation, "is_done": inviting.said_never(invitation)}
    return render(request, "pages/never_invite.html", context)
