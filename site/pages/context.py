"""What every template may ask of the installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from . import signposts


def demo_town(request: HttpRequest) -> dict[str, bool]:
    """Whether a banner says that the data is invented."""
    return {"demo_town": settings.DEMO_TOWN}


def ways_on(request: HttpRequest) -> dict[str, Any]:
    """`signposts`: where the menu and the foot of a page lead, looked up once in a request, and only if asked."""
    return {"signposts": request.__dict__.setdefault("_signposts", SimpleLazyObject(lambda: signposts.of(request)))}
