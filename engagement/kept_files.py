"""How is a file that was handed in kept, and how is it given to a browser?"""

import datetime as dt
import hashlib

from django.http import HttpResponse

from .models import KeptFile
from .uploads.cleaning import CleanFile, CleanPicture

# Nothing in it may run, load or be framed, whatever a browser takes it for.
SHOWS_ONLY = "default-src 'none'; frame-ancestors 'self'; sandbox"
WEEK = 7 * 24 * 3600


def keep(*, file: CleanFile | CleanPicture, now: dt.datetime) -> KeptFile:
    """A cleaned file, as it stays."""
    return KeptFile.objects.create(
        name=file.name,
        media_type=file.media_type,
        content=file.content,
        sha256=hashlib.sha256(file.content).hexdigest(),
        width=getattr(file, "width", None),
        height=getattr(file, "height", None),
        kept_at=now,
    )


def given(file: KeptFile, *, to_everyone: bool) -> HttpResponse:
    """Its bytes under its own kind; whoever asked must have been let in already. A public one may stop being so, and
    is kept by nobody for longer than a week.
    """
    answer = HttpResponse(bytes(file.content), content_type=file.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SHOWS_ONLY
    answer["Content-Disposition"] = "inline"
    answer["Cache-Control"] = f"public, max-age={WEEK}" if to_everyone else "private, no-store"
    return answer
