"""What every template may ask of the installation."""

from django.conf import settings
from django.http import HttpRequest


def demo_town(request: HttpRequest) -> dict[str, bool]:
    """Whether a banner says that the data is invented."""
    return {"demo_town": settings.DEMO_TOWN}
