"""How the town hall fills in the story of a project."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel


class RecordPanel(HelpPanel):  # type: ignore[misc]  # Wagtail is untyped
    """Where the project stands, and the way to its record, above the story."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"template": "engagement/admin/record_panel.html", "heading": _("Its record"), **kwargs})
