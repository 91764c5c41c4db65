"""Health, robots and search: pages that are not in the tree."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import health


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Everything a letter and a page need is there; 503 otherwise, naming what is not."""
    findings = health.findings(now=timezone.now())
    return JsonResponse(findings, status=200 if all(findings.values()) else 503)
