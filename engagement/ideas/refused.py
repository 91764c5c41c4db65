"""What does a link show that leads nowhere any more?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def unknown(request: HttpRequest, *, sent_anew: bool = False) -> HttpResponse:
    """Forged, cut in two, too old, or replaced by a later letter: one kind page, which shows the ways on."""
    return render(request, "pages/idea_unknown.html", {"sent_anew": sent_anew}, status=404)
