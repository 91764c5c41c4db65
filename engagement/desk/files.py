"""How does the desk hand out a file that a stranger sent? As it was kept, and so that nothing in it runs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from engagement.models import IdeaPicture, KeptFile


def served(file: KeptFile, *, is_attachment: bool = False) -> HttpResponse:
    """Its bytes, for whoever was found to be allowed: kept by no cache but the reader's own."""
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(is_attachment, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A photograph that came with an idea, for staff who may see ideas."""
    found = IdeaPicture.objects.select_related("file").exclude(idea__stage="draft")
    return served(get_object_or_404(found, pk=pk).file)
