"""How does a cell of a staff listing show more than one word?"""

from typing import Any

from django.utils.translation import get_language
from wagtail.admin.ui.tables import BaseColumn, Column

from . import typography


class DayColumn(Column):  # type: ignore[misc]  # Wagtail is untyped
    """A day as print writes it: Wagtail's own column says how long ago, as of a moment."""

    def get_value(self, instance: Any) -> str:
        day = super().get_value(instance)
        return typography.day(day, language=get_language(), pattern="{d} MMMM y") if day else ""


class NumberColumn(Column):  # type: ignore[misc]  # Wagtail is untyped
    """A number as print writes it: 60 000, not 60000,00."""

    def get_value(self, instance: Any) -> str:
        number = super().get_value(instance)
        return "" if number is None else typography.number(number, language=get_language())


class EurosColumn(Column):  # type: ignore[misc]  # Wagtail is untyped
    """An amount as print writes it: 60 000 €."""

    def get_value(self, instance: Any) -> str:
        amount = super().get_value(instance)
        return "" if amount is None else typography.euros(amount, language=get_language())


class Cell(BaseColumn):  # type: ignore[misc]  # Wagtail is untyped
    """A column with a template of its own, <room>/admin/<name>_cell.html, which reads its row as `value`."""

    room = "communities"

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = f"{self.room}/admin/{name}_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        return {**super().get_cell_context_data(instance, parent_context), "value": instance}
