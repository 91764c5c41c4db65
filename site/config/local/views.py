"""What does a resident receive? Letters caught on a laptop, to read in the browser. A server has no such page."""

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.static import serve

from . import letters

LETTERS_PER_PAGE = 50
MAY_OPEN_LINKS = ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"]
AS_A_MAIL_PROGRAM_WOULD = {
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "img-src": [SELF, "data:"],
    "frame-ancestors": [SELF],
    "sandbox": MAY_OPEN_LINKS,
}


@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    caught = Paginator(letters.Letters(settings.CAUGHT_LETTERS), LETTERS_PER_PAGE)
    return render(request, "local/letter_list.html", {"letters": caught.get_page(request.GET.get("page"))})


@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # typed for views without arguments
def letter(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "local/letter.html", {"letter": found(name)})


@require_safe
@csp(AS_A_MAIL_PROGRAM_WOULD)  # type: ignore[arg-type]  # the same
def letter_html(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(found(name).html)


def found(name: str) -> letters.Letter:
    try:
        return letters.find(folder=settings.CAUGHT_LETTERS, name=name)
    except letters.UnknownLetterError as unknown:
        raise Http404 from unknown


@require_safe
def media(request: HttpRequest, path: str) -> FileResponse | HttpResponse:
    """An upload, from wherever they are kept now."""
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
