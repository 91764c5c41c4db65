"""The public pages of the accounts: what both sides brought to a project, and the commune's means. GET shows."""

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from communities.spreadsheets import BYTE_ORDER_MARK, harmless
from engagement.models import ProjectPage

from . import accounts, means, showing, totals

LINES_A_PAGE = 50


def page_of(pk: int) -> ProjectPage:
    """The public story of a project. Raise Http404 while nobody told it."""
    pages = ProjectPage.objects.open_to_all().filter(project=pk).select_related("project")
    page: ProjectPage | None = pages.first()
    if page is None:
        raise Http404
    return page


@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """The balance of a project, and each thing that was brought."""
    page = page_of(pk)
    lines = Paginator(accounts.lines_of(page.project), LINES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pages/accounts.html", {"page": page, "balance": showing.of(page.project), "lines": lines})


@require_safe
def project_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Every entry, for a French spreadsheet."""
    page = page_of(pk)
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="apports-{slugify(page.title)}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow(accounts.HEADINGS)
    writer.writerows([harmless(row[name]) for name in accounts.HEADINGS] for row in accounts.open_rows(page.project))
    return response


@require_safe
def project_json(request: HttpRequest, pk: int) -> JsonResponse:
    """Every entry, for programs."""
    page = page_of(pk)
    return JsonResponse({"project": page.title, "entries": accounts.open_rows(page.project)})


@require_safe
def commune(request: HttpRequest) -> HttpResponse:
    """What the commune can give each year, what it has promised, what is left; and what both sides brought."""
    periods: list[dict[str, Any]] = [
        {"total": total, "balance": showing.drawn(total.balance)} for total in [*totals.by_mandate(), *totals.by_year()]
    ]
    return render(request, "pages/means.html", {"years": means.by_year(), "periods": periods})
