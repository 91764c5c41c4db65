"""How does a cell of a staff listing show more than one word?"""

from typing import Any

from wagtail.admin.ui.tables import Column


class Cell(Column):  # type: ignore[misc]  # Wagtail is untyped
    """A column with a template of its own, <room>/admin/<name>_cell.html, which reads its row as `value`."""

    room = "communities"

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = f"{self.room}/admin/{name}_cell.html"

    def get_value(self, instance: Any) -> Any:
        return instance
