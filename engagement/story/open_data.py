"""Which projects are there, as data for anyone? No person is in it: not a name, not an address, not a telephone."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from communities.spreadsheets import BYTE_ORDER_MARK, harmless
from engagement.filtering import YEAR
from engagement.ledger import balance
from engagement.models import Project, ProjectPage, Side

COLUMNS = [
    *("title", "url", "summary", "stage", "stage_label", "neighbourhood", "theme", "place", "level", "year"),
    *("started_on", "delivered_on", "closed_on", "residents_hours", "residents_euros", "commune_euros"),
]


def rows() -> Iterator[dict[str, Any]]:
    """Every project whose story is public, by title; two queries."""
    pages = ProjectPage.objects.open_to_all().filter(project__isnull=False).defer_streamfields()
    pages = pages.select_related("project__neighbourhood", "project__theme").annotate(year=YEAR)
    shown = list(pages.order_by("title", "pk"))
    balances = balance.of_each(projects=[page.project_id for page in shown])
    for page in shown:
        if page.project is not None:
            yield row(page, page.project, balances.get(page.project_id, balance.Balance()))


def row(page: ProjectPage, project: Project, brought: balance.Balance) -> dict[str, Any]:
    values = (
        *(page.title, settings.SITE_URL + (page.url or ""), page.summary),
        *(project.stage, str(project.get_stage_display())),
        *(str(project.neighbourhood or ""), str(project.theme or ""), project.place),
        *(str(project.get_level_display()), page.year),
        *(project.started_on, project.delivered_on, project.closed_on),
        *(brought.hours(Side.RESIDENTS), brought.done(Side.RESIDENTS), brought.done(Side.COMMUNE)),
    )
    return dict(zip(COLUMNS, values, strict=True))


def as_csv() -> bytes:
    """Semicolons and a byte order mark, for the spreadsheet of a French town hall; no cell is a formula."""
    written = io.StringIO()
    sheet = csv.DictWriter(written, fieldnames=COLUMNS, delimiter=";")
    sheet.writeheader()
    sheet.writerows({name: harmless(value) for name, value in each.items()} for each in rows())
    return (BYTE_ORDER_MARK + written.getvalue()).encode()
