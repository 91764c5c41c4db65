"""Which files that strangers sent does the desk hand out, and to whom?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from engagement import kept_files
from engagement.models import IdeaPicture, IdeaStage


def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A photograph that came with an idea, for staff who may see ideas."""
    received = IdeaPicture.objects.select_related("file").exclude(idea__stage=IdeaStage.DRAFT)
    return kept_files.given(get_object_or_404(received, pk=pk).file, to_everyone=False)
