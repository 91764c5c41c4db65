"""The public pages of the accounts: what both sides brought to a project, and the commune's means. GET shows."""

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from communities.spreadsheets import BYTE_ORDER_MARK, harmless
from engagement.models import Project, ProjectPage

from . import accounts, keeping, means, showing, totals

LINES_A_PAGE = 50


def told(pk: int) -> tuple[Project, ProjectPage]:
    """A project with its public story. Raise Http404 while nobody told it."""
    project = get_object_or_404(Project, pk=pk)
    return project, get_object_or_404(ProjectPage.objects.open_to_all(), project=project)


@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """The balance of a project, and each thing that was brought."""
    project, page = told(pk)
    lines = Paginator(accounts.lines_of(project), LINES_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "pages/accounts.html",
        {"page": page, "balance": showing.of(project), "promises": keeping.of(project), "lines": lines},
    )


@require_safe
def project_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Every entry, for a French spreadsheet."""
    project, page = told(pk)
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="apports-{slugify(page.title)}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow(accounts.HEADINGS)
    writer.writerows([harmless(row[name]) for name in accounts.HEADINGS] for row in accounts.open_rows(project))
    return response


@require_safe
def project_json(request: HttpRequest, pk: int) -> JsonResponse:
    """Every entry, for programs."""
    project, page = told(pk)
    return JsonResponse({"project": page.title, "entries": accounts.open_rows(project)})


@require_safe
def commune(request: HttpRequest) -> HttpResponse:
    """What the commune can give each year, what it has promised, what is left; and what both sides brought."""
    periods: list[dict[str, Any]] = [
        {"total": total, "balance": showing.drawn(total.balance)} for total in [*totals.by_mandate(), *totals.by_year()]
    ]
    return render(request, "pages/means.html", {"years": means.by_year(), "periods": periods})
