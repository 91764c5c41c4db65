"""How does a list leave as a spreadsheet, and open well in the one at the town hall?"""

import csv
import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

from . import permissions

BYTE_ORDER_MARK = "\ufeff"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: Any) -> Any:
    """What a person typed, never taken for a formula (OWASP, CSV injection); numbers and dates stay what they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value


def on_the_wall(value: Any) -> Any:
    """A moment as the clock on the town's wall showed it, to the second: a spreadsheet knows no time zones."""
    if not isinstance(value, dt.datetime):
        return value
    moment = timezone.make_naive(value) if timezone.is_aware(value) else value
    return moment.replace(microsecond=0)


class SafeSpreadsheet(SpreadsheetExportMixin):  # type: ignore[misc]  # Wagtail is untyped
    """Put before a Wagtail listing: no formulas, the town's hours, and a CSV that opens well in French.

    It holds the columns that have a heading; those of `addresses` only for whoever may see where people live.
    """

    request: HttpRequest
    addresses: Collection[str] = ()

    @cached_property
    def may_see(self) -> bool:
        return permissions.may_see_addresses(self.request.user)

    @cached_property
    def list_export(self) -> list[str]:
        return [field for field in self.export_headings if self.may_see or field not in self.addresses]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        if self.is_export:
            response = self.as_spreadsheet(context["object_list"], self.request.GET["export"])
            response.rows_written = len(context["object_list"])  # for whoever notes what left (looks)
            return response
        return super().render_to_response(context, **kwargs)

    def get_filename(self) -> str:
        """The title of the page, in letters that every computer takes: reunions, adresses-bloquees."""
        return slugify(self.get_page_title())

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        return harmless(super().preprocess_field_value(field, on_the_wall(value), export_format))

    def generate_xlsx_row(
        self, worksheet: Any, row_dict: dict[str, Any], date_format: str | None = None
    ) -> Iterator[Any]:
        """In the order of the headings, whatever the order in which a row was put together."""
        ordered = {field: row_dict[field] for field in self.list_export}
        cells: Iterator[Any] = super().generate_xlsx_row(worksheet, ordered, date_format=date_format)
        return cells

    def write_csv_response(self, queryset: Iterable[Any]) -> HttpResponse:
        """Written at once: what streams after the view speaks another language than the reader's."""
        response = HttpResponse(b"".join(self.stream_csv(queryset)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.get_filename()}.csv"'
        return response

    def stream_csv(self, queryset: Iterable[Any]) -> Iterator[bytes]:
        yield BYTE_ORDER_MARK.encode()
        writer = csv.DictWriter(Echo(), fieldnames=self.list_export, delimiter=";")
        yield writer.writerow({field: self.get_heading(queryset, field) for field in self.list_export})
        for item in queryset:
            yield self.write_csv_row(writer, self.to_row_dict(item))
