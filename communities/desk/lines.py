"""What becomes of each line of a file that was brought in? As its report says, and the refused ones to be put right."""

import csv
from collections.abc import Iterable
from typing import Any, Protocol

from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from communities.spreadsheets import BYTE_ORDER_MARK, harmless

LINES_A_PAGE = 100
REFUSED = "refused"


class Brought(Protocol):
    """`report`: {"counts": {verdict: number}, "lines": [[number, verdict, reason, words], ...]}."""

    report: Any


def report_of(file: Brought, *, verdicts: type[TextChoices], request: HttpRequest) -> dict[str, Any]:
    """For communities/admin/lines_report.html: the refused lines first, those of one verdict, or every line."""
    counts = file.report["counts"]
    shown = request.GET.get("verdict", REFUSED if counts.get(REFUSED) else "")
    lines = [[at, verdicts(said), *more] for at, said, *more in file.report["lines"] if shown in ("", said)]
    return {
        "file": file,
        "report": file.report,
        "counts": [(verdict, verdict.label, counts.get(verdict, 0)) for verdict in verdicts],
        "shown": shown,
        "query": f"verdict={shown}&",
        "lines": Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("p")),
    }


def refused(file: Brought, *, about: str) -> HttpResponse:
    """The refused lines with their reasons; `about` heads the column of what each says."""
    lines = [[number, why, words] for number, verdict, why, words in file.report["lines"] if verdict == REFUSED]
    if not lines:
        raise Http404
    return spreadsheet(_("refused lines"), [[_("line"), _("reason"), about], *lines])


def spreadsheet(name: str, table: Iterable[Iterable[Any]]) -> HttpResponse:
    """A CSV that opens well in a French spreadsheet, without a formula in it."""
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    csv.writer(response, delimiter=";").writerows([harmless(cell) for cell in row] for row in table)
    return response
