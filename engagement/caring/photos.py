"""Where is the photograph of a check kept, and how is it given? In the database, behind whoever asks who may see it."""

import datetime as dt
import hashlib

from django.http import HttpResponse

from engagement.models import KeptFile
from engagement.uploads.cleaning import CleanPicture


def keep(*, photo: CleanPicture, now: dt.datetime) -> KeptFile:
    return KeptFile.objects.create(
        name=photo.name,
        media_type=photo.media_type,
        content=photo.content,
        sha256=hashlib.sha256(photo.content).hexdigest(),
        width=photo.width,
        height=photo.height,
        kept_at=now,
    )


def given(photo: KeptFile) -> HttpResponse:
    """The picture and nothing else, never taken for a page."""
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'"}
    return HttpResponse(bytes(photo.content), content_type=photo.media_type, headers=headers)
