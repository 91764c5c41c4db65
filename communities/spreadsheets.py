"""How does a list leave as a spreadsheet, and open well in the one at the town hall?"""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

BYTE_ORDER_MARK = "\ufeff"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: Any) -> Any:
    """What a person typed, never taken for a formula (OWASP, CSV injection); numbers and dates stay what they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value


class SafeSpreadsheet(SpreadsheetExportMixin):  # type: ignore[misc]  # Wagtail is untyped
    """Put before a Wagtail listing: no formulas, and a CSV that a French spreadsheet opens with accents and columns."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        return harmless(super().preprocess_field_value(field, value, export_format))

    def stream_csv(self, queryset: Iterable[Any]) -> Iterator[bytes]:
        yield BYTE_ORDER_MARK.encode()
        writer = csv.DictWriter(Echo(), fieldnames=self.list_export, delimiter=";")
        yield writer.writerow({field: self.get_heading(queryset, field) for field in self.list_export})
        for item in queryset:
            yield self.write_csv_row(writer, self.to_row_dict(item))
