"""Health, search and what robots read: pages that are not in the tree."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from . import health, searching

NOT_FOR_ROBOTS = [
    *("/admin/", "/compte/", "/r/", "/venir/", "/confirmer/", "/desinscription/", "/recherche/", "/entretien/"),
    *("/conventions/lire/", "/conventions/signer/"),
    *("/idees/brouillon/", "/idees/confirmer/", "/idees/la-mienne/", "/idees/soutien/"),
]


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


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = searching.tidy(request.GET.get("q", ""))
    results = searching.find(query=query, number=request.GET.get("page", "1"), request=request)
    return render(request, "pages/search.html", {"query": query, "results": results})


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public is for everyone; links that belong to one person are not."""
    sitemap = request.build_absolute_uri(reverse("pages:sitemap"))
    closed = [f"Disallow: {path}" for path in NOT_FOR_ROBOTS]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
